// Generated from pass.proto by `npm run proto`; do not edit.
import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface Signed {
    payload: Uint8Array;
    signature: Uint8Array;
}
export declare namespace Signed {
    const codec: () => Codec<Signed>;
    interface SignedPayloadFieldEvent {
        field: '$.payload';
        value: Uint8Array;
    }
    interface SignedSignatureFieldEvent {
        field: '$.signature';
        value: Uint8Array;
    }
    function encode(obj: Partial<Signed>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Signed>): Signed;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Signed>): Generator<SignedPayloadFieldEvent | SignedSignatureFieldEvent>;
}
export interface CertificatePayload {
    drive: Uint8Array;
    index: Uint8Array;
    generation: number;
}
export declare namespace CertificatePayload {
    const codec: () => Codec<CertificatePayload>;
    interface CertificatePayloadDriveFieldEvent {
        field: '$.drive';
        value: Uint8Array;
    }
    interface CertificatePayloadIndexFieldEvent {
        field: '$.index';
        value: Uint8Array;
    }
    interface CertificatePayloadGenerationFieldEvent {
        field: '$.generation';
        value: number;
    }
    function encode(obj: Partial<CertificatePayload>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CertificatePayload>): CertificatePayload;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CertificatePayload>): Generator<CertificatePayloadDriveFieldEvent | CertificatePayloadIndexFieldEvent | CertificatePayloadGenerationFieldEvent>;
}
export interface PassPayload {
    drive: Uint8Array;
    peer: Uint8Array;
    role: number;
    issuedAt: number;
    expiresAt: number;
}
export declare namespace PassPayload {
    const codec: () => Codec<PassPayload>;
    interface PassPayloadDriveFieldEvent {
        field: '$.drive';
        value: Uint8Array;
    }
    interface PassPayloadPeerFieldEvent {
        field: '$.peer';
        value: Uint8Array;
    }
    interface PassPayloadRoleFieldEvent {
        field: '$.role';
        value: number;
    }
    interface PassPayloadIssuedAtFieldEvent {
        field: '$.issuedAt';
        value: number;
    }
    interface PassPayloadExpiresAtFieldEvent {
        field: '$.expiresAt';
        value: number;
    }
    function encode(obj: Partial<PassPayload>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PassPayload>): PassPayload;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PassPayload>): Generator<PassPayloadDriveFieldEvent | PassPayloadPeerFieldEvent | PassPayloadRoleFieldEvent | PassPayloadIssuedAtFieldEvent | PassPayloadExpiresAtFieldEvent>;
}
export interface InvitePayload {
    drive: Uint8Array;
    id: Uint8Array;
    role: number;
    expiresAt: number;
    uses: number;
}
export declare namespace InvitePayload {
    const codec: () => Codec<InvitePayload>;
    interface InvitePayloadDriveFieldEvent {
        field: '$.drive';
        value: Uint8Array;
    }
    interface InvitePayloadIdFieldEvent {
        field: '$.id';
        value: Uint8Array;
    }
    interface InvitePayloadRoleFieldEvent {
        field: '$.role';
        value: number;
    }
    interface InvitePayloadExpiresAtFieldEvent {
        field: '$.expiresAt';
        value: number;
    }
    interface InvitePayloadUsesFieldEvent {
        field: '$.uses';
        value: number;
    }
    function encode(obj: Partial<InvitePayload>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<InvitePayload>): InvitePayload;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<InvitePayload>): Generator<InvitePayloadDriveFieldEvent | InvitePayloadIdFieldEvent | InvitePayloadRoleFieldEvent | InvitePayloadExpiresAtFieldEvent | InvitePayloadUsesFieldEvent>;
}
export interface HelloFrame {
    drive: Uint8Array;
    name: string;
    pass?: Uint8Array;
    invite?: Uint8Array;
    certificate?: Uint8Array;
}
export declare namespace HelloFrame {
    const codec: () => Codec<HelloFrame>;
    interface HelloFrameDriveFieldEvent {
        field: '$.drive';
        value: Uint8Array;
    }
    interface HelloFrameNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface HelloFramePassFieldEvent {
        field: '$.pass';
        value: Uint8Array;
    }
    interface HelloFrameInviteFieldEvent {
        field: '$.invite';
        value: Uint8Array;
    }
    interface HelloFrameCertificateFieldEvent {
        field: '$.certificate';
        value: Uint8Array;
    }
    function encode(obj: Partial<HelloFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HelloFrame>): HelloFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HelloFrame>): Generator<HelloFrameDriveFieldEvent | HelloFrameNameFieldEvent | HelloFramePassFieldEvent | HelloFrameInviteFieldEvent | HelloFrameCertificateFieldEvent>;
}
export interface WelcomeFrame {
    status: number;
    certificate?: Uint8Array;
    pass?: Uint8Array;
}
export declare namespace WelcomeFrame {
    const codec: () => Codec<WelcomeFrame>;
    interface WelcomeFrameStatusFieldEvent {
        field: '$.status';
        value: number;
    }
    interface WelcomeFrameCertificateFieldEvent {
        field: '$.certificate';
        value: Uint8Array;
    }
    interface WelcomeFramePassFieldEvent {
        field: '$.pass';
        value: Uint8Array;
    }
    function encode(obj: Partial<WelcomeFrame>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<WelcomeFrame>): WelcomeFrame;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<WelcomeFrame>): Generator<WelcomeFrameStatusFieldEvent | WelcomeFrameCertificateFieldEvent | WelcomeFramePassFieldEvent>;
}
