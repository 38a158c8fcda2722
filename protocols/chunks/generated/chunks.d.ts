// Generated from chunks.proto by `npm run proto`; do not edit.
import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface ChunksRequest {
    call: number;
    read?: Read;
    has?: Has;
    page?: Page;
    push?: Push;
    cancel?: Cancel;
    readSmall?: ReadSmall;
}
export declare namespace ChunksRequest {
    const codec: () => Codec<ChunksRequest>;
    interface ChunksRequestCallFieldEvent {
        field: '$.call';
        value: number;
    }
    interface ChunksRequestReadIdFieldEvent {
        field: '$.read.id';
        value: number;
    }
    interface ChunksRequestReadOffsetFieldEvent {
        field: '$.read.offset';
        value: number;
    }
    interface ChunksRequestReadLengthFieldEvent {
        field: '$.read.length';
        value: number;
    }
    interface ChunksRequestHasRunsFieldEvent {
        field: '$.has.runs';
        value: Uint8Array;
    }
    interface ChunksRequestPageRootFieldEvent {
        field: '$.page.root';
        value: Uint8Array;
    }
    interface ChunksRequestPagePageIndexFieldEvent {
        field: '$.page.pageIndex';
        value: number;
    }
    interface ChunksRequestPushIdFieldEvent {
        field: '$.push.id';
        value: number;
    }
    interface ChunksRequestPushDigestFieldEvent {
        field: '$.push.digest';
        value: Uint8Array;
    }
    interface ChunksRequestReadSmallRunsFieldEvent {
        field: '$.readSmall.runs';
        value: Uint8Array;
    }
    function encode(obj: Partial<ChunksRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ChunksRequest>): ChunksRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ChunksRequest>): Generator<ChunksRequestCallFieldEvent | ChunksRequestReadIdFieldEvent | ChunksRequestReadOffsetFieldEvent | ChunksRequestReadLengthFieldEvent | ChunksRequestHasRunsFieldEvent | ChunksRequestPageRootFieldEvent | ChunksRequestPagePageIndexFieldEvent | ChunksRequestPushIdFieldEvent | ChunksRequestPushDigestFieldEvent | ChunksRequestReadSmallRunsFieldEvent>;
}
export interface Read {
    id: number;
    offset?: number;
    length?: number;
}
export declare namespace Read {
    const codec: () => Codec<Read>;
    interface ReadIdFieldEvent {
        field: '$.id';
        value: number;
    }
    interface ReadOffsetFieldEvent {
        field: '$.offset';
        value: number;
    }
    interface ReadLengthFieldEvent {
        field: '$.length';
        value: number;
    }
    function encode(obj: Partial<Read>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Read>): Read;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Read>): Generator<ReadIdFieldEvent | ReadOffsetFieldEvent | ReadLengthFieldEvent>;
}
export interface ReadSmall {
    runs: Uint8Array;
}
export declare namespace ReadSmall {
    const codec: () => Codec<ReadSmall>;
    interface ReadSmallRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    function encode(obj: Partial<ReadSmall>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReadSmall>): ReadSmall;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ReadSmall>): Generator<ReadSmallRunsFieldEvent>;
}
export interface Has {
    runs: Uint8Array;
}
export declare namespace Has {
    const codec: () => Codec<Has>;
    interface HasRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    function encode(obj: Partial<Has>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Has>): Has;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Has>): Generator<HasRunsFieldEvent>;
}
export interface Page {
    root: Uint8Array;
    pageIndex: number;
}
export declare namespace Page {
    const codec: () => Codec<Page>;
    interface PageRootFieldEvent {
        field: '$.root';
        value: Uint8Array;
    }
    interface PagePageIndexFieldEvent {
        field: '$.pageIndex';
        value: number;
    }
    function encode(obj: Partial<Page>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Page>): Page;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Page>): Generator<PageRootFieldEvent | PagePageIndexFieldEvent>;
}
export interface Push {
    id: number;
    digest: Uint8Array;
}
export declare namespace Push {
    const codec: () => Codec<Push>;
    interface PushIdFieldEvent {
        field: '$.id';
        value: number;
    }
    interface PushDigestFieldEvent {
        field: '$.digest';
        value: Uint8Array;
    }
    function encode(obj: Partial<Push>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Push>): Push;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Push>): Generator<PushIdFieldEvent | PushDigestFieldEvent>;
}
export interface Cancel {
}
export declare namespace Cancel {
    const codec: () => Codec<Cancel>;
    function encode(obj: Partial<Cancel>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Cancel>): Cancel;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Cancel>): Generator<{}>;
}
export interface ChunksReply {
    call: number;
    status: number;
    about: string;
    runs: Uint8Array;
    leavesBytes: number;
    lengths: number[];
}
export declare namespace ChunksReply {
    const codec: () => Codec<ChunksReply>;
    interface ChunksReplyCallFieldEvent {
        field: '$.call';
        value: number;
    }
    interface ChunksReplyStatusFieldEvent {
        field: '$.status';
        value: number;
    }
    interface ChunksReplyAboutFieldEvent {
        field: '$.about';
        value: string;
    }
    interface ChunksReplyRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    interface ChunksReplyLeavesBytesFieldEvent {
        field: '$.leavesBytes';
        value: number;
    }
    interface ChunksReplyLengthsFieldEvent {
        field: '$.lengths[]';
        index: number;
        value: number;
    }
    function encode(obj: Partial<ChunksReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ChunksReply>): ChunksReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ChunksReply>): Generator<ChunksReplyCallFieldEvent | ChunksReplyStatusFieldEvent | ChunksReplyAboutFieldEvent | ChunksReplyRunsFieldEvent | ChunksReplyLeavesBytesFieldEvent | ChunksReplyLengthsFieldEvent>;
}
