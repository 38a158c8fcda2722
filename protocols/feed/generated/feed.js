// Generated from feed.proto by `npm run proto`; do not edit.
/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var FeedRequest;
(function (FeedRequest) {
    let _codec;
    FeedRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.stop != null) {
                    obj.credit = undefined;
                    obj.revocations = undefined;
                    obj.follow = undefined;
                }
                if (obj.credit != null) {
                    obj.stop = undefined;
                    obj.revocations = undefined;
                    obj.follow = undefined;
                }
                if (obj.revocations != null) {
                    obj.stop = undefined;
                    obj.credit = undefined;
                    obj.follow = undefined;
                }
                if (obj.follow != null) {
                    obj.stop = undefined;
                    obj.credit = undefined;
                    obj.revocations = undefined;
                }
                if ((obj.subscription != null && obj.subscription !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.subscription);
                }
                if (obj.follow != null) {
                    w.uint32(18);
                    Follow.codec().encode(obj.follow, w);
                }
                if (obj.revocations != null) {
                    w.uint32(26);
                    Nothing.codec().encode(obj.revocations, w);
                }
                if (obj.credit != null) {
                    w.uint32(34);
                    Credit.codec().encode(obj.credit, w);
                }
                if (obj.stop != null) {
                    w.uint32(42);
                    Nothing.codec().encode(obj.stop, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    subscription: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.subscription = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.follow = Follow.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.follow
                            });
                            break;
                        }
                        case 3: {
                            obj.revocations = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.revocations
                            });
                            break;
                        }
                        case 4: {
                            obj.credit = Credit.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.credit
                            });
                            break;
                        }
                        case 5: {
                            obj.stop = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.stop
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.stop != null) {
                    delete obj.credit;
                    delete obj.revocations;
                    delete obj.follow;
                }
                if (obj.credit != null) {
                    delete obj.stop;
                    delete obj.revocations;
                    delete obj.follow;
                }
                if (obj.revocations != null) {
                    delete obj.stop;
                    delete obj.credit;
                    delete obj.follow;
                }
                if (obj.follow != null) {
                    delete obj.stop;
                    delete obj.credit;
                    delete obj.revocations;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.subscription`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield* Follow.codec().stream(reader, reader.uint32(), `${prefix}.follow`, {
                                limits: opts.limits?.follow
                            });
                            break;
                        }
                        case 3: {
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.revocations`, {
                                limits: opts.limits?.revocations
                            });
                            break;
                        }
                        case 4: {
                            yield* Credit.codec().stream(reader, reader.uint32(), `${prefix}.credit`, {
                                limits: opts.limits?.credit
                            });
                            break;
                        }
                        case 5: {
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.stop`, {
                                limits: opts.limits?.stop
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
        return encodeMessage(obj, FeedRequest.codec());
    }
    FeedRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, FeedRequest.codec(), opts);
    }
    FeedRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, FeedRequest.codec(), opts);
    }
    FeedRequest.stream = stream;
})(FeedRequest || (FeedRequest = {}));
export var Nothing;
(function (Nothing) {
    let _codec;
    Nothing.codec = () => {
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
        return encodeMessage(obj, Nothing.codec());
    }
    Nothing.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Nothing.codec(), opts);
    }
    Nothing.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Nothing.codec(), opts);
    }
    Nothing.stream = stream;
})(Nothing || (Nothing = {}));
export var Follow;
(function (Follow) {
    let _codec;
    Follow.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.dir != null && obj.dir !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.dir);
                }
                if ((obj.from != null && obj.from !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.from);
                }
                if ((obj.generation != null && obj.generation !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.generation);
                }
                if ((obj.sums != null && obj.sums !== false)) {
                    w.uint32(32);
                    w.bool(obj.sums);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    dir: 0,
                    from: 0,
                    generation: 0,
                    sums: false
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
                            obj.from = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.generation = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.sums = reader.bool();
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
                                field: `${prefix}.from`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.generation`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.sums`,
                                value: reader.bool()
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
        return encodeMessage(obj, Follow.codec());
    }
    Follow.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Follow.codec(), opts);
    }
    Follow.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Follow.codec(), opts);
    }
    Follow.stream = stream;
})(Follow || (Follow = {}));
export var Credit;
(function (Credit) {
    let _codec;
    Credit.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.bytes != null && obj.bytes !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.bytes);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    bytes: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
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
        return encodeMessage(obj, Credit.codec());
    }
    Credit.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Credit.codec(), opts);
    }
    Credit.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Credit.codec(), opts);
    }
    Credit.stream = stream;
})(Credit || (Credit = {}));
export var FeedMessage;
(function (FeedMessage) {
    let _codec;
    FeedMessage.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.end != null) {
                    obj.revoked = undefined;
                    obj.lost = undefined;
                    obj.reset = undefined;
                    obj.reached = undefined;
                    obj.changes = undefined;
                }
                if (obj.revoked != null) {
                    obj.end = undefined;
                    obj.lost = undefined;
                    obj.reset = undefined;
                    obj.reached = undefined;
                    obj.changes = undefined;
                }
                if (obj.lost != null) {
                    obj.end = undefined;
                    obj.revoked = undefined;
                    obj.reset = undefined;
                    obj.reached = undefined;
                    obj.changes = undefined;
                }
                if (obj.reset != null) {
                    obj.end = undefined;
                    obj.revoked = undefined;
                    obj.lost = undefined;
                    obj.reached = undefined;
                    obj.changes = undefined;
                }
                if (obj.reached != null) {
                    obj.end = undefined;
                    obj.revoked = undefined;
                    obj.lost = undefined;
                    obj.reset = undefined;
                    obj.changes = undefined;
                }
                if (obj.changes != null) {
                    obj.end = undefined;
                    obj.revoked = undefined;
                    obj.lost = undefined;
                    obj.reset = undefined;
                    obj.reached = undefined;
                }
                if ((obj.subscription != null && obj.subscription !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.subscription);
                }
                if (obj.changes != null) {
                    w.uint32(18);
                    Changes.codec().encode(obj.changes, w);
                }
                if (obj.reached != null) {
                    w.uint32(26);
                    Reached.codec().encode(obj.reached, w);
                }
                if (obj.reset != null) {
                    w.uint32(34);
                    Nothing.codec().encode(obj.reset, w);
                }
                if (obj.lost != null) {
                    w.uint32(42);
                    Lost.codec().encode(obj.lost, w);
                }
                if (obj.revoked != null) {
                    w.uint32(50);
                    Revoked.codec().encode(obj.revoked, w);
                }
                if (obj.end != null) {
                    w.uint32(58);
                    End.codec().encode(obj.end, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    subscription: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.subscription = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.changes = Changes.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.changes
                            });
                            break;
                        }
                        case 3: {
                            obj.reached = Reached.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.reached
                            });
                            break;
                        }
                        case 4: {
                            obj.reset = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.reset
                            });
                            break;
                        }
                        case 5: {
                            obj.lost = Lost.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.lost
                            });
                            break;
                        }
                        case 6: {
                            obj.revoked = Revoked.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.revoked
                            });
                            break;
                        }
                        case 7: {
                            obj.end = End.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.end
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.end != null) {
                    delete obj.revoked;
                    delete obj.lost;
                    delete obj.reset;
                    delete obj.reached;
                    delete obj.changes;
                }
                if (obj.revoked != null) {
                    delete obj.end;
                    delete obj.lost;
                    delete obj.reset;
                    delete obj.reached;
                    delete obj.changes;
                }
                if (obj.lost != null) {
                    delete obj.end;
                    delete obj.revoked;
                    delete obj.reset;
                    delete obj.reached;
                    delete obj.changes;
                }
                if (obj.reset != null) {
                    delete obj.end;
                    delete obj.revoked;
                    delete obj.lost;
                    delete obj.reached;
                    delete obj.changes;
                }
                if (obj.reached != null) {
                    delete obj.end;
                    delete obj.revoked;
                    delete obj.lost;
                    delete obj.reset;
                    delete obj.changes;
                }
                if (obj.changes != null) {
                    delete obj.end;
                    delete obj.revoked;
                    delete obj.lost;
                    delete obj.reset;
                    delete obj.reached;
                }
                return obj;
            }, function* (reader, length, prefix, opts = {}) {
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.subscription`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield* Changes.codec().stream(reader, reader.uint32(), `${prefix}.changes`, {
                                limits: opts.limits?.changes
                            });
                            break;
                        }
                        case 3: {
                            yield* Reached.codec().stream(reader, reader.uint32(), `${prefix}.reached`, {
                                limits: opts.limits?.reached
                            });
                            break;
                        }
                        case 4: {
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.reset`, {
                                limits: opts.limits?.reset
                            });
                            break;
                        }
                        case 5: {
                            yield* Lost.codec().stream(reader, reader.uint32(), `${prefix}.lost`, {
                                limits: opts.limits?.lost
                            });
                            break;
                        }
                        case 6: {
                            yield* Revoked.codec().stream(reader, reader.uint32(), `${prefix}.revoked`, {
                                limits: opts.limits?.revoked
                            });
                            break;
                        }
                        case 7: {
                            yield* End.codec().stream(reader, reader.uint32(), `${prefix}.end`, {
                                limits: opts.limits?.end
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
        return encodeMessage(obj, FeedMessage.codec());
    }
    FeedMessage.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, FeedMessage.codec(), opts);
    }
    FeedMessage.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, FeedMessage.codec(), opts);
    }
    FeedMessage.stream = stream;
})(FeedMessage || (FeedMessage = {}));
export var Changes;
(function (Changes) {
    let _codec;
    Changes.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
                }
                if ((obj.at != null && obj.at !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.at);
                }
                if (obj.changes != null && obj.changes.length > 0) {
                    for (const value of obj.changes) {
                        w.uint32(26);
                        EntryChange.codec().encode(value, w);
                    }
                }
                if ((obj.last != null && obj.last !== false)) {
                    w.uint32(32);
                    w.bool(obj.last);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0,
                    at: 0,
                    changes: [],
                    last: false
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
                            obj.at = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.changes != null && obj.changes.length === opts.limits.changes) {
                                throw new MaxLengthError('Decode error - repeated field "changes" had too many elements');
                            }
                            if (obj.changes.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "changes" had too many elements');
                            }
                            obj.changes.push(EntryChange.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.changes$
                            }));
                            break;
                        }
                        case 4: {
                            obj.last = reader.bool();
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
                    changes: 1024
                };
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
                            yield {
                                field: `${prefix}.at`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.changes != null && obj.changes === opts.limits.changes) {
                                throw new MaxLengthError('Streaming decode error - repeated field "changes" had too many elements');
                            }
                            if (obj.changes === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "changes" had too many elements');
                            }
                            for (const evt of EntryChange.codec().stream(reader, reader.uint32(), `${prefix}.changes[]`, {
                                limits: opts.limits?.changes$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.changes
                                };
                            }
                            obj.changes++;
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.last`,
                                value: reader.bool()
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
        return encodeMessage(obj, Changes.codec());
    }
    Changes.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Changes.codec(), opts);
    }
    Changes.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Changes.codec(), opts);
    }
    Changes.stream = stream;
})(Changes || (Changes = {}));
export var EntryChange;
(function (EntryChange) {
    let _codec;
    EntryChange.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.dir != null && obj.dir !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.dir);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if (obj.entry != null) {
                    w.uint32(26);
                    Entry.codec().encode(obj.entry, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    dir: 0,
                    name: ''
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
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.entry = Entry.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.entry
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
                                field: `${prefix}.dir`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.name`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield* Entry.codec().stream(reader, reader.uint32(), `${prefix}.entry`, {
                                limits: opts.limits?.entry
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
        return encodeMessage(obj, EntryChange.codec());
    }
    EntryChange.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, EntryChange.codec(), opts);
    }
    EntryChange.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, EntryChange.codec(), opts);
    }
    EntryChange.stream = stream;
})(EntryChange || (EntryChange = {}));
export var Reached;
(function (Reached) {
    let _codec;
    Reached.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
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
        return encodeMessage(obj, Reached.codec());
    }
    Reached.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Reached.codec(), opts);
    }
    Reached.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Reached.codec(), opts);
    }
    Reached.stream = stream;
})(Reached || (Reached = {}));
export var Lost;
(function (Lost) {
    let _codec;
    Lost.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
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
        return encodeMessage(obj, Lost.codec());
    }
    Lost.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Lost.codec(), opts);
    }
    Lost.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Lost.codec(), opts);
    }
    Lost.stream = stream;
})(Lost || (Lost = {}));
export var Revoked;
(function (Revoked) {
    let _codec;
    Revoked.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.peers != null && obj.peers.length > 0) {
                    for (const value of obj.peers) {
                        w.uint32(10);
                        w.string(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peers: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.peers != null && obj.peers.length === opts.limits.peers) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            obj.peers.push(reader.string());
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
                    peers: 1024
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.peers != null && obj.peers === opts.limits.peers) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            yield {
                                field: `${prefix}.peers[]`,
                                index: obj.peers,
                                value: reader.string()
                            };
                            obj.peers++;
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
        return encodeMessage(obj, Revoked.codec());
    }
    Revoked.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Revoked.codec(), opts);
    }
    Revoked.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Revoked.codec(), opts);
    }
    Revoked.stream = stream;
})(Revoked || (Revoked = {}));
export var End;
(function (End) {
    let _codec;
    End.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.status != null && obj.status !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.status);
                }
                if ((obj.about != null && obj.about !== '')) {
                    w.uint32(18);
                    w.string(obj.about);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    status: 0,
                    about: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.status = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.about = reader.string();
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
                                field: `${prefix}.status`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.about`,
                                value: reader.string()
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
        return encodeMessage(obj, End.codec());
    }
    End.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, End.codec(), opts);
    }
    End.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, End.codec(), opts);
    }
    End.stream = stream;
})(End || (End = {}));
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
