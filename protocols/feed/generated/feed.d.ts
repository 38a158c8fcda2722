// Generated from feed.proto by `npm run proto`; do not edit.
import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface FeedRequest {
    subscription: number;
    follow?: Follow;
    revocations?: Nothing;
    credit?: Credit;
    stop?: Nothing;
}
export declare namespace FeedRequest {
    const codec: () => Codec<FeedRequest>;
    interface FeedRequestSubscriptionFieldEvent {
        field: '$.subscription';
        value: number;
    }
    interface FeedRequestFollowDirFieldEvent {
        field: '$.follow.dir';
        value: number;
    }
    interface FeedRequestFollowFromFieldEvent {
        field: '$.follow.from';
        value: number;
    }
    interface FeedRequestFollowGenerationFieldEvent {
        field: '$.follow.generation';
        value: number;
    }
    interface FeedRequestFollowSumsFieldEvent {
        field: '$.follow.sums';
        value: boolean;
    }
    interface FeedRequestCreditBytesFieldEvent {
        field: '$.credit.bytes';
        value: number;
    }
    function encode(obj: Partial<FeedRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FeedRequest>): FeedRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FeedRequest>): Generator<FeedRequestSubscriptionFieldEvent | FeedRequestFollowDirFieldEvent | FeedRequestFollowFromFieldEvent | FeedRequestFollowGenerationFieldEvent | FeedRequestFollowSumsFieldEvent | FeedRequestCreditBytesFieldEvent>;
}
export interface Nothing {
}
export declare namespace Nothing {
    const codec: () => Codec<Nothing>;
    function encode(obj: Partial<Nothing>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Nothing>): Nothing;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Nothing>): Generator<{}>;
}
export interface Follow {
    dir: number;
    from: number;
    generation: number;
    sums: boolean;
}
export declare namespace Follow {
    const codec: () => Codec<Follow>;
    interface FollowDirFieldEvent {
        field: '$.dir';
        value: number;
    }
    interface FollowFromFieldEvent {
        field: '$.from';
        value: number;
    }
    interface FollowGenerationFieldEvent {
        field: '$.generation';
        value: number;
    }
    interface FollowSumsFieldEvent {
        field: '$.sums';
        value: boolean;
    }
    function encode(obj: Partial<Follow>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Follow>): Follow;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Follow>): Generator<FollowDirFieldEvent | FollowFromFieldEvent | FollowGenerationFieldEvent | FollowSumsFieldEvent>;
}
export interface Credit {
    bytes: number;
}
export declare namespace Credit {
    const codec: () => Codec<Credit>;
    interface CreditBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    function encode(obj: Partial<Credit>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Credit>): Credit;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Credit>): Generator<CreditBytesFieldEvent>;
}
export interface FeedMessage {
    subscription: number;
    changes?: Changes;
    reached?: Reached;
    reset?: Nothing;
    lost?: Lost;
    revoked?: Revoked;
    end?: End;
}
export declare namespace FeedMessage {
    const codec: () => Codec<FeedMessage>;
    interface FeedMessageSubscriptionFieldEvent {
        field: '$.subscription';
        value: number;
    }
    interface FeedMessageChangesRevisionFieldEvent {
        field: '$.changes.revision';
        value: number;
    }
    interface FeedMessageChangesAtFieldEvent {
        field: '$.changes.at';
        value: number;
    }
    interface FeedMessageChangesChangesDirFieldEvent {
        field: '$.changes.changes[].dir';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesNameFieldEvent {
        field: '$.changes.changes[].name';
        value: string;
        index: number;
    }
    interface FeedMessageChangesChangesEntryRevisionFieldEvent {
        field: '$.changes.changes[].entry.revision';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileRootFieldEvent {
        field: '$.changes.changes[].entry.file.root';
        value: Uint8Array;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileExtentsFirstFieldEvent {
        field: '$.changes.changes[].entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileExtentsCountFieldEvent {
        field: '$.changes.changes[].entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileExtentsBytesFieldEvent {
        field: '$.changes.changes[].entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileMtimeMsFieldEvent {
        field: '$.changes.changes[].entry.file.mtimeMs';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileExecutableFieldEvent {
        field: '$.changes.changes[].entry.file.executable';
        value: boolean;
        index: number;
    }
    interface FeedMessageChangesChangesEntryFileSumsFieldEvent {
        field: '$.changes.changes[].entry.file.sums';
        value: Uint8Array;
        index: number;
    }
    interface FeedMessageChangesChangesEntryDirectoryDirFieldEvent {
        field: '$.changes.changes[].entry.directory.dir';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryDirectoryFilesFieldEvent {
        field: '$.changes.changes[].entry.directory.files';
        value: number;
        index: number;
    }
    interface FeedMessageChangesChangesEntryDirectoryBytesFieldEvent {
        field: '$.changes.changes[].entry.directory.bytes';
        value: number;
        index: number;
    }
    interface FeedMessageChangesLastFieldEvent {
        field: '$.changes.last';
        value: boolean;
    }
    interface FeedMessageReachedRevisionFieldEvent {
        field: '$.reached.revision';
        value: number;
    }
    interface FeedMessageLostRevisionFieldEvent {
        field: '$.lost.revision';
        value: number;
    }
    interface FeedMessageRevokedPeersFieldEvent {
        field: '$.revoked.peers[]';
        index: number;
        value: string;
    }
    interface FeedMessageEndStatusFieldEvent {
        field: '$.end.status';
        value: number;
    }
    interface FeedMessageEndAboutFieldEvent {
        field: '$.end.about';
        value: string;
    }
    function encode(obj: Partial<FeedMessage>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FeedMessage>): FeedMessage;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FeedMessage>): Generator<FeedMessageSubscriptionFieldEvent | FeedMessageChangesRevisionFieldEvent | FeedMessageChangesAtFieldEvent | FeedMessageChangesChangesDirFieldEvent | FeedMessageChangesChangesNameFieldEvent | FeedMessageChangesChangesEntryRevisionFieldEvent | FeedMessageChangesChangesEntryFileRootFieldEvent | FeedMessageChangesChangesEntryFileExtentsFirstFieldEvent | FeedMessageChangesChangesEntryFileExtentsCountFieldEvent | FeedMessageChangesChangesEntryFileExtentsBytesFieldEvent | FeedMessageChangesChangesEntryFileMtimeMsFieldEvent | FeedMessageChangesChangesEntryFileExecutableFieldEvent | FeedMessageChangesChangesEntryFileSumsFieldEvent | FeedMessageChangesChangesEntryDirectoryDirFieldEvent | FeedMessageChangesChangesEntryDirectoryFilesFieldEvent | FeedMessageChangesChangesEntryDirectoryBytesFieldEvent | FeedMessageChangesLastFieldEvent | FeedMessageReachedRevisionFieldEvent | FeedMessageLostRevisionFieldEvent | FeedMessageRevokedPeersFieldEvent | FeedMessageEndStatusFieldEvent | FeedMessageEndAboutFieldEvent>;
}
export interface Changes {
    revision: number;
    at: number;
    changes: EntryChange[];
    last: boolean;
}
export declare namespace Changes {
    const codec: () => Codec<Changes>;
    interface ChangesRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface ChangesAtFieldEvent {
        field: '$.at';
        value: number;
    }
    interface ChangesChangesDirFieldEvent {
        field: '$.changes[].dir';
        value: number;
        index: number;
    }
    interface ChangesChangesNameFieldEvent {
        field: '$.changes[].name';
        value: string;
        index: number;
    }
    interface ChangesChangesEntryRevisionFieldEvent {
        field: '$.changes[].entry.revision';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryFileRootFieldEvent {
        field: '$.changes[].entry.file.root';
        value: Uint8Array;
        index: number;
    }
    interface ChangesChangesEntryFileExtentsFirstFieldEvent {
        field: '$.changes[].entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryFileExtentsCountFieldEvent {
        field: '$.changes[].entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryFileExtentsBytesFieldEvent {
        field: '$.changes[].entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryFileMtimeMsFieldEvent {
        field: '$.changes[].entry.file.mtimeMs';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryFileExecutableFieldEvent {
        field: '$.changes[].entry.file.executable';
        value: boolean;
        index: number;
    }
    interface ChangesChangesEntryFileSumsFieldEvent {
        field: '$.changes[].entry.file.sums';
        value: Uint8Array;
        index: number;
    }
    interface ChangesChangesEntryDirectoryDirFieldEvent {
        field: '$.changes[].entry.directory.dir';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryDirectoryFilesFieldEvent {
        field: '$.changes[].entry.directory.files';
        value: number;
        index: number;
    }
    interface ChangesChangesEntryDirectoryBytesFieldEvent {
        field: '$.changes[].entry.directory.bytes';
        value: number;
        index: number;
    }
    interface ChangesLastFieldEvent {
        field: '$.last';
        value: boolean;
    }
    function encode(obj: Partial<Changes>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Changes>): Changes;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Changes>): Generator<ChangesRevisionFieldEvent | ChangesAtFieldEvent | ChangesChangesDirFieldEvent | ChangesChangesNameFieldEvent | ChangesChangesEntryRevisionFieldEvent | ChangesChangesEntryFileRootFieldEvent | ChangesChangesEntryFileExtentsFirstFieldEvent | ChangesChangesEntryFileExtentsCountFieldEvent | ChangesChangesEntryFileExtentsBytesFieldEvent | ChangesChangesEntryFileMtimeMsFieldEvent | ChangesChangesEntryFileExecutableFieldEvent | ChangesChangesEntryFileSumsFieldEvent | ChangesChangesEntryDirectoryDirFieldEvent | ChangesChangesEntryDirectoryFilesFieldEvent | ChangesChangesEntryDirectoryBytesFieldEvent | ChangesLastFieldEvent>;
}
export interface EntryChange {
    dir: number;
    name: string;
    entry?: Entry;
}
export declare namespace EntryChange {
    const codec: () => Codec<EntryChange>;
    interface EntryChangeDirFieldEvent {
        field: '$.dir';
        value: number;
    }
    interface EntryChangeNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface EntryChangeEntryRevisionFieldEvent {
        field: '$.entry.revision';
        value: number;
    }
    interface EntryChangeEntryFileRootFieldEvent {
        field: '$.entry.file.root';
        value: Uint8Array;
    }
    interface EntryChangeEntryFileExtentsFirstFieldEvent {
        field: '$.entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface EntryChangeEntryFileExtentsCountFieldEvent {
        field: '$.entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface EntryChangeEntryFileExtentsBytesFieldEvent {
        field: '$.entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface EntryChangeEntryFileMtimeMsFieldEvent {
        field: '$.entry.file.mtimeMs';
        value: number;
    }
    interface EntryChangeEntryFileExecutableFieldEvent {
        field: '$.entry.file.executable';
        value: boolean;
    }
    interface EntryChangeEntryFileSumsFieldEvent {
        field: '$.entry.file.sums';
        value: Uint8Array;
    }
    interface EntryChangeEntryDirectoryDirFieldEvent {
        field: '$.entry.directory.dir';
        value: number;
    }
    interface EntryChangeEntryDirectoryFilesFieldEvent {
        field: '$.entry.directory.files';
        value: number;
    }
    interface EntryChangeEntryDirectoryBytesFieldEvent {
        field: '$.entry.directory.bytes';
        value: number;
    }
    function encode(obj: Partial<EntryChange>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<EntryChange>): EntryChange;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<EntryChange>): Generator<EntryChangeDirFieldEvent | EntryChangeNameFieldEvent | EntryChangeEntryRevisionFieldEvent | EntryChangeEntryFileRootFieldEvent | EntryChangeEntryFileExtentsFirstFieldEvent | EntryChangeEntryFileExtentsCountFieldEvent | EntryChangeEntryFileExtentsBytesFieldEvent | EntryChangeEntryFileMtimeMsFieldEvent | EntryChangeEntryFileExecutableFieldEvent | EntryChangeEntryFileSumsFieldEvent | EntryChangeEntryDirectoryDirFieldEvent | EntryChangeEntryDirectoryFilesFieldEvent | EntryChangeEntryDirectoryBytesFieldEvent>;
}
export interface Reached {
    revision: number;
}
export declare namespace Reached {
    const codec: () => Codec<Reached>;
    interface ReachedRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    function encode(obj: Partial<Reached>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Reached>): Reached;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Reached>): Generator<ReachedRevisionFieldEvent>;
}
export interface Lost {
    revision: number;
}
export declare namespace Lost {
    const codec: () => Codec<Lost>;
    interface LostRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    function encode(obj: Partial<Lost>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Lost>): Lost;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Lost>): Generator<LostRevisionFieldEvent>;
}
export interface Revoked {
    peers: string[];
}
export declare namespace Revoked {
    const codec: () => Codec<Revoked>;
    interface RevokedPeersFieldEvent {
        field: '$.peers[]';
        index: number;
        value: string;
    }
    function encode(obj: Partial<Revoked>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Revoked>): Revoked;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Revoked>): Generator<RevokedPeersFieldEvent>;
}
export interface End {
    status: number;
    about: string;
}
export declare namespace End {
    const codec: () => Codec<End>;
    interface EndStatusFieldEvent {
        field: '$.status';
        value: number;
    }
    interface EndAboutFieldEvent {
        field: '$.about';
        value: string;
    }
    function encode(obj: Partial<End>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<End>): End;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<End>): Generator<EndStatusFieldEvent | EndAboutFieldEvent>;
}
export interface Extent {
    first: number;
    count: number;
    bytes: number;
}
export declare namespace Extent {
    const codec: () => Codec<Extent>;
    interface ExtentFirstFieldEvent {
        field: '$.first';
        value: number;
    }
    interface ExtentCountFieldEvent {
        field: '$.count';
        value: number;
    }
    interface ExtentBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    function encode(obj: Partial<Extent>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Extent>): Extent;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Extent>): Generator<ExtentFirstFieldEvent | ExtentCountFieldEvent | ExtentBytesFieldEvent>;
}
export interface FileBody {
    root: Uint8Array;
    extents: Extent[];
    mtimeMs: number;
    executable: boolean;
    sums?: Uint8Array;
}
export declare namespace FileBody {
    const codec: () => Codec<FileBody>;
    interface FileBodyRootFieldEvent {
        field: '$.root';
        value: Uint8Array;
    }
    interface FileBodyExtentsFirstFieldEvent {
        field: '$.extents[].first';
        value: number;
        index: number;
    }
    interface FileBodyExtentsCountFieldEvent {
        field: '$.extents[].count';
        value: number;
        index: number;
    }
    interface FileBodyExtentsBytesFieldEvent {
        field: '$.extents[].bytes';
        value: number;
        index: number;
    }
    interface FileBodyMtimeMsFieldEvent {
        field: '$.mtimeMs';
        value: number;
    }
    interface FileBodyExecutableFieldEvent {
        field: '$.executable';
        value: boolean;
    }
    interface FileBodySumsFieldEvent {
        field: '$.sums';
        value: Uint8Array;
    }
    function encode(obj: Partial<FileBody>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FileBody>): FileBody;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FileBody>): Generator<FileBodyRootFieldEvent | FileBodyExtentsFirstFieldEvent | FileBodyExtentsCountFieldEvent | FileBodyExtentsBytesFieldEvent | FileBodyMtimeMsFieldEvent | FileBodyExecutableFieldEvent | FileBodySumsFieldEvent>;
}
export interface Directory {
    dir: number;
    files: number;
    bytes: number;
}
export declare namespace Directory {
    const codec: () => Codec<Directory>;
    interface DirectoryDirFieldEvent {
        field: '$.dir';
        value: number;
    }
    interface DirectoryFilesFieldEvent {
        field: '$.files';
        value: number;
    }
    interface DirectoryBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    function encode(obj: Partial<Directory>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Directory>): Directory;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Directory>): Generator<DirectoryDirFieldEvent | DirectoryFilesFieldEvent | DirectoryBytesFieldEvent>;
}
export interface Entry {
    revision: number;
    file?: FileBody;
    directory?: Directory;
}
export declare namespace Entry {
    const codec: () => Codec<Entry>;
    interface EntryRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface EntryFileRootFieldEvent {
        field: '$.file.root';
        value: Uint8Array;
    }
    interface EntryFileExtentsFirstFieldEvent {
        field: '$.file.extents[].first';
        value: number;
        index: number;
    }
    interface EntryFileExtentsCountFieldEvent {
        field: '$.file.extents[].count';
        value: number;
        index: number;
    }
    interface EntryFileExtentsBytesFieldEvent {
        field: '$.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface EntryFileMtimeMsFieldEvent {
        field: '$.file.mtimeMs';
        value: number;
    }
    interface EntryFileExecutableFieldEvent {
        field: '$.file.executable';
        value: boolean;
    }
    interface EntryFileSumsFieldEvent {
        field: '$.file.sums';
        value: Uint8Array;
    }
    interface EntryDirectoryDirFieldEvent {
        field: '$.directory.dir';
        value: number;
    }
    interface EntryDirectoryFilesFieldEvent {
        field: '$.directory.files';
        value: number;
    }
    interface EntryDirectoryBytesFieldEvent {
        field: '$.directory.bytes';
        value: number;
    }
    function encode(obj: Partial<Entry>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Entry>): Entry;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Entry>): Generator<EntryRevisionFieldEvent | EntryFileRootFieldEvent | EntryFileExtentsFirstFieldEvent | EntryFileExtentsCountFieldEvent | EntryFileExtentsBytesFieldEvent | EntryFileMtimeMsFieldEvent | EntryFileExecutableFieldEvent | EntryFileSumsFieldEvent | EntryDirectoryDirFieldEvent | EntryDirectoryFilesFieldEvent | EntryDirectoryBytesFieldEvent>;
}
