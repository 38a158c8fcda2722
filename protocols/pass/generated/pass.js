// Generated from pass.proto by `npm run proto`; do not edit.
import { decodeMessage, encodeMessage, message, streamMessage } from 'protons-runtime';
export var Signed;
(function (Signed) {
    let _codec;
    Signed.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.payload != null && obj.payload.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.payload);
                }
                if ((obj.signature != null && obj.signature.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.signature);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    payload: new Uint8Array(0),
                    signature: new Uint8Array(0)
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.payload = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.signature = reader.bytes();
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
                                field: `${prefix}.payload`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.signature`,
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
        return encodeMessage(obj, Signed.codec());
    }
    Signed.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Signed.codec(), opts);
    }
    Signed.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Signed.codec(), opts);
    }
    Signed.stream = stream;
})(Signed || (Signed = {}));
export var CertificatePayload;
(function (CertificatePayload) {
    let _codec;
    CertificatePayload.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.drive != null && obj.drive.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.drive);
                }
                if ((obj.index != null && obj.index.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.index);
                }
                if ((obj.generation != null && obj.generation !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.generation);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    drive: new Uint8Array(0),
                    index: new Uint8Array(0),
                    generation: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.drive = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.index = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.generation = reader.uint32();
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
                                field: `${prefix}.drive`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.index`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.generation`,
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
        return encodeMessage(obj, CertificatePayload.codec());
    }
    CertificatePayload.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, CertificatePayload.codec(), opts);
    }
    CertificatePayload.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, CertificatePayload.codec(), opts);
    }
    CertificatePayload.stream = stream;
})(CertificatePayload || (CertificatePayload = {}));
export var PassPayload;
(function (PassPayload) {
    let _codec;
    PassPayload.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.drive != null && obj.drive.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.drive);
                }
                if ((obj.peer != null && obj.peer.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.peer);
                }
                if ((obj.role != null && obj.role !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.role);
                }
                if ((obj.issuedAt != null && obj.issuedAt !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.issuedAt);
                }
                if ((obj.expiresAt != null && obj.expiresAt !== 0)) {
                    w.uint32(40);
                    w.uint64Number(obj.expiresAt);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    drive: new Uint8Array(0),
                    peer: new Uint8Array(0),
                    role: 0,
                    issuedAt: 0,
                    expiresAt: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.drive = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.peer = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.role = reader.uint32();
                            break;
                        }
                        case 4: {
                            obj.issuedAt = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.expiresAt = reader.uint64Number();
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
                                field: `${prefix}.drive`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.peer`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.role`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.issuedAt`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.expiresAt`,
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
        return encodeMessage(obj, PassPayload.codec());
    }
    PassPayload.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PassPayload.codec(), opts);
    }
    PassPayload.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PassPayload.codec(), opts);
    }
    PassPayload.stream = stream;
})(PassPayload || (PassPayload = {}));
export var InvitePayload;
(function (InvitePayload) {
    let _codec;
    InvitePayload.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.drive != null && obj.drive.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.drive);
                }
                if ((obj.id != null && obj.id.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.id);
                }
                if ((obj.role != null && obj.role !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.role);
                }
                if ((obj.expiresAt != null && obj.expiresAt !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.expiresAt);
                }
                if ((obj.uses != null && obj.uses !== 0)) {
                    w.uint32(40);
                    w.uint32(obj.uses);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    drive: new Uint8Array(0),
                    id: new Uint8Array(0),
                    role: 0,
                    expiresAt: 0,
                    uses: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.drive = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.id = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.role = reader.uint32();
                            break;
                        }
                        case 4: {
                            obj.expiresAt = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.uses = reader.uint32();
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
                                field: `${prefix}.drive`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.id`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.role`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.expiresAt`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.uses`,
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
        return encodeMessage(obj, InvitePayload.codec());
    }
    InvitePayload.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, InvitePayload.codec(), opts);
    }
    InvitePayload.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, InvitePayload.codec(), opts);
    }
    InvitePayload.stream = stream;
})(InvitePayload || (InvitePayload = {}));
export var HelloFrame;
(function (HelloFrame) {
    let _codec;
    HelloFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.drive != null && obj.drive.byteLength > 0)) {
                    w.uint32(10);
                    w.bytes(obj.drive);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if (obj.pass != null) {
                    w.uint32(26);
                    w.bytes(obj.pass);
                }
                if (obj.invite != null) {
                    w.uint32(34);
                    w.bytes(obj.invite);
                }
                if (obj.certificate != null) {
                    w.uint32(42);
                    w.bytes(obj.certificate);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    drive: new Uint8Array(0),
                    name: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.drive = reader.bytes();
                            break;
                        }
                        case 2: {
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.pass = reader.bytes();
                            break;
                        }
                        case 4: {
                            obj.invite = reader.bytes();
                            break;
                        }
                        case 5: {
                            obj.certificate = reader.bytes();
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
                                field: `${prefix}.drive`,
                                value: reader.bytes()
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
                            yield {
                                field: `${prefix}.pass`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.invite`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.certificate`,
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
        return encodeMessage(obj, HelloFrame.codec());
    }
    HelloFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HelloFrame.codec(), opts);
    }
    HelloFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HelloFrame.codec(), opts);
    }
    HelloFrame.stream = stream;
})(HelloFrame || (HelloFrame = {}));
export var WelcomeFrame;
(function (WelcomeFrame) {
    let _codec;
    WelcomeFrame.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.status != null && obj.status !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.status);
                }
                if (obj.certificate != null) {
                    w.uint32(18);
                    w.bytes(obj.certificate);
                }
                if (obj.pass != null) {
                    w.uint32(26);
                    w.bytes(obj.pass);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    status: 0
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
                            obj.certificate = reader.bytes();
                            break;
                        }
                        case 3: {
                            obj.pass = reader.bytes();
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
                                field: `${prefix}.certificate`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.pass`,
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
        return encodeMessage(obj, WelcomeFrame.codec());
    }
    WelcomeFrame.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, WelcomeFrame.codec(), opts);
    }
    WelcomeFrame.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, WelcomeFrame.codec(), opts);
    }
    WelcomeFrame.stream = stream;
})(WelcomeFrame || (WelcomeFrame = {}));
