// Generated from holdings.proto by `npm run proto`; do not edit.
import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface HoldingsMessage {
    call: number;
    begin?: Begin;
    report?: Report;
    heartbeat?: Beat;
    prove?: Prove;
    cancel?: Cancel;
    reply?: Reply;
}
export declare namespace HoldingsMessage {
    const codec: () => Codec<HoldingsMessage>;
    interface HoldingsMessageCallFieldEvent {
        field: '$.call';
        value: number;
    }
    interface HoldingsMessageBeginSessionFieldEvent {
        field: '$.begin.session';
        value: string;
    }
    interface HoldingsMessageReportNumberFieldEvent {
        field: '$.report.number';
        value: number;
    }
    interface HoldingsMessageReportFullFieldEvent {
        field: '$.report.full';
        value: boolean;
    }
    interface HoldingsMessageReportAddedFieldEvent {
        field: '$.report.added';
        value: Uint8Array;
    }
    interface HoldingsMessageReportRemovedFieldEvent {
        field: '$.report.removed';
        value: Uint8Array;
    }
    interface HoldingsMessageHeartbeatAddressesFieldEvent {
        field: '$.heartbeat.addresses[]';
        index: number;
        value: string;
    }
    interface HoldingsMessageHeartbeatNameFieldEvent {
        field: '$.heartbeat.name';
        value: string;
    }
    interface HoldingsMessageHeartbeatCapacityBytesFieldEvent {
        field: '$.heartbeat.capacityBytes';
        value: number;
    }
    interface HoldingsMessageHeartbeatFreeBytesFieldEvent {
        field: '$.heartbeat.freeBytes';
        value: number;
    }
    interface HoldingsMessageHeartbeatLoadFieldEvent {
        field: '$.heartbeat.load';
        value: number;
    }
    interface HoldingsMessageProveRunsFieldEvent {
        field: '$.prove.runs';
        value: Uint8Array;
    }
    interface HoldingsMessageProveLeasesFieldEvent {
        field: '$.prove.leases[]';
        index: number;
        value: number;
    }
    interface HoldingsMessageReplyStatusFieldEvent {
        field: '$.reply.status';
        value: number;
    }
    interface HoldingsMessageReplyAboutFieldEvent {
        field: '$.reply.about';
        value: string;
    }
    interface HoldingsMessageReplyNumberFieldEvent {
        field: '$.reply.number';
        value: number;
    }
    function encode(obj: Partial<HoldingsMessage>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HoldingsMessage>): HoldingsMessage;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HoldingsMessage>): Generator<HoldingsMessageCallFieldEvent | HoldingsMessageBeginSessionFieldEvent | HoldingsMessageReportNumberFieldEvent | HoldingsMessageReportFullFieldEvent | HoldingsMessageReportAddedFieldEvent | HoldingsMessageReportRemovedFieldEvent | HoldingsMessageHeartbeatAddressesFieldEvent | HoldingsMessageHeartbeatNameFieldEvent | HoldingsMessageHeartbeatCapacityBytesFieldEvent | HoldingsMessageHeartbeatFreeBytesFieldEvent | HoldingsMessageHeartbeatLoadFieldEvent | HoldingsMessageProveRunsFieldEvent | HoldingsMessageProveLeasesFieldEvent | HoldingsMessageReplyStatusFieldEvent | HoldingsMessageReplyAboutFieldEvent | HoldingsMessageReplyNumberFieldEvent>;
}
export interface Begin {
    session: string;
}
export declare namespace Begin {
    const codec: () => Codec<Begin>;
    interface BeginSessionFieldEvent {
        field: '$.session';
        value: string;
    }
    function encode(obj: Partial<Begin>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Begin>): Begin;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Begin>): Generator<BeginSessionFieldEvent>;
}
export interface Report {
    number: number;
    full: boolean;
    added: Uint8Array;
    removed: Uint8Array;
}
export declare namespace Report {
    const codec: () => Codec<Report>;
    interface ReportNumberFieldEvent {
        field: '$.number';
        value: number;
    }
    interface ReportFullFieldEvent {
        field: '$.full';
        value: boolean;
    }
    interface ReportAddedFieldEvent {
        field: '$.added';
        value: Uint8Array;
    }
    interface ReportRemovedFieldEvent {
        field: '$.removed';
        value: Uint8Array;
    }
    function encode(obj: Partial<Report>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Report>): Report;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Report>): Generator<ReportNumberFieldEvent | ReportFullFieldEvent | ReportAddedFieldEvent | ReportRemovedFieldEvent>;
}
export interface Beat {
    addresses: string[];
    name: string;
    capacityBytes: number;
    freeBytes: number;
    load: number;
}
export declare namespace Beat {
    const codec: () => Codec<Beat>;
    interface BeatAddressesFieldEvent {
        field: '$.addresses[]';
        index: number;
        value: string;
    }
    interface BeatNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface BeatCapacityBytesFieldEvent {
        field: '$.capacityBytes';
        value: number;
    }
    interface BeatFreeBytesFieldEvent {
        field: '$.freeBytes';
        value: number;
    }
    interface BeatLoadFieldEvent {
        field: '$.load';
        value: number;
    }
    function encode(obj: Partial<Beat>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Beat>): Beat;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Beat>): Generator<BeatAddressesFieldEvent | BeatNameFieldEvent | BeatCapacityBytesFieldEvent | BeatFreeBytesFieldEvent | BeatLoadFieldEvent>;
}
export interface Prove {
    runs: Uint8Array;
    leases: number[];
}
export declare namespace Prove {
    const codec: () => Codec<Prove>;
    interface ProveRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    interface ProveLeasesFieldEvent {
        field: '$.leases[]';
        index: number;
        value: number;
    }
    function encode(obj: Partial<Prove>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Prove>): Prove;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Prove>): Generator<ProveRunsFieldEvent | ProveLeasesFieldEvent>;
}
export interface Cancel {
}
export declare namespace Cancel {
    const codec: () => Codec<Cancel>;
    function encode(obj: Partial<Cancel>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Cancel>): Cancel;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Cancel>): Generator<{}>;
}
export interface Reply {
    status: number;
    about: string;
    number: number;
}
export declare namespace Reply {
    const codec: () => Codec<Reply>;
    interface ReplyStatusFieldEvent {
        field: '$.status';
        value: number;
    }
    interface ReplyAboutFieldEvent {
        field: '$.about';
        value: string;
    }
    interface ReplyNumberFieldEvent {
        field: '$.number';
        value: number;
    }
    function encode(obj: Partial<Reply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Reply>): Reply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Reply>): Generator<ReplyStatusFieldEvent | ReplyAboutFieldEvent | ReplyNumberFieldEvent>;
}
