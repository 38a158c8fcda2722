// Generated from chunks.proto by `npm run proto`; do not edit.
/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var ChunksRequest;
(function (ChunksRequest) {
    let _codec;
    ChunksRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.readSmall != null) {
                    obj.cancel = undefined;
                    obj.push = undefined;
                    obj.page = undefined;
                    obj.has = undefined;
                    obj.read = undefined;
                }
                if (obj.cancel != null) {
                    obj.readSmall = undefined;
                    obj.push = undefined;
                    obj.page = undefined;
                    obj.has = undefined;
                    obj.read = undefined;
                }
                if (obj.push != null) {
                    obj.readSmall = undefined;
                    obj.cancel = undefined;
                    obj.page = undefined;
                    obj.has = undefined;
                    obj.read = undefined;
                }
                if (obj.page != null) {
                    obj.readSmall = undefined;
                    obj.cancel = undefined;
                    obj.push = undefined;
                    obj.has = undefined;
                    obj.read = undefined;
                }
                if (obj.has != null) {
                    obj.readSmall = undefined;
                    obj.cancel = undefined;
                    obj.push = undefined;
                    obj.page = undefined;
                    obj.read = undefined;
                }
                if (obj.read != null) {
                    obj.readSmall = undefined;
                    obj.cancel = undefined;
                    obj.push = undefined;
                    obj.page = undefined;
                    obj.has = undefined;
                }
                if ((obj.call != null && obj.call !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.call);
                }
                if (obj.read != null) {
                    w.uint32(18);
                    Read.codec().encode(obj.read, w);
                }
                if (obj.has != null) {
                    w.uint32(26);
                    Has.codec().encode(obj.has, w);
                }
                if (obj.page != null) {
                    w.uint32(34);
                    Page.codec().encode(obj.page, w);
                }
                if (obj.push != null) {
                    w.uint32(42);
                    Push.codec().encode(obj.push, w);
                }
                if (obj.cancel != null) {
                    w.uint32(50);
                    Cancel.codec().encode(obj.cancel, w);
                }
                if (obj.readSmall != null) {
                    w.uint32(58);
                    ReadSmall.codec().encode(obj.readSmall, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    call: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.call = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.read = Read.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.read
                            });
                            break;
                        }
                        case 3: {
                            obj.has = Has.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.has
                            });
                            break;
                        }
                        case 4: {
                            obj.page = Page.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.page
                            });
                            break;
                        }
                        case 5: {
                            obj.push = Push.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.push
                            });
                            break;
                        }
                        case 6: {
                            obj.cancel = Cancel.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.cancel
                            });
                            break;
                        }
                        case 7: {
                            obj.readSmall = ReadSmall.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.readSmall
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.readSmall != null) {
                    delete obj.cancel;
                    delete obj.push;
                    delete obj.page;
                    delete obj.has;
                    delete obj.read;
                }
                if (obj.cancel != null) {
                    delete obj.readSmall;
                    delete obj.push;
                    delete obj.page;
                    delete obj.has;
                    delete obj.read;
                }
                if (obj.push != null) {
                    delete obj.readSmall;
                    delete obj.cancel;
                    delete obj.page;
                    delete obj.has;
                    delete obj.read;
                }
                if (obj.page != null) {
                    delete obj.readSmall;
                    delete obj.cancel;
                    delete obj.push;
                    delete obj.has;
                    delete obj.read;
                }
                if (obj.has != null) {
                    delete obj.readSmall;
                    delete obj.cancel;
                    delete obj.push;
                    delete obj.page;
                    delete obj.read;
                }
                if (obj.read != null) {
                    delete obj.readSmall;
                    delete obj.cancel;
                    delete obj.push;
                    delete obj.page;
                    delete obj.has;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.call`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield* Read.codec().stream(reader, reader.uint32(), `${prefix}.read`, {
                                limits: opts.limits?.read
                            });
                            break;
                        }
                        case 3: {
                            yield* Has.codec().stream(reader, reader.uint32(), `${prefix}.has`, {
                                limits: opts.limits?.has
                            });
                            break;
                        }
                        case 4: {
                            yield* Page.codec().stream(reader, reader.uint32(), `${prefix}.page`, {
                                limits: opts.limits?.page
                            });
                            break;
                        }
                        case 5: {
                            yield* Push.codec().stream(reader, reader.uint32(), `${prefix}.push`, {
                                limits: opts.limits?.push
                            });
                            break;
                        }
                        case 6: {
                            yield* Cancel.codec().stream(reader, reader.uint32(), `${prefix}.cancel`, {
                                limits: opts.limits?.cancel
                            });
                            break;
                        }
                        case 7: {
                            yield* ReadSmall.codec().stream(reader, reader.uint32(), `${prefix}.readSmall`, {
                                limits: opts.limits?.readSmall
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
        return encodeMessage(obj, ChunksRequest.codec());
    }
    ChunksRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ChunksRequest.codec(), opts);
    }
    ChunksRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ChunksRequest.codec(), opts);
    }
    ChunksRequest.stream = stream;
})(ChunksRequest || (ChunksRequest = {}));
export var Read;
(function (Read) {
    let _codec;
    Read.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.id != null && obj.id !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.id);
                }
                if (obj.offset != null) {
                    w.uint32(16);
                    w.uint32(obj.offset);
                }
                if (obj.length != null) {
                    w.uint32(24);
                    w.uint32(obj.length);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    id: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.id = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.offset = reader.uint32();
                            break;
                        }
                        case 3: {
                            obj.length = reader.uint32();
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
                                field: `${prefix}.id`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.offset`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.length`,
                                value: reader.uint32()
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
        return encodeMessage(obj, Read.codec());
    }
    Read.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Read.codec(), opts);
    }
    Read.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Read.codec(), opts);
    }
    Read.stream = stream;
})(Read || (Read = {}));
export var ReadSmall;
(function (ReadSmall) {
    let _codec;
    ReadSmall.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.runs != null && obj.runs.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.runs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    runs: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.runs = reader.bytes();
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
                                field: `${prefix}.runs`,
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
        return encodeMessage(obj, ReadSmall.codec());
    }
    ReadSmall.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ReadSmall.codec(), opts);
    }
    ReadSmall.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ReadSmall.codec(), opts);
    }
    ReadSmall.stream = stream;
})(ReadSmall || (ReadSmall = {}));
export var Has;
(function (Has) {
    let _codec;
    Has.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.runs != null && obj.runs.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.runs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    runs: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.runs = reader.bytes();
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
                                field: `${prefix}.runs`,
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
        return encodeMessage(obj, Has.codec());
    }
    Has.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Has.codec(), opts);
    }
    Has.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Has.codec(), opts);
    }
    Has.stream = stream;
})(Has || (Has = {}));
export var Page;
(function (Page) {
    let _codec;
    Page.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.root != null && obj.root.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.root);
                }
                if ((obj.pageIndex != null && obj.pageIndex !== 0)) {
                    w.uint32(16);
                    w.uint32(obj.pageIndex);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    root: new Uint8Array(0),
                    pageIndex: 0
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
                            obj.pageIndex = reader.uint32();
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
                                field: `${prefix}.root`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.pageIndex`,
                                value: reader.uint32()
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
        return encodeMessage(obj, Page.codec());
    }
    Page.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Page.codec(), opts);
    }
    Page.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Page.codec(), opts);
    }
    Page.stream = stream;
})(Page || (Page = {}));
export var Push;
(function (Push) {
    let _codec;
    Push.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.id != null && obj.id !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.id);
                }
                if ((obj.digest != null && obj.digest.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.digest);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    id: 0,
                    digest: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.id = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.digest = reader.bytes();
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
                                field: `${prefix}.id`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.digest`,
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
        return encodeMessage(obj, Push.codec());
    }
    Push.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Push.codec(), opts);
    }
    Push.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Push.codec(), opts);
    }
    Push.stream = stream;
})(Push || (Push = {}));
export var Cancel;
(function (Cancel) {
    let _codec;
    Cancel.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {};
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
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
        return encodeMessage(obj, Cancel.codec());
    }
    Cancel.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Cancel.codec(), opts);
    }
    Cancel.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Cancel.codec(), opts);
    }
    Cancel.stream = stream;
})(Cancel || (Cancel = {}));
export var ChunksReply;
(function (ChunksReply) {
    let _codec;
    ChunksReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.call != null && obj.call !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.call);
                }
                if ((obj.status != null && obj.status !== 0)) {
                    w.uint32(16);
                    w.uint32(obj.status);
                }
                if ((obj.about != null && obj.about !== '')) {
                    w.uint32(26);
                    w.string(obj.about);
                }
                if ((obj.runs != null && obj.runs.byteLength > 0)) {
                    w.uint32(34);
                    w.bytes(obj.runs);
                }
                if ((obj.leavesBytes != null && obj.leavesBytes !== 0)) {
                    w.uint32(40);
                    w.uint32(obj.leavesBytes);
                }
                if (obj.lengths != null && obj.lengths.length > 0) {
                    for (const value of obj.lengths) {
                        w.uint32(48);
                        w.uint32(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    call: 0,
                    status: 0,
                    about: '',
                    runs: new Uint8Array(0),
                    leavesBytes: 0,
                    lengths: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.call = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.status = reader.uint32();
                            break;
                        }
                        case 3: {
                            obj.about = reader.string();
                            break;
                        }
                        case 4: {
                            obj.runs = reader.bytes();
                            break;
                        }
                        case 5: {
                            obj.leavesBytes = reader.uint32();
                            break;
                        }
                        case 6: {
                            if (opts.limits?.lengths != null && obj.lengths.length === opts.limits.lengths) {
                                throw new MaxLengthError('Decode error - repeated field "lengths" had too many elements');
                            }
                            obj.lengths.push(reader.uint32());
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
                    lengths: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.call`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.status`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.about`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.runs`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.leavesBytes`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 6: {
                            if (opts.limits?.lengths != null && obj.lengths === opts.limits.lengths) {
                                throw new MaxLengthError('Streaming decode error - repeated field "lengths" had too many elements');
                            }
                            yield {
                                field: `${prefix}.lengths[]`,
                                index: obj.lengths,
                                value: reader.uint32()
                            };
                            obj.lengths++;
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
        return encodeMessage(obj, ChunksReply.codec());
    }
    ChunksReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ChunksReply.codec(), opts);
    }
    ChunksReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ChunksReply.codec(), opts);
    }
    ChunksReply.stream = stream;
})(ChunksReply || (ChunksReply = {}));
