// Generated from entry.proto by `npm run proto`; do not edit.
import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
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
