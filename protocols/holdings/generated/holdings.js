// Generated from holdings.proto by `npm run proto`; do not edit.
/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var HoldingsMessage;
(function (HoldingsMessage) {
    let _codec;
    HoldingsMessage.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.drop != null) {
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.copy != null) {
                    obj.drop = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.announce != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.reply != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.cancel != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.prove != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.heartbeat != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.report = undefined;
                    obj.begin = undefined;
                }
                if (obj.report != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.begin = undefined;
                }
                if (obj.begin != null) {
                    obj.drop = undefined;
                    obj.copy = undefined;
                    obj.announce = undefined;
                    obj.reply = undefined;
                    obj.cancel = undefined;
                    obj.prove = undefined;
                    obj.heartbeat = undefined;
                    obj.report = undefined;
                }
                if ((obj.call != null && obj.call !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.call);
                }
                if (obj.begin != null) {
                    w.uint32(18);
                    Begin.codec().encode(obj.begin, w);
                }
                if (obj.report != null) {
                    w.uint32(26);
                    Report.codec().encode(obj.report, w);
                }
                if (obj.heartbeat != null) {
                    w.uint32(34);
                    Beat.codec().encode(obj.heartbeat, w);
                }
                if (obj.prove != null) {
                    w.uint32(42);
                    Prove.codec().encode(obj.prove, w);
                }
                if (obj.cancel != null) {
                    w.uint32(50);
                    Cancel.codec().encode(obj.cancel, w);
                }
                if (obj.reply != null) {
                    w.uint32(58);
                    Reply.codec().encode(obj.reply, w);
                }
                if (obj.announce != null) {
                    w.uint32(66);
                    Announce.codec().encode(obj.announce, w);
                }
                if (obj.copy != null) {
                    w.uint32(74);
                    Copy.codec().encode(obj.copy, w);
                }
                if (obj.drop != null) {
                    w.uint32(82);
                    Drop.codec().encode(obj.drop, w);
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
                            obj.begin = Begin.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.begin
                            });
                            break;
                        }
                        case 3: {
                            obj.report = Report.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.report
                            });
                            break;
                        }
                        case 4: {
                            obj.heartbeat = Beat.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.heartbeat
                            });
                            break;
                        }
                        case 5: {
                            obj.prove = Prove.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.prove
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
                            obj.reply = Reply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.reply
                            });
                            break;
                        }
                        case 8: {
                            obj.announce = Announce.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.announce
                            });
                            break;
                        }
                        case 9: {
                            obj.copy = Copy.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.copy
                            });
                            break;
                        }
                        case 10: {
                            obj.drop = Drop.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.drop
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.drop != null) {
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.copy != null) {
                    delete obj.drop;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.announce != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.reply != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.cancel != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.prove != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.heartbeat;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.heartbeat != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.report;
                    delete obj.begin;
                }
                if (obj.report != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.begin;
                }
                if (obj.begin != null) {
                    delete obj.drop;
                    delete obj.copy;
                    delete obj.announce;
                    delete obj.reply;
                    delete obj.cancel;
                    delete obj.prove;
                    delete obj.heartbeat;
                    delete obj.report;
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
                            yield* Begin.codec().stream(reader, reader.uint32(), `${prefix}.begin`, {
                                limits: opts.limits?.begin
                            });
                            break;
                        }
                        case 3: {
                            yield* Report.codec().stream(reader, reader.uint32(), `${prefix}.report`, {
                                limits: opts.limits?.report
                            });
                            break;
                        }
                        case 4: {
                            yield* Beat.codec().stream(reader, reader.uint32(), `${prefix}.heartbeat`, {
                                limits: opts.limits?.heartbeat
                            });
                            break;
                        }
                        case 5: {
                            yield* Prove.codec().stream(reader, reader.uint32(), `${prefix}.prove`, {
                                limits: opts.limits?.prove
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
                            yield* Reply.codec().stream(reader, reader.uint32(), `${prefix}.reply`, {
                                limits: opts.limits?.reply
                            });
                            break;
                        }
                        case 8: {
                            yield* Announce.codec().stream(reader, reader.uint32(), `${prefix}.announce`, {
                                limits: opts.limits?.announce
                            });
                            break;
                        }
                        case 9: {
                            yield* Copy.codec().stream(reader, reader.uint32(), `${prefix}.copy`, {
                                limits: opts.limits?.copy
                            });
                            break;
                        }
                        case 10: {
                            yield* Drop.codec().stream(reader, reader.uint32(), `${prefix}.drop`, {
                                limits: opts.limits?.drop
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
        return encodeMessage(obj, HoldingsMessage.codec());
    }
    HoldingsMessage.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HoldingsMessage.codec(), opts);
    }
    HoldingsMessage.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HoldingsMessage.codec(), opts);
    }
    HoldingsMessage.stream = stream;
})(HoldingsMessage || (HoldingsMessage = {}));
export var Begin;
(function (Begin) {
    let _codec;
    Begin.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.session != null && obj.session !== '')) {
                    w.uint32(10);
                    w.string(obj.session);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    session: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.session = reader.string();
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
                                field: `${prefix}.session`,
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
        return encodeMessage(obj, Begin.codec());
    }
    Begin.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Begin.codec(), opts);
    }
    Begin.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Begin.codec(), opts);
    }
    Begin.stream = stream;
})(Begin || (Begin = {}));
export var Report;
(function (Report) {
    let _codec;
    Report.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.number != null && obj.number !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.number);
                }
                if ((obj.full != null && obj.full !== false)) {
                    w.uint32(16);
                    w.bool(obj.full);
                }
                if ((obj.added != null && obj.added.byteLength > 0)) {
                    w.uint32(26);
                    w.bytes(obj.added);
                }
                if ((obj.removed != null && obj.removed.byteLength > 0)) {
                    w.uint32(34);
                    w.bytes(obj.removed);
                }
                if ((obj.keptAdded != null && obj.keptAdded.byteLength > 0)) {
                    w.uint32(42);
                    w.bytes(obj.keptAdded);
                }
                if ((obj.keptRemoved != null && obj.keptRemoved.byteLength > 0)) {
                    w.uint32(50);
                    w.bytes(obj.keptRemoved);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    number: 0,
                    full: false,
                    added: new Uint8Array(0),
                    removed: new Uint8Array(0),
                    keptAdded: new Uint8Array(0),
                    keptRemoved: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.number = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.full = reader.bool();
                            break;
                        }
                        case 3: {
                            obj.added = reader.bytes();
                            break;
                        }
                        case 4: {
                            obj.removed = reader.bytes();
                            break;
                        }
                        case 5: {
                            obj.keptAdded = reader.bytes();
                            break;
                        }
                        case 6: {
                            obj.keptRemoved = reader.bytes();
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
                                field: `${prefix}.number`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.full`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.added`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.removed`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.keptAdded`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.keptRemoved`,
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
        return encodeMessage(obj, Report.codec());
    }
    Report.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Report.codec(), opts);
    }
    Report.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Report.codec(), opts);
    }
    Report.stream = stream;
})(Report || (Report = {}));
export var Beat;
(function (Beat) {
    let _codec;
    Beat.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.addresses != null && obj.addresses.length > 0) {
                    for (const value of obj.addresses) {
                        w.uint32(10);
                        w.string(value);
                    }
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if ((obj.capacityBytes != null && obj.capacityBytes !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.capacityBytes);
                }
                if ((obj.freeBytes != null && obj.freeBytes !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.freeBytes);
                }
                if ((obj.load != null && obj.load !== 0)) {
                    w.uint32(40);
                    w.uint32(obj.load);
                }
                if (obj.keeper != null) {
                    w.uint32(50);
                    Keeper.codec().encode(obj.keeper, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    addresses: [],
                    name: '',
                    capacityBytes: 0,
                    freeBytes: 0,
                    load: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.addresses != null && obj.addresses.length === opts.limits.addresses) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            if (obj.addresses.length === 32) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            obj.addresses.push(reader.string());
                            break;
                        }
                        case 2: {
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.capacityBytes = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.freeBytes = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.load = reader.uint32();
                            break;
                        }
                        case 6: {
                            obj.keeper = Keeper.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.keeper
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
                const obj = {
                    addresses: 32
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.addresses != null && obj.addresses === opts.limits.addresses) {
                                throw new MaxLengthError('Streaming decode error - repeated field "addresses" had too many elements');
                            }
                            if (obj.addresses === 32) {
                                throw new MaxLengthError('Streaming decode error - repeated field "addresses" had too many elements');
                            }
                            yield {
                                field: `${prefix}.addresses[]`,
                                index: obj.addresses,
                                value: reader.string()
                            };
                            obj.addresses++;
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
                            yield {
                                field: `${prefix}.capacityBytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.freeBytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.load`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 6: {
                            yield* Keeper.codec().stream(reader, reader.uint32(), `${prefix}.keeper`, {
                                limits: opts.limits?.keeper
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
        return encodeMessage(obj, Beat.codec());
    }
    Beat.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Beat.codec(), opts);
    }
    Beat.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Beat.codec(), opts);
    }
    Beat.stream = stream;
})(Beat || (Beat = {}));
export var Keeper;
(function (Keeper) {
    let _codec;
    Keeper.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.usedBytes != null && obj.usedBytes !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.usedBytes);
                }
                if (obj.labels != null && obj.labels.length > 0) {
                    for (const value of obj.labels) {
                        w.uint32(18);
                        w.string(value);
                    }
                }
                if ((obj.draining != null && obj.draining !== false)) {
                    w.uint32(24);
                    w.bool(obj.draining);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    usedBytes: 0,
                    labels: [],
                    draining: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.usedBytes = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            if (opts.limits?.labels != null && obj.labels.length === opts.limits.labels) {
                                throw new MaxLengthError('Decode error - repeated field "labels" had too many elements');
                            }
                            if (obj.labels.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "labels" had too many elements');
                            }
                            obj.labels.push(reader.string());
                            break;
                        }
                        case 3: {
                            obj.draining = reader.bool();
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
                    labels: 16
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.usedBytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            if (opts.limits?.labels != null && obj.labels === opts.limits.labels) {
                                throw new MaxLengthError('Streaming decode error - repeated field "labels" had too many elements');
                            }
                            if (obj.labels === 16) {
                                throw new MaxLengthError('Streaming decode error - repeated field "labels" had too many elements');
                            }
                            yield {
                                field: `${prefix}.labels[]`,
                                index: obj.labels,
                                value: reader.string()
                            };
                            obj.labels++;
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.draining`,
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
        return encodeMessage(obj, Keeper.codec());
    }
    Keeper.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Keeper.codec(), opts);
    }
    Keeper.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Keeper.codec(), opts);
    }
    Keeper.stream = stream;
})(Keeper || (Keeper = {}));
export var Prove;
(function (Prove) {
    let _codec;
    Prove.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.runs != null && obj.runs.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.runs);
                }
                if (obj.leases != null && obj.leases.length > 0) {
                    for (const value of obj.leases) {
                        w.uint32(16);
                        w.uint64Number(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    runs: new Uint8Array(0),
                    leases: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.runs = reader.bytes();
                            break;
                        }
                        case 2: {
                            if (opts.limits?.leases != null && obj.leases.length === opts.limits.leases) {
                                throw new MaxLengthError('Decode error - repeated field "leases" had too many elements');
                            }
                            if (obj.leases.length === 256) {
                                throw new MaxLengthError('Decode error - repeated field "leases" had too many elements');
                            }
                            obj.leases.push(reader.uint64Number());
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
                    leases: 256
                };
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
                        case 2: {
                            if (opts.limits?.leases != null && obj.leases === opts.limits.leases) {
                                throw new MaxLengthError('Streaming decode error - repeated field "leases" had too many elements');
                            }
                            if (obj.leases === 256) {
                                throw new MaxLengthError('Streaming decode error - repeated field "leases" had too many elements');
                            }
                            yield {
                                field: `${prefix}.leases[]`,
                                index: obj.leases,
                                value: reader.uint64Number()
                            };
                            obj.leases++;
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
        return encodeMessage(obj, Prove.codec());
    }
    Prove.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Prove.codec(), opts);
    }
    Prove.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Prove.codec(), opts);
    }
    Prove.stream = stream;
})(Prove || (Prove = {}));
export var Announce;
(function (Announce) {
    let _codec;
    Announce.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.runs != null && obj.runs.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.runs);
                }
                if ((obj.writer != null && obj.writer !== '')) {
                    w.uint32(18);
                    w.string(obj.writer);
                }
                if ((obj.bytes != null && obj.bytes !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.bytes);
                }
                if ((obj.expiresInMs != null && obj.expiresInMs !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.expiresInMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    runs: new Uint8Array(0),
                    writer: '',
                    bytes: 0,
                    expiresInMs: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.runs = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.writer = reader.string();
                            break;
                        }
                        case 3: {
                            obj.bytes = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.expiresInMs = reader.uint64Number();
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
                        case 2: {
                            yield {
                                field: `${prefix}.writer`,
                                value: reader.string()
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
                        case 4: {
                            yield {
                                field: `${prefix}.expiresInMs`,
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
        return encodeMessage(obj, Announce.codec());
    }
    Announce.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Announce.codec(), opts);
    }
    Announce.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Announce.codec(), opts);
    }
    Announce.stream = stream;
})(Announce || (Announce = {}));
export var Copy;
(function (Copy) {
    let _codec;
    Copy.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.runs != null && obj.runs.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.runs);
                }
                if ((obj.bytes != null && obj.bytes !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.bytes);
                }
                if ((obj.expiresInMs != null && obj.expiresInMs !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.expiresInMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    runs: new Uint8Array(0),
                    bytes: 0,
                    expiresInMs: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.runs = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.bytes = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.expiresInMs = reader.uint64Number();
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
                        case 2: {
                            yield {
                                field: `${prefix}.bytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.expiresInMs`,
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
        return encodeMessage(obj, Copy.codec());
    }
    Copy.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Copy.codec(), opts);
    }
    Copy.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Copy.codec(), opts);
    }
    Copy.stream = stream;
})(Copy || (Copy = {}));
export var Drop;
(function (Drop) {
    let _codec;
    Drop.codec = () => {
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
        return encodeMessage(obj, Drop.codec());
    }
    Drop.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Drop.codec(), opts);
    }
    Drop.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Drop.codec(), opts);
    }
    Drop.stream = stream;
})(Drop || (Drop = {}));
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
export var Reply;
(function (Reply) {
    let _codec;
    Reply.codec = () => {
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
                if ((obj.number != null && obj.number !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.number);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    status: 0,
                    about: '',
                    number: 0
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
                        case 3: {
                            obj.number = reader.uint64Number();
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
                        case 3: {
                            yield {
                                field: `${prefix}.number`,
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
        return encodeMessage(obj, Reply.codec());
    }
    Reply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Reply.codec(), opts);
    }
    Reply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Reply.codec(), opts);
    }
    Reply.stream = stream;
})(Reply || (Reply = {}));
