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
    announce?: Announce;
    copy?: Copy;
    drop?: Drop;
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
    interface HoldingsMessageReportKeptAddedFieldEvent {
        field: '$.report.keptAdded';
        value: Uint8Array;
    }
    interface HoldingsMessageReportKeptRemovedFieldEvent {
        field: '$.report.keptRemoved';
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
    interface HoldingsMessageHeartbeatKeeperUsedBytesFieldEvent {
        field: '$.heartbeat.keeper.usedBytes';
        value: number;
    }
    interface HoldingsMessageHeartbeatKeeperLabelsFieldEvent {
        field: '$.heartbeat.keeper.labels[]';
        index: number;
        value: string;
    }
    interface HoldingsMessageHeartbeatKeeperDrainingFieldEvent {
        field: '$.heartbeat.keeper.draining';
        value: boolean;
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
    interface HoldingsMessageAnnounceRunsFieldEvent {
        field: '$.announce.runs';
        value: Uint8Array;
    }
    interface HoldingsMessageAnnounceWriterFieldEvent {
        field: '$.announce.writer';
        value: string;
    }
    interface HoldingsMessageAnnounceBytesFieldEvent {
        field: '$.announce.bytes';
        value: number;
    }
    interface HoldingsMessageAnnounceExpiresInMsFieldEvent {
        field: '$.announce.expiresInMs';
        value: number;
    }
    interface HoldingsMessageCopyRunsFieldEvent {
        field: '$.copy.runs';
        value: Uint8Array;
    }
    interface HoldingsMessageCopyBytesFieldEvent {
        field: '$.copy.bytes';
        value: number;
    }
    interface HoldingsMessageCopyExpiresInMsFieldEvent {
        field: '$.copy.expiresInMs';
        value: number;
    }
    interface HoldingsMessageDropRunsFieldEvent {
        field: '$.drop.runs';
        value: Uint8Array;
    }
    function encode(obj: Partial<HoldingsMessage>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HoldingsMessage>): HoldingsMessage;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HoldingsMessage>): Generator<HoldingsMessageCallFieldEvent | HoldingsMessageBeginSessionFieldEvent | HoldingsMessageReportNumberFieldEvent | HoldingsMessageReportFullFieldEvent | HoldingsMessageReportAddedFieldEvent | HoldingsMessageReportRemovedFieldEvent | HoldingsMessageReportKeptAddedFieldEvent | HoldingsMessageReportKeptRemovedFieldEvent | HoldingsMessageHeartbeatAddressesFieldEvent | HoldingsMessageHeartbeatNameFieldEvent | HoldingsMessageHeartbeatCapacityBytesFieldEvent | HoldingsMessageHeartbeatFreeBytesFieldEvent | HoldingsMessageHeartbeatLoadFieldEvent | HoldingsMessageHeartbeatKeeperUsedBytesFieldEvent | HoldingsMessageHeartbeatKeeperLabelsFieldEvent | HoldingsMessageHeartbeatKeeperDrainingFieldEvent | HoldingsMessageProveRunsFieldEvent | HoldingsMessageProveLeasesFieldEvent | HoldingsMessageReplyStatusFieldEvent | HoldingsMessageReplyAboutFieldEvent | HoldingsMessageReplyNumberFieldEvent | HoldingsMessageAnnounceRunsFieldEvent | HoldingsMessageAnnounceWriterFieldEvent | HoldingsMessageAnnounceBytesFieldEvent | HoldingsMessageAnnounceExpiresInMsFieldEvent | HoldingsMessageCopyRunsFieldEvent | HoldingsMessageCopyBytesFieldEvent | HoldingsMessageCopyExpiresInMsFieldEvent | HoldingsMessageDropRunsFieldEvent>;
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
    keptAdded: Uint8Array;
    keptRemoved: Uint8Array;
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
    interface ReportKeptAddedFieldEvent {
        field: '$.keptAdded';
        value: Uint8Array;
    }
    interface ReportKeptRemovedFieldEvent {
        field: '$.keptRemoved';
        value: Uint8Array;
    }
    function encode(obj: Partial<Report>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Report>): Report;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Report>): Generator<ReportNumberFieldEvent | ReportFullFieldEvent | ReportAddedFieldEvent | ReportRemovedFieldEvent | ReportKeptAddedFieldEvent | ReportKeptRemovedFieldEvent>;
}
export interface Beat {
    addresses: string[];
    name: string;
    capacityBytes: number;
    freeBytes: number;
    load: number;
    keeper?: Keeper;
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
    interface BeatKeeperUsedBytesFieldEvent {
        field: '$.keeper.usedBytes';
        value: number;
    }
    interface BeatKeeperLabelsFieldEvent {
        field: '$.keeper.labels[]';
        index: number;
        value: string;
    }
    interface BeatKeeperDrainingFieldEvent {
        field: '$.keeper.draining';
        value: boolean;
    }
    function encode(obj: Partial<Beat>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Beat>): Beat;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Beat>): Generator<BeatAddressesFieldEvent | BeatNameFieldEvent | BeatCapacityBytesFieldEvent | BeatFreeBytesFieldEvent | BeatLoadFieldEvent | BeatKeeperUsedBytesFieldEvent | BeatKeeperLabelsFieldEvent | BeatKeeperDrainingFieldEvent>;
}
export interface Keeper {
    usedBytes: number;
    labels: string[];
    draining: boolean;
}
export declare namespace Keeper {
    const codec: () => Codec<Keeper>;
    interface KeeperUsedBytesFieldEvent {
        field: '$.usedBytes';
        value: number;
    }
    interface KeeperLabelsFieldEvent {
        field: '$.labels[]';
        index: number;
        value: string;
    }
    interface KeeperDrainingFieldEvent {
        field: '$.draining';
        value: boolean;
    }
    function encode(obj: Partial<Keeper>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Keeper>): Keeper;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Keeper>): Generator<KeeperUsedBytesFieldEvent | KeeperLabelsFieldEvent | KeeperDrainingFieldEvent>;
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
export interface Announce {
    runs: Uint8Array;
    writer: string;
    bytes: number;
    expiresInMs: number;
}
export declare namespace Announce {
    const codec: () => Codec<Announce>;
    interface AnnounceRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    interface AnnounceWriterFieldEvent {
        field: '$.writer';
        value: string;
    }
    interface AnnounceBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    interface AnnounceExpiresInMsFieldEvent {
        field: '$.expiresInMs';
        value: number;
    }
    function encode(obj: Partial<Announce>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Announce>): Announce;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Announce>): Generator<AnnounceRunsFieldEvent | AnnounceWriterFieldEvent | AnnounceBytesFieldEvent | AnnounceExpiresInMsFieldEvent>;
}
export interface Copy {
    runs: Uint8Array;
    bytes: number;
    expiresInMs: number;
}
export declare namespace Copy {
    const codec: () => Codec<Copy>;
    interface CopyRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    interface CopyBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    interface CopyExpiresInMsFieldEvent {
        field: '$.expiresInMs';
        value: number;
    }
    function encode(obj: Partial<Copy>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Copy>): Copy;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Copy>): Generator<CopyRunsFieldEvent | CopyBytesFieldEvent | CopyExpiresInMsFieldEvent>;
}
export interface Drop {
    runs: Uint8Array;
}
export declare namespace Drop {
    const codec: () => Codec<Drop>;
    interface DropRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    function encode(obj: Partial<Drop>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Drop>): Drop;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Drop>): Generator<DropRunsFieldEvent>;
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
