// Generated from entry.proto by `npm run proto`; do not edit.
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var Extent;
(function (Extent) {
    let _codec;
    Extent.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.first != null && obj.first !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.first);
                }
                if ((obj.count != null && obj.count !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.count);
                }
                if ((obj.bytes != null && obj.bytes !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.bytes);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    first: 0,
                    count: 0,
                    bytes: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.first = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.count = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.bytes = reader.uint64Number();
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.first`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.count`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.bytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, Extent.codec());
    }
    Extent.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Extent.codec(), opts);
    }
    Extent.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Extent.codec(), opts);
    }
    Extent.stream = stream;
})(Extent || (Extent = {}));
export var FileBody;
(function (FileBody) {
    let _codec;
    FileBody.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.root != null && obj.root.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.root);
                }
                if (obj.extents != null && obj.extents.length > 0) {
                    for (const value of obj.extents) {
                        w.uint32(18);
                        Extent.codec().encode(value, w);
                    }
                }
                if ((obj.mtimeMs != null && obj.mtimeMs !== 0)) {
                    w.uint32(24);
                    w.sint64Number(obj.mtimeMs);
                }
                if ((obj.executable != null && obj.executable !== false)) {
                    w.uint32(32);
                    w.bool(obj.executable);
                }
                if (obj.sums != null) {
                    w.uint32(42);
                    w.bytes(obj.sums);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    root: new Uint8Array(0),
                    extents: [],
                    mtimeMs: 0,
                    executable: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.root = reader.bytes();
                            break;
                        }
                        case 2: {
                            if (opts.limits?.extents != null && obj.extents.length === opts.limits.extents) {
                                throw new MaxLengthError('Decode error - repeated field "extents" had too many elements');
                            }
                            if (obj.extents.length === 65536) {
                                throw new MaxLengthError('Decode error - repeated field "extents" had too many elements');
                            }
                            obj.extents.push(Extent.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.extents$
                            }));
                            break;
                        }
                        case 3: {
                            obj.mtimeMs = reader.sint64Number();
                            break;
                        }
                        case 4: {
                            obj.executable = reader.bool();
                            break;
                        }
                        case 5: {
                            obj.sums = reader.bytes();
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const obj = {
                    extents: 65536
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.root`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            if (opts.limits?.extents != null && obj.extents === opts.limits.extents) {
                                throw new MaxLengthError('Streaming decode error - repeated field "extents" had too many elements');
                            }
                            if (obj.extents === 65536) {
                                throw new MaxLengthError('Streaming decode error - repeated field "extents" had too many elements');
                            }
                            for (const evt of Extent.codec().stream(reader, reader.uint32(), `${prefix}.extents[]`, {
                                limits: opts.limits?.extents$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.extents
                                };
                            }
                            obj.extents++;
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.mtimeMs`,
                                value: reader.sint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.executable`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.sums`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, FileBody.codec());
    }
    FileBody.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, FileBody.codec(), opts);
    }
    FileBody.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, FileBody.codec(), opts);
    }
    FileBody.stream = stream;
})(FileBody || (FileBody = {}));
export var Directory;
(function (Directory) {
    let _codec;
    Directory.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.dir != null && obj.dir !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.dir);
                }
                if ((obj.files != null && obj.files !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.files);
                }
                if ((obj.bytes != null && obj.bytes !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.bytes);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    dir: 0,
                    files: 0,
                    bytes: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.dir = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.files = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.bytes = reader.uint64Number();
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.dir`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.files`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.bytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, Directory.codec());
    }
    Directory.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Directory.codec(), opts);
    }
    Directory.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Directory.codec(), opts);
    }
    Directory.stream = stream;
})(Directory || (Directory = {}));
export var Entry;
(function (Entry) {
    let _codec;
    Entry.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
                }
                if (obj.file != null) {
                    w.uint32(18);
                    FileBody.codec().encode(obj.file, w);
                }
                if (obj.directory != null) {
                    w.uint32(26);
                    Directory.codec().encode(obj.directory, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.revision = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.file = FileBody.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.file
                            });
                            break;
                        }
                        case 3: {
                            obj.directory = Directory.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.directory
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.revision`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield* FileBody.codec().stream(reader, reader.uint32(), `${prefix}.file`, {
                                limits: opts.limits?.file
                            });
                            break;
                        }
                        case 3: {
                            yield* Directory.codec().stream(reader, reader.uint32(), `${prefix}.directory`, {
                                limits: opts.limits?.directory
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
            });
        }
        return _codec;
    };
    function encode(obj) {
        return encodeMessage(obj, Entry.codec());
    }
    Entry.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Entry.codec(), opts);
    }
    Entry.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Entry.codec(), opts);
    }
    Entry.stream = stream;
})(Entry || (Entry = {}));
