// Generated from index.proto by `npm run proto`; do not edit.
import type { Codec, DecodeOptions } from 'protons-runtime';
import type { Uint8ArrayList } from 'uint8arraylist';
export interface IndexRequest {
    call: number;
    drive?: Nothing;
    resolve?: ResolveRequest;
    list?: ListRequest;
    pathOf?: PathOfRequest;
    digests?: RunsRequest;
    holders?: RunsRequest;
    allocate?: AllocateRequest;
    renew?: RenewRequest;
    stageDigests?: StageDigestsRequest;
    stage?: StageRequest;
    commit?: CommitRequest;
    log?: LogRequest;
    peers?: PageRequest;
    members?: PageRequest;
    invite?: InviteRequest;
    revoke?: RevokeRequest;
    renewPass?: Nothing;
    cancel?: Nothing;
    giveUpStage?: GiveUpStageRequest;
    place?: PlaceRequest;
    policies?: PoliciesRequest;
    copies?: Nothing;
    search?: SearchRequest;
}
export declare namespace IndexRequest {
    const codec: () => Codec<IndexRequest>;
    interface IndexRequestCallFieldEvent {
        field: '$.call';
        value: number;
    }
    interface IndexRequestResolvePathsFieldEvent {
        field: '$.resolve.paths[]';
        index: number;
        value: string;
    }
    interface IndexRequestResolveAtFieldEvent {
        field: '$.resolve.at';
        value: number;
    }
    interface IndexRequestResolveSumsFieldEvent {
        field: '$.resolve.sums';
        value: boolean;
    }
    interface IndexRequestListPathFieldEvent {
        field: '$.list.path';
        value: string;
    }
    interface IndexRequestListDirFieldEvent {
        field: '$.list.dir';
        value: number;
    }
    interface IndexRequestListAtFieldEvent {
        field: '$.list.at';
        value: number;
    }
    interface IndexRequestListAfterFieldEvent {
        field: '$.list.after';
        value: string;
    }
    interface IndexRequestListLimitFieldEvent {
        field: '$.list.limit';
        value: number;
    }
    interface IndexRequestListSumsFieldEvent {
        field: '$.list.sums';
        value: boolean;
    }
    interface IndexRequestPathOfDirFieldEvent {
        field: '$.pathOf.dir';
        value: number;
    }
    interface IndexRequestPathOfAtFieldEvent {
        field: '$.pathOf.at';
        value: number;
    }
    interface IndexRequestDigestsRunsFieldEvent {
        field: '$.digests.runs';
        value: Uint8Array;
    }
    interface IndexRequestHoldersRunsFieldEvent {
        field: '$.holders.runs';
        value: Uint8Array;
    }
    interface IndexRequestAllocateCountFieldEvent {
        field: '$.allocate.count';
        value: number;
    }
    interface IndexRequestRenewLeasesFieldEvent {
        field: '$.renew.leases[]';
        index: number;
        value: number;
    }
    interface IndexRequestStageDigestsLeaseFieldEvent {
        field: '$.stageDigests.lease';
        value: number;
    }
    interface IndexRequestStageDigestsFirstFieldEvent {
        field: '$.stageDigests.first';
        value: number;
    }
    interface IndexRequestStageStageFieldEvent {
        field: '$.stage.stage';
        value: number;
    }
    interface IndexRequestStagePartFieldEvent {
        field: '$.stage.part';
        value: number;
    }
    interface IndexRequestCommitNumberFieldEvent {
        field: '$.commit.number';
        value: number;
    }
    interface IndexRequestCommitDigestFieldEvent {
        field: '$.commit.digest';
        value: Uint8Array;
    }
    interface IndexRequestCommitLeasesFieldEvent {
        field: '$.commit.leases[]';
        index: number;
        value: number;
    }
    interface IndexRequestCommitPeersFieldEvent {
        field: '$.commit.peers[]';
        index: number;
        value: string;
    }
    interface IndexRequestCommitLocationsFirstFieldEvent {
        field: '$.commit.locations[].first';
        value: number;
        index: number;
    }
    interface IndexRequestCommitLocationsCountFieldEvent {
        field: '$.commit.locations[].count';
        value: number;
        index: number;
    }
    interface IndexRequestCommitLocationsPeerFieldEvent {
        field: '$.commit.locations[].peer';
        value: number;
        index: number;
    }
    interface IndexRequestCommitNoteFieldEvent {
        field: '$.commit.note';
        value: string;
    }
    interface IndexRequestCommitStageFieldEvent {
        field: '$.commit.stage';
        value: number;
    }
    interface IndexRequestCommitPartsFieldEvent {
        field: '$.commit.parts';
        value: number;
    }
    interface IndexRequestCommitMinCopiesFieldEvent {
        field: '$.commit.minCopies';
        value: number;
    }
    interface IndexRequestLogPathFieldEvent {
        field: '$.log.path';
        value: string;
    }
    interface IndexRequestLogBeforeFieldEvent {
        field: '$.log.before';
        value: number;
    }
    interface IndexRequestLogLimitFieldEvent {
        field: '$.log.limit';
        value: number;
    }
    interface IndexRequestPeersSkipFieldEvent {
        field: '$.peers.skip';
        value: number;
    }
    interface IndexRequestMembersSkipFieldEvent {
        field: '$.members.skip';
        value: number;
    }
    interface IndexRequestInviteRoleFieldEvent {
        field: '$.invite.role';
        value: number;
    }
    interface IndexRequestInviteExpiresInMsFieldEvent {
        field: '$.invite.expiresInMs';
        value: number;
    }
    interface IndexRequestInviteUsesFieldEvent {
        field: '$.invite.uses';
        value: number;
    }
    interface IndexRequestRevokePeerFieldEvent {
        field: '$.revoke.peer';
        value: string;
    }
    interface IndexRequestGiveUpStageStageFieldEvent {
        field: '$.giveUpStage.stage';
        value: number;
    }
    interface IndexRequestPlaceRunsFieldEvent {
        field: '$.place.runs';
        value: Uint8Array;
    }
    interface IndexRequestPlaceBytesFieldEvent {
        field: '$.place.bytes';
        value: number;
    }
    interface IndexRequestPlaceCopiesFieldEvent {
        field: '$.place.copies';
        value: number;
    }
    interface IndexRequestPlacePathFieldEvent {
        field: '$.place.path';
        value: string;
    }
    interface IndexRequestPlaceAvoidFieldEvent {
        field: '$.place.avoid[]';
        index: number;
        value: string;
    }
    interface IndexRequestPoliciesPathsFieldEvent {
        field: '$.policies.paths[]';
        index: number;
        value: string;
    }
    interface IndexRequestSearchTextFieldEvent {
        field: '$.search.text';
        value: string;
    }
    interface IndexRequestSearchUnderFieldEvent {
        field: '$.search.under';
        value: string;
    }
    interface IndexRequestSearchLimitFieldEvent {
        field: '$.search.limit';
        value: number;
    }
    interface IndexRequestSearchKindFieldEvent {
        field: '$.search.kind';
        value: number;
    }
    function encode(obj: Partial<IndexRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<IndexRequest>): IndexRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<IndexRequest>): Generator<IndexRequestCallFieldEvent | IndexRequestResolvePathsFieldEvent | IndexRequestResolveAtFieldEvent | IndexRequestResolveSumsFieldEvent | IndexRequestListPathFieldEvent | IndexRequestListDirFieldEvent | IndexRequestListAtFieldEvent | IndexRequestListAfterFieldEvent | IndexRequestListLimitFieldEvent | IndexRequestListSumsFieldEvent | IndexRequestPathOfDirFieldEvent | IndexRequestPathOfAtFieldEvent | IndexRequestDigestsRunsFieldEvent | IndexRequestHoldersRunsFieldEvent | IndexRequestAllocateCountFieldEvent | IndexRequestRenewLeasesFieldEvent | IndexRequestStageDigestsLeaseFieldEvent | IndexRequestStageDigestsFirstFieldEvent | IndexRequestStageStageFieldEvent | IndexRequestStagePartFieldEvent | IndexRequestCommitNumberFieldEvent | IndexRequestCommitDigestFieldEvent | IndexRequestCommitLeasesFieldEvent | IndexRequestCommitPeersFieldEvent | IndexRequestCommitLocationsFirstFieldEvent | IndexRequestCommitLocationsCountFieldEvent | IndexRequestCommitLocationsPeerFieldEvent | IndexRequestCommitNoteFieldEvent | IndexRequestCommitStageFieldEvent | IndexRequestCommitPartsFieldEvent | IndexRequestCommitMinCopiesFieldEvent | IndexRequestLogPathFieldEvent | IndexRequestLogBeforeFieldEvent | IndexRequestLogLimitFieldEvent | IndexRequestPeersSkipFieldEvent | IndexRequestMembersSkipFieldEvent | IndexRequestInviteRoleFieldEvent | IndexRequestInviteExpiresInMsFieldEvent | IndexRequestInviteUsesFieldEvent | IndexRequestRevokePeerFieldEvent | IndexRequestGiveUpStageStageFieldEvent | IndexRequestPlaceRunsFieldEvent | IndexRequestPlaceBytesFieldEvent | IndexRequestPlaceCopiesFieldEvent | IndexRequestPlacePathFieldEvent | IndexRequestPlaceAvoidFieldEvent | IndexRequestPoliciesPathsFieldEvent | IndexRequestSearchTextFieldEvent | IndexRequestSearchUnderFieldEvent | IndexRequestSearchLimitFieldEvent | IndexRequestSearchKindFieldEvent>;
}
export interface IndexReply {
    call: number;
    status: number;
    about: string;
    drive?: DriveReply;
    resolve?: ResolveReply;
    list?: ListReply;
    pathOf?: PathOfReply;
    holders?: HoldersReply;
    allocate?: LeaseReply;
    commit?: CommitReply;
    log?: LogReply;
    peers?: PeersReply;
    members?: MembersReply;
    place?: HoldersReply;
    policies?: PoliciesReply;
    copies?: CopiesReply;
    search?: SearchReply;
}
export declare namespace IndexReply {
    const codec: () => Codec<IndexReply>;
    interface IndexReplyCallFieldEvent {
        field: '$.call';
        value: number;
    }
    interface IndexReplyStatusFieldEvent {
        field: '$.status';
        value: number;
    }
    interface IndexReplyAboutFieldEvent {
        field: '$.about';
        value: string;
    }
    interface IndexReplyDriveDriveFieldEvent {
        field: '$.drive.drive';
        value: string;
    }
    interface IndexReplyDriveGenerationFieldEvent {
        field: '$.drive.generation';
        value: number;
    }
    interface IndexReplyDriveChunkBytesFieldEvent {
        field: '$.drive.chunkBytes';
        value: number;
    }
    interface IndexReplyDriveRevisionFieldEvent {
        field: '$.drive.revision';
        value: number;
    }
    interface IndexReplyDriveOldestFieldEvent {
        field: '$.drive.oldest';
        value: number;
    }
    interface IndexReplyDriveLeaseMsFieldEvent {
        field: '$.drive.leaseMs';
        value: number;
    }
    interface IndexReplyResolveRevisionFieldEvent {
        field: '$.resolve.revision';
        value: number;
    }
    interface IndexReplyResolveSlotsEntryRevisionFieldEvent {
        field: '$.resolve.slots[].entry.revision';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileRootFieldEvent {
        field: '$.resolve.slots[].entry.file.root';
        value: Uint8Array;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileExtentsFirstFieldEvent {
        field: '$.resolve.slots[].entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileExtentsCountFieldEvent {
        field: '$.resolve.slots[].entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileExtentsBytesFieldEvent {
        field: '$.resolve.slots[].entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileMtimeMsFieldEvent {
        field: '$.resolve.slots[].entry.file.mtimeMs';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileExecutableFieldEvent {
        field: '$.resolve.slots[].entry.file.executable';
        value: boolean;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryFileSumsFieldEvent {
        field: '$.resolve.slots[].entry.file.sums';
        value: Uint8Array;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryDirectoryDirFieldEvent {
        field: '$.resolve.slots[].entry.directory.dir';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryDirectoryFilesFieldEvent {
        field: '$.resolve.slots[].entry.directory.files';
        value: number;
        index: number;
    }
    interface IndexReplyResolveSlotsEntryDirectoryBytesFieldEvent {
        field: '$.resolve.slots[].entry.directory.bytes';
        value: number;
        index: number;
    }
    interface IndexReplyListRevisionFieldEvent {
        field: '$.list.revision';
        value: number;
    }
    interface IndexReplyListDirFieldEvent {
        field: '$.list.dir';
        value: number;
    }
    interface IndexReplyListEntriesNameFieldEvent {
        field: '$.list.entries[].name';
        value: string;
        index: number;
    }
    interface IndexReplyListEntriesEntryRevisionFieldEvent {
        field: '$.list.entries[].entry.revision';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileRootFieldEvent {
        field: '$.list.entries[].entry.file.root';
        value: Uint8Array;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileExtentsFirstFieldEvent {
        field: '$.list.entries[].entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileExtentsCountFieldEvent {
        field: '$.list.entries[].entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileExtentsBytesFieldEvent {
        field: '$.list.entries[].entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileMtimeMsFieldEvent {
        field: '$.list.entries[].entry.file.mtimeMs';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileExecutableFieldEvent {
        field: '$.list.entries[].entry.file.executable';
        value: boolean;
        index: number;
    }
    interface IndexReplyListEntriesEntryFileSumsFieldEvent {
        field: '$.list.entries[].entry.file.sums';
        value: Uint8Array;
        index: number;
    }
    interface IndexReplyListEntriesEntryDirectoryDirFieldEvent {
        field: '$.list.entries[].entry.directory.dir';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryDirectoryFilesFieldEvent {
        field: '$.list.entries[].entry.directory.files';
        value: number;
        index: number;
    }
    interface IndexReplyListEntriesEntryDirectoryBytesFieldEvent {
        field: '$.list.entries[].entry.directory.bytes';
        value: number;
        index: number;
    }
    interface IndexReplyListNextFieldEvent {
        field: '$.list.next';
        value: string;
    }
    interface IndexReplyPathOfPathFieldEvent {
        field: '$.pathOf.path';
        value: string;
    }
    interface IndexReplyHoldersPeersPeerFieldEvent {
        field: '$.holders.peers[].peer';
        value: string;
        index: number;
    }
    interface IndexReplyHoldersPeersAddressesFieldEvent {
        field: '$.holders.peers[].addresses[]';
        index: number;
        value: string;
    }
    interface IndexReplyHoldersRunsFirstFieldEvent {
        field: '$.holders.runs[].first';
        value: number;
        index: number;
    }
    interface IndexReplyHoldersRunsCountFieldEvent {
        field: '$.holders.runs[].count';
        value: number;
        index: number;
    }
    interface IndexReplyHoldersRunsHoldersFieldEvent {
        field: '$.holders.runs[].holders[]';
        index: number;
        value: number;
    }
    interface IndexReplyHoldersRunsCopiesFieldEvent {
        field: '$.holders.runs[].copies';
        value: number;
        index: number;
    }
    interface IndexReplyAllocateLeaseFieldEvent {
        field: '$.allocate.lease';
        value: number;
    }
    interface IndexReplyAllocateFirstFieldEvent {
        field: '$.allocate.first';
        value: number;
    }
    interface IndexReplyAllocateCountFieldEvent {
        field: '$.allocate.count';
        value: number;
    }
    interface IndexReplyCommitRevisionFieldEvent {
        field: '$.commit.revision';
        value: number;
    }
    interface IndexReplyCommitAtFieldEvent {
        field: '$.commit.at';
        value: number;
    }
    interface IndexReplyCommitAgainFieldEvent {
        field: '$.commit.again';
        value: boolean;
    }
    interface IndexReplyLogEntriesRevisionFieldEvent {
        field: '$.log.entries[].revision';
        value: number;
        index: number;
    }
    interface IndexReplyLogEntriesAtFieldEvent {
        field: '$.log.entries[].at';
        value: number;
        index: number;
    }
    interface IndexReplyLogEntriesWriterFieldEvent {
        field: '$.log.entries[].writer';
        value: string;
        index: number;
    }
    interface IndexReplyLogEntriesChangesFieldEvent {
        field: '$.log.entries[].changes';
        value: number;
        index: number;
    }
    interface IndexReplyLogEntriesSummaryFieldEvent {
        field: '$.log.entries[].summary';
        value: string;
        index: number;
    }
    interface IndexReplyLogEntriesNoteFieldEvent {
        field: '$.log.entries[].note';
        value: string;
        index: number;
    }
    interface IndexReplyLogMoreFieldEvent {
        field: '$.log.more';
        value: boolean;
    }
    interface IndexReplyPeersPeersPeerFieldEvent {
        field: '$.peers.peers[].peer';
        value: string;
        index: number;
    }
    interface IndexReplyPeersPeersNameFieldEvent {
        field: '$.peers.peers[].name';
        value: string;
        index: number;
    }
    interface IndexReplyPeersPeersRoleFieldEvent {
        field: '$.peers.peers[].role';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersOnlineFieldEvent {
        field: '$.peers.peers[].online';
        value: boolean;
        index: number;
    }
    interface IndexReplyPeersPeersSeenAtFieldEvent {
        field: '$.peers.peers[].seenAt';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersAddressesFieldEvent {
        field: '$.peers.peers[].addresses[]';
        index: number;
        value: string;
    }
    interface IndexReplyPeersPeersChunksFieldEvent {
        field: '$.peers.peers[].chunks';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersCapacityBytesFieldEvent {
        field: '$.peers.peers[].capacityBytes';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersFreeBytesFieldEvent {
        field: '$.peers.peers[].freeBytes';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersKeeperUsedBytesFieldEvent {
        field: '$.peers.peers[].keeper.usedBytes';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersKeeperLabelsFieldEvent {
        field: '$.peers.peers[].keeper.labels[]';
        index: number;
        value: string;
    }
    interface IndexReplyPeersPeersKeeperDrainingFieldEvent {
        field: '$.peers.peers[].keeper.draining';
        value: boolean;
        index: number;
    }
    interface IndexReplyPeersPeersKeeperKeptFieldEvent {
        field: '$.peers.peers[].keeper.kept';
        value: number;
        index: number;
    }
    interface IndexReplyPeersPeersKeeperNeededFieldEvent {
        field: '$.peers.peers[].keeper.needed';
        value: number;
        index: number;
    }
    interface IndexReplyPeersMoreFieldEvent {
        field: '$.peers.more';
        value: boolean;
    }
    interface IndexReplyMembersMembersPeerFieldEvent {
        field: '$.members.members[].peer';
        value: string;
        index: number;
    }
    interface IndexReplyMembersMembersNameFieldEvent {
        field: '$.members.members[].name';
        value: string;
        index: number;
    }
    interface IndexReplyMembersMembersRoleFieldEvent {
        field: '$.members.members[].role';
        value: number;
        index: number;
    }
    interface IndexReplyMembersMembersJoinedAtFieldEvent {
        field: '$.members.members[].joinedAt';
        value: number;
        index: number;
    }
    interface IndexReplyMembersMembersRevokedFieldEvent {
        field: '$.members.members[].revoked';
        value: boolean;
        index: number;
    }
    interface IndexReplyMembersMoreFieldEvent {
        field: '$.members.more';
        value: boolean;
    }
    interface IndexReplyPlacePeersPeerFieldEvent {
        field: '$.place.peers[].peer';
        value: string;
        index: number;
    }
    interface IndexReplyPlacePeersAddressesFieldEvent {
        field: '$.place.peers[].addresses[]';
        index: number;
        value: string;
    }
    interface IndexReplyPlaceRunsFirstFieldEvent {
        field: '$.place.runs[].first';
        value: number;
        index: number;
    }
    interface IndexReplyPlaceRunsCountFieldEvent {
        field: '$.place.runs[].count';
        value: number;
        index: number;
    }
    interface IndexReplyPlaceRunsHoldersFieldEvent {
        field: '$.place.runs[].holders[]';
        index: number;
        value: number;
    }
    interface IndexReplyPlaceRunsCopiesFieldEvent {
        field: '$.place.runs[].copies';
        value: number;
        index: number;
    }
    interface IndexReplyPoliciesSlotsCopiesFieldEvent {
        field: '$.policies.slots[].copies';
        value: number;
        index: number;
    }
    interface IndexReplyPoliciesSlotsRetentionMsFieldEvent {
        field: '$.policies.slots[].retentionMs';
        value: number;
        index: number;
    }
    interface IndexReplyPoliciesSlotsPreferFieldEvent {
        field: '$.policies.slots[].prefer[]';
        index: number;
        value: string;
    }
    interface IndexReplyPoliciesSlotsAvoidFieldEvent {
        field: '$.policies.slots[].avoid[]';
        index: number;
        value: string;
    }
    interface IndexReplyPoliciesSlotsCopiesFromFieldEvent {
        field: '$.policies.slots[].copiesFrom';
        value: string;
        index: number;
    }
    interface IndexReplyPoliciesSlotsRetentionFromFieldEvent {
        field: '$.policies.slots[].retentionFrom';
        value: string;
        index: number;
    }
    interface IndexReplyPoliciesSlotsPreferFromFieldEvent {
        field: '$.policies.slots[].preferFrom';
        value: string;
        index: number;
    }
    interface IndexReplyPoliciesSlotsAvoidFromFieldEvent {
        field: '$.policies.slots[].avoidFrom';
        value: string;
        index: number;
    }
    interface IndexReplyCopiesCountedFieldEvent {
        field: '$.copies.counted';
        value: boolean;
    }
    interface IndexReplyCopiesUsedFieldEvent {
        field: '$.copies.used';
        value: number;
    }
    interface IndexReplyCopiesUnderFieldEvent {
        field: '$.copies.under';
        value: number;
    }
    interface IndexReplyCopiesBareFieldEvent {
        field: '$.copies.bare';
        value: number;
    }
    interface IndexReplyCopiesUnreachableFieldEvent {
        field: '$.copies.unreachable';
        value: number;
    }
    interface IndexReplyCopiesUnusedFieldEvent {
        field: '$.copies.unused';
        value: number;
    }
    interface IndexReplyCopiesOrderedFieldEvent {
        field: '$.copies.ordered';
        value: number;
    }
    interface IndexReplySearchRevisionFieldEvent {
        field: '$.search.revision';
        value: number;
    }
    interface IndexReplySearchCompleteFieldEvent {
        field: '$.search.complete';
        value: boolean;
    }
    interface IndexReplySearchEntriesPathFieldEvent {
        field: '$.search.entries[].path';
        value: string;
        index: number;
    }
    interface IndexReplySearchEntriesFileSizeFieldEvent {
        field: '$.search.entries[].file.size';
        value: number;
        index: number;
    }
    interface IndexReplySearchEntriesFileMtimeMsFieldEvent {
        field: '$.search.entries[].file.mtimeMs';
        value: number;
        index: number;
    }
    interface IndexReplySearchEntriesDirectoryFilesFieldEvent {
        field: '$.search.entries[].directory.files';
        value: number;
        index: number;
    }
    interface IndexReplySearchEntriesDirectoryBytesFieldEvent {
        field: '$.search.entries[].directory.bytes';
        value: number;
        index: number;
    }
    interface IndexReplySearchMoreFieldEvent {
        field: '$.search.more';
        value: boolean;
    }
    function encode(obj: Partial<IndexReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<IndexReply>): IndexReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<IndexReply>): Generator<IndexReplyCallFieldEvent | IndexReplyStatusFieldEvent | IndexReplyAboutFieldEvent | IndexReplyDriveDriveFieldEvent | IndexReplyDriveGenerationFieldEvent | IndexReplyDriveChunkBytesFieldEvent | IndexReplyDriveRevisionFieldEvent | IndexReplyDriveOldestFieldEvent | IndexReplyDriveLeaseMsFieldEvent | IndexReplyResolveRevisionFieldEvent | IndexReplyResolveSlotsEntryRevisionFieldEvent | IndexReplyResolveSlotsEntryFileRootFieldEvent | IndexReplyResolveSlotsEntryFileExtentsFirstFieldEvent | IndexReplyResolveSlotsEntryFileExtentsCountFieldEvent | IndexReplyResolveSlotsEntryFileExtentsBytesFieldEvent | IndexReplyResolveSlotsEntryFileMtimeMsFieldEvent | IndexReplyResolveSlotsEntryFileExecutableFieldEvent | IndexReplyResolveSlotsEntryFileSumsFieldEvent | IndexReplyResolveSlotsEntryDirectoryDirFieldEvent | IndexReplyResolveSlotsEntryDirectoryFilesFieldEvent | IndexReplyResolveSlotsEntryDirectoryBytesFieldEvent | IndexReplyListRevisionFieldEvent | IndexReplyListDirFieldEvent | IndexReplyListEntriesNameFieldEvent | IndexReplyListEntriesEntryRevisionFieldEvent | IndexReplyListEntriesEntryFileRootFieldEvent | IndexReplyListEntriesEntryFileExtentsFirstFieldEvent | IndexReplyListEntriesEntryFileExtentsCountFieldEvent | IndexReplyListEntriesEntryFileExtentsBytesFieldEvent | IndexReplyListEntriesEntryFileMtimeMsFieldEvent | IndexReplyListEntriesEntryFileExecutableFieldEvent | IndexReplyListEntriesEntryFileSumsFieldEvent | IndexReplyListEntriesEntryDirectoryDirFieldEvent | IndexReplyListEntriesEntryDirectoryFilesFieldEvent | IndexReplyListEntriesEntryDirectoryBytesFieldEvent | IndexReplyListNextFieldEvent | IndexReplyPathOfPathFieldEvent | IndexReplyHoldersPeersPeerFieldEvent | IndexReplyHoldersPeersAddressesFieldEvent | IndexReplyHoldersRunsFirstFieldEvent | IndexReplyHoldersRunsCountFieldEvent | IndexReplyHoldersRunsHoldersFieldEvent | IndexReplyHoldersRunsCopiesFieldEvent | IndexReplyAllocateLeaseFieldEvent | IndexReplyAllocateFirstFieldEvent | IndexReplyAllocateCountFieldEvent | IndexReplyCommitRevisionFieldEvent | IndexReplyCommitAtFieldEvent | IndexReplyCommitAgainFieldEvent | IndexReplyLogEntriesRevisionFieldEvent | IndexReplyLogEntriesAtFieldEvent | IndexReplyLogEntriesWriterFieldEvent | IndexReplyLogEntriesChangesFieldEvent | IndexReplyLogEntriesSummaryFieldEvent | IndexReplyLogEntriesNoteFieldEvent | IndexReplyLogMoreFieldEvent | IndexReplyPeersPeersPeerFieldEvent | IndexReplyPeersPeersNameFieldEvent | IndexReplyPeersPeersRoleFieldEvent | IndexReplyPeersPeersOnlineFieldEvent | IndexReplyPeersPeersSeenAtFieldEvent | IndexReplyPeersPeersAddressesFieldEvent | IndexReplyPeersPeersChunksFieldEvent | IndexReplyPeersPeersCapacityBytesFieldEvent | IndexReplyPeersPeersFreeBytesFieldEvent | IndexReplyPeersPeersKeeperUsedBytesFieldEvent | IndexReplyPeersPeersKeeperLabelsFieldEvent | IndexReplyPeersPeersKeeperDrainingFieldEvent | IndexReplyPeersPeersKeeperKeptFieldEvent | IndexReplyPeersPeersKeeperNeededFieldEvent | IndexReplyPeersMoreFieldEvent | IndexReplyMembersMembersPeerFieldEvent | IndexReplyMembersMembersNameFieldEvent | IndexReplyMembersMembersRoleFieldEvent | IndexReplyMembersMembersJoinedAtFieldEvent | IndexReplyMembersMembersRevokedFieldEvent | IndexReplyMembersMoreFieldEvent | IndexReplyPlacePeersPeerFieldEvent | IndexReplyPlacePeersAddressesFieldEvent | IndexReplyPlaceRunsFirstFieldEvent | IndexReplyPlaceRunsCountFieldEvent | IndexReplyPlaceRunsHoldersFieldEvent | IndexReplyPlaceRunsCopiesFieldEvent | IndexReplyPoliciesSlotsCopiesFieldEvent | IndexReplyPoliciesSlotsRetentionMsFieldEvent | IndexReplyPoliciesSlotsPreferFieldEvent | IndexReplyPoliciesSlotsAvoidFieldEvent | IndexReplyPoliciesSlotsCopiesFromFieldEvent | IndexReplyPoliciesSlotsRetentionFromFieldEvent | IndexReplyPoliciesSlotsPreferFromFieldEvent | IndexReplyPoliciesSlotsAvoidFromFieldEvent | IndexReplyCopiesCountedFieldEvent | IndexReplyCopiesUsedFieldEvent | IndexReplyCopiesUnderFieldEvent | IndexReplyCopiesBareFieldEvent | IndexReplyCopiesUnreachableFieldEvent | IndexReplyCopiesUnusedFieldEvent | IndexReplyCopiesOrderedFieldEvent | IndexReplySearchRevisionFieldEvent | IndexReplySearchCompleteFieldEvent | IndexReplySearchEntriesPathFieldEvent | IndexReplySearchEntriesFileSizeFieldEvent | IndexReplySearchEntriesFileMtimeMsFieldEvent | IndexReplySearchEntriesDirectoryFilesFieldEvent | IndexReplySearchEntriesDirectoryBytesFieldEvent | IndexReplySearchMoreFieldEvent>;
}
export interface Nothing {
}
export declare namespace Nothing {
    const codec: () => Codec<Nothing>;
    function encode(obj: Partial<Nothing>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Nothing>): Nothing;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Nothing>): Generator<{}>;
}
export interface DriveReply {
    drive: string;
    generation: number;
    chunkBytes: number;
    revision: number;
    oldest: number;
    leaseMs: number;
}
export declare namespace DriveReply {
    const codec: () => Codec<DriveReply>;
    interface DriveReplyDriveFieldEvent {
        field: '$.drive';
        value: string;
    }
    interface DriveReplyGenerationFieldEvent {
        field: '$.generation';
        value: number;
    }
    interface DriveReplyChunkBytesFieldEvent {
        field: '$.chunkBytes';
        value: number;
    }
    interface DriveReplyRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface DriveReplyOldestFieldEvent {
        field: '$.oldest';
        value: number;
    }
    interface DriveReplyLeaseMsFieldEvent {
        field: '$.leaseMs';
        value: number;
    }
    function encode(obj: Partial<DriveReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DriveReply>): DriveReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<DriveReply>): Generator<DriveReplyDriveFieldEvent | DriveReplyGenerationFieldEvent | DriveReplyChunkBytesFieldEvent | DriveReplyRevisionFieldEvent | DriveReplyOldestFieldEvent | DriveReplyLeaseMsFieldEvent>;
}
export interface ResolveRequest {
    paths: string[];
    at?: number;
    sums: boolean;
}
export declare namespace ResolveRequest {
    const codec: () => Codec<ResolveRequest>;
    interface ResolveRequestPathsFieldEvent {
        field: '$.paths[]';
        index: number;
        value: string;
    }
    interface ResolveRequestAtFieldEvent {
        field: '$.at';
        value: number;
    }
    interface ResolveRequestSumsFieldEvent {
        field: '$.sums';
        value: boolean;
    }
    function encode(obj: Partial<ResolveRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ResolveRequest>): ResolveRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ResolveRequest>): Generator<ResolveRequestPathsFieldEvent | ResolveRequestAtFieldEvent | ResolveRequestSumsFieldEvent>;
}
export interface ResolveReply {
    revision: number;
    slots: Slot[];
}
export declare namespace ResolveReply {
    const codec: () => Codec<ResolveReply>;
    interface ResolveReplyRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface ResolveReplySlotsEntryRevisionFieldEvent {
        field: '$.slots[].entry.revision';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryFileRootFieldEvent {
        field: '$.slots[].entry.file.root';
        value: Uint8Array;
        index: number;
    }
    interface ResolveReplySlotsEntryFileExtentsFirstFieldEvent {
        field: '$.slots[].entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryFileExtentsCountFieldEvent {
        field: '$.slots[].entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryFileExtentsBytesFieldEvent {
        field: '$.slots[].entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryFileMtimeMsFieldEvent {
        field: '$.slots[].entry.file.mtimeMs';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryFileExecutableFieldEvent {
        field: '$.slots[].entry.file.executable';
        value: boolean;
        index: number;
    }
    interface ResolveReplySlotsEntryFileSumsFieldEvent {
        field: '$.slots[].entry.file.sums';
        value: Uint8Array;
        index: number;
    }
    interface ResolveReplySlotsEntryDirectoryDirFieldEvent {
        field: '$.slots[].entry.directory.dir';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryDirectoryFilesFieldEvent {
        field: '$.slots[].entry.directory.files';
        value: number;
        index: number;
    }
    interface ResolveReplySlotsEntryDirectoryBytesFieldEvent {
        field: '$.slots[].entry.directory.bytes';
        value: number;
        index: number;
    }
    function encode(obj: Partial<ResolveReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ResolveReply>): ResolveReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ResolveReply>): Generator<ResolveReplyRevisionFieldEvent | ResolveReplySlotsEntryRevisionFieldEvent | ResolveReplySlotsEntryFileRootFieldEvent | ResolveReplySlotsEntryFileExtentsFirstFieldEvent | ResolveReplySlotsEntryFileExtentsCountFieldEvent | ResolveReplySlotsEntryFileExtentsBytesFieldEvent | ResolveReplySlotsEntryFileMtimeMsFieldEvent | ResolveReplySlotsEntryFileExecutableFieldEvent | ResolveReplySlotsEntryFileSumsFieldEvent | ResolveReplySlotsEntryDirectoryDirFieldEvent | ResolveReplySlotsEntryDirectoryFilesFieldEvent | ResolveReplySlotsEntryDirectoryBytesFieldEvent>;
}
export interface Slot {
    entry?: Entry;
}
export declare namespace Slot {
    const codec: () => Codec<Slot>;
    interface SlotEntryRevisionFieldEvent {
        field: '$.entry.revision';
        value: number;
    }
    interface SlotEntryFileRootFieldEvent {
        field: '$.entry.file.root';
        value: Uint8Array;
    }
    interface SlotEntryFileExtentsFirstFieldEvent {
        field: '$.entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface SlotEntryFileExtentsCountFieldEvent {
        field: '$.entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface SlotEntryFileExtentsBytesFieldEvent {
        field: '$.entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface SlotEntryFileMtimeMsFieldEvent {
        field: '$.entry.file.mtimeMs';
        value: number;
    }
    interface SlotEntryFileExecutableFieldEvent {
        field: '$.entry.file.executable';
        value: boolean;
    }
    interface SlotEntryFileSumsFieldEvent {
        field: '$.entry.file.sums';
        value: Uint8Array;
    }
    interface SlotEntryDirectoryDirFieldEvent {
        field: '$.entry.directory.dir';
        value: number;
    }
    interface SlotEntryDirectoryFilesFieldEvent {
        field: '$.entry.directory.files';
        value: number;
    }
    interface SlotEntryDirectoryBytesFieldEvent {
        field: '$.entry.directory.bytes';
        value: number;
    }
    function encode(obj: Partial<Slot>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Slot>): Slot;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Slot>): Generator<SlotEntryRevisionFieldEvent | SlotEntryFileRootFieldEvent | SlotEntryFileExtentsFirstFieldEvent | SlotEntryFileExtentsCountFieldEvent | SlotEntryFileExtentsBytesFieldEvent | SlotEntryFileMtimeMsFieldEvent | SlotEntryFileExecutableFieldEvent | SlotEntryFileSumsFieldEvent | SlotEntryDirectoryDirFieldEvent | SlotEntryDirectoryFilesFieldEvent | SlotEntryDirectoryBytesFieldEvent>;
}
export interface ListRequest {
    path?: string;
    dir?: number;
    at?: number;
    after?: string;
    limit?: number;
    sums: boolean;
}
export declare namespace ListRequest {
    const codec: () => Codec<ListRequest>;
    interface ListRequestPathFieldEvent {
        field: '$.path';
        value: string;
    }
    interface ListRequestDirFieldEvent {
        field: '$.dir';
        value: number;
    }
    interface ListRequestAtFieldEvent {
        field: '$.at';
        value: number;
    }
    interface ListRequestAfterFieldEvent {
        field: '$.after';
        value: string;
    }
    interface ListRequestLimitFieldEvent {
        field: '$.limit';
        value: number;
    }
    interface ListRequestSumsFieldEvent {
        field: '$.sums';
        value: boolean;
    }
    function encode(obj: Partial<ListRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ListRequest>): ListRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ListRequest>): Generator<ListRequestPathFieldEvent | ListRequestDirFieldEvent | ListRequestAtFieldEvent | ListRequestAfterFieldEvent | ListRequestLimitFieldEvent | ListRequestSumsFieldEvent>;
}
export interface ListReply {
    revision: number;
    dir: number;
    entries: NamedEntry[];
    next?: string;
}
export declare namespace ListReply {
    const codec: () => Codec<ListReply>;
    interface ListReplyRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface ListReplyDirFieldEvent {
        field: '$.dir';
        value: number;
    }
    interface ListReplyEntriesNameFieldEvent {
        field: '$.entries[].name';
        value: string;
        index: number;
    }
    interface ListReplyEntriesEntryRevisionFieldEvent {
        field: '$.entries[].entry.revision';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryFileRootFieldEvent {
        field: '$.entries[].entry.file.root';
        value: Uint8Array;
        index: number;
    }
    interface ListReplyEntriesEntryFileExtentsFirstFieldEvent {
        field: '$.entries[].entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryFileExtentsCountFieldEvent {
        field: '$.entries[].entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryFileExtentsBytesFieldEvent {
        field: '$.entries[].entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryFileMtimeMsFieldEvent {
        field: '$.entries[].entry.file.mtimeMs';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryFileExecutableFieldEvent {
        field: '$.entries[].entry.file.executable';
        value: boolean;
        index: number;
    }
    interface ListReplyEntriesEntryFileSumsFieldEvent {
        field: '$.entries[].entry.file.sums';
        value: Uint8Array;
        index: number;
    }
    interface ListReplyEntriesEntryDirectoryDirFieldEvent {
        field: '$.entries[].entry.directory.dir';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryDirectoryFilesFieldEvent {
        field: '$.entries[].entry.directory.files';
        value: number;
        index: number;
    }
    interface ListReplyEntriesEntryDirectoryBytesFieldEvent {
        field: '$.entries[].entry.directory.bytes';
        value: number;
        index: number;
    }
    interface ListReplyNextFieldEvent {
        field: '$.next';
        value: string;
    }
    function encode(obj: Partial<ListReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ListReply>): ListReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<ListReply>): Generator<ListReplyRevisionFieldEvent | ListReplyDirFieldEvent | ListReplyEntriesNameFieldEvent | ListReplyEntriesEntryRevisionFieldEvent | ListReplyEntriesEntryFileRootFieldEvent | ListReplyEntriesEntryFileExtentsFirstFieldEvent | ListReplyEntriesEntryFileExtentsCountFieldEvent | ListReplyEntriesEntryFileExtentsBytesFieldEvent | ListReplyEntriesEntryFileMtimeMsFieldEvent | ListReplyEntriesEntryFileExecutableFieldEvent | ListReplyEntriesEntryFileSumsFieldEvent | ListReplyEntriesEntryDirectoryDirFieldEvent | ListReplyEntriesEntryDirectoryFilesFieldEvent | ListReplyEntriesEntryDirectoryBytesFieldEvent | ListReplyNextFieldEvent>;
}
export interface NamedEntry {
    name: string;
    entry?: Entry;
}
export declare namespace NamedEntry {
    const codec: () => Codec<NamedEntry>;
    interface NamedEntryNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface NamedEntryEntryRevisionFieldEvent {
        field: '$.entry.revision';
        value: number;
    }
    interface NamedEntryEntryFileRootFieldEvent {
        field: '$.entry.file.root';
        value: Uint8Array;
    }
    interface NamedEntryEntryFileExtentsFirstFieldEvent {
        field: '$.entry.file.extents[].first';
        value: number;
        index: number;
    }
    interface NamedEntryEntryFileExtentsCountFieldEvent {
        field: '$.entry.file.extents[].count';
        value: number;
        index: number;
    }
    interface NamedEntryEntryFileExtentsBytesFieldEvent {
        field: '$.entry.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface NamedEntryEntryFileMtimeMsFieldEvent {
        field: '$.entry.file.mtimeMs';
        value: number;
    }
    interface NamedEntryEntryFileExecutableFieldEvent {
        field: '$.entry.file.executable';
        value: boolean;
    }
    interface NamedEntryEntryFileSumsFieldEvent {
        field: '$.entry.file.sums';
        value: Uint8Array;
    }
    interface NamedEntryEntryDirectoryDirFieldEvent {
        field: '$.entry.directory.dir';
        value: number;
    }
    interface NamedEntryEntryDirectoryFilesFieldEvent {
        field: '$.entry.directory.files';
        value: number;
    }
    interface NamedEntryEntryDirectoryBytesFieldEvent {
        field: '$.entry.directory.bytes';
        value: number;
    }
    function encode(obj: Partial<NamedEntry>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<NamedEntry>): NamedEntry;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<NamedEntry>): Generator<NamedEntryNameFieldEvent | NamedEntryEntryRevisionFieldEvent | NamedEntryEntryFileRootFieldEvent | NamedEntryEntryFileExtentsFirstFieldEvent | NamedEntryEntryFileExtentsCountFieldEvent | NamedEntryEntryFileExtentsBytesFieldEvent | NamedEntryEntryFileMtimeMsFieldEvent | NamedEntryEntryFileExecutableFieldEvent | NamedEntryEntryFileSumsFieldEvent | NamedEntryEntryDirectoryDirFieldEvent | NamedEntryEntryDirectoryFilesFieldEvent | NamedEntryEntryDirectoryBytesFieldEvent>;
}
export interface PathOfRequest {
    dir: number;
    at?: number;
}
export declare namespace PathOfRequest {
    const codec: () => Codec<PathOfRequest>;
    interface PathOfRequestDirFieldEvent {
        field: '$.dir';
        value: number;
    }
    interface PathOfRequestAtFieldEvent {
        field: '$.at';
        value: number;
    }
    function encode(obj: Partial<PathOfRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PathOfRequest>): PathOfRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PathOfRequest>): Generator<PathOfRequestDirFieldEvent | PathOfRequestAtFieldEvent>;
}
export interface PathOfReply {
    path: string;
}
export declare namespace PathOfReply {
    const codec: () => Codec<PathOfReply>;
    interface PathOfReplyPathFieldEvent {
        field: '$.path';
        value: string;
    }
    function encode(obj: Partial<PathOfReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PathOfReply>): PathOfReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PathOfReply>): Generator<PathOfReplyPathFieldEvent>;
}
export interface SearchRequest {
    text: string;
    under?: string;
    limit?: number;
    kind?: number;
}
export declare namespace SearchRequest {
    const codec: () => Codec<SearchRequest>;
    interface SearchRequestTextFieldEvent {
        field: '$.text';
        value: string;
    }
    interface SearchRequestUnderFieldEvent {
        field: '$.under';
        value: string;
    }
    interface SearchRequestLimitFieldEvent {
        field: '$.limit';
        value: number;
    }
    interface SearchRequestKindFieldEvent {
        field: '$.kind';
        value: number;
    }
    function encode(obj: Partial<SearchRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SearchRequest>): SearchRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SearchRequest>): Generator<SearchRequestTextFieldEvent | SearchRequestUnderFieldEvent | SearchRequestLimitFieldEvent | SearchRequestKindFieldEvent>;
}
export interface SearchReply {
    revision: number;
    complete: boolean;
    entries: Found[];
    more: boolean;
}
export declare namespace SearchReply {
    const codec: () => Codec<SearchReply>;
    interface SearchReplyRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface SearchReplyCompleteFieldEvent {
        field: '$.complete';
        value: boolean;
    }
    interface SearchReplyEntriesPathFieldEvent {
        field: '$.entries[].path';
        value: string;
        index: number;
    }
    interface SearchReplyEntriesFileSizeFieldEvent {
        field: '$.entries[].file.size';
        value: number;
        index: number;
    }
    interface SearchReplyEntriesFileMtimeMsFieldEvent {
        field: '$.entries[].file.mtimeMs';
        value: number;
        index: number;
    }
    interface SearchReplyEntriesDirectoryFilesFieldEvent {
        field: '$.entries[].directory.files';
        value: number;
        index: number;
    }
    interface SearchReplyEntriesDirectoryBytesFieldEvent {
        field: '$.entries[].directory.bytes';
        value: number;
        index: number;
    }
    interface SearchReplyMoreFieldEvent {
        field: '$.more';
        value: boolean;
    }
    function encode(obj: Partial<SearchReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SearchReply>): SearchReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<SearchReply>): Generator<SearchReplyRevisionFieldEvent | SearchReplyCompleteFieldEvent | SearchReplyEntriesPathFieldEvent | SearchReplyEntriesFileSizeFieldEvent | SearchReplyEntriesFileMtimeMsFieldEvent | SearchReplyEntriesDirectoryFilesFieldEvent | SearchReplyEntriesDirectoryBytesFieldEvent | SearchReplyMoreFieldEvent>;
}
export interface Found {
    path: string;
    file?: FoundFile;
    directory?: FoundDirectory;
}
export declare namespace Found {
    const codec: () => Codec<Found>;
    interface FoundPathFieldEvent {
        field: '$.path';
        value: string;
    }
    interface FoundFileSizeFieldEvent {
        field: '$.file.size';
        value: number;
    }
    interface FoundFileMtimeMsFieldEvent {
        field: '$.file.mtimeMs';
        value: number;
    }
    interface FoundDirectoryFilesFieldEvent {
        field: '$.directory.files';
        value: number;
    }
    interface FoundDirectoryBytesFieldEvent {
        field: '$.directory.bytes';
        value: number;
    }
    function encode(obj: Partial<Found>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Found>): Found;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Found>): Generator<FoundPathFieldEvent | FoundFileSizeFieldEvent | FoundFileMtimeMsFieldEvent | FoundDirectoryFilesFieldEvent | FoundDirectoryBytesFieldEvent>;
}
export interface FoundFile {
    size: number;
    mtimeMs: number;
}
export declare namespace FoundFile {
    const codec: () => Codec<FoundFile>;
    interface FoundFileSizeFieldEvent {
        field: '$.size';
        value: number;
    }
    interface FoundFileMtimeMsFieldEvent {
        field: '$.mtimeMs';
        value: number;
    }
    function encode(obj: Partial<FoundFile>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FoundFile>): FoundFile;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FoundFile>): Generator<FoundFileSizeFieldEvent | FoundFileMtimeMsFieldEvent>;
}
export interface FoundDirectory {
    files: number;
    bytes: number;
}
export declare namespace FoundDirectory {
    const codec: () => Codec<FoundDirectory>;
    interface FoundDirectoryFilesFieldEvent {
        field: '$.files';
        value: number;
    }
    interface FoundDirectoryBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    function encode(obj: Partial<FoundDirectory>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FoundDirectory>): FoundDirectory;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<FoundDirectory>): Generator<FoundDirectoryFilesFieldEvent | FoundDirectoryBytesFieldEvent>;
}
export interface RunsRequest {
    runs: Uint8Array;
}
export declare namespace RunsRequest {
    const codec: () => Codec<RunsRequest>;
    interface RunsRequestRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    function encode(obj: Partial<RunsRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RunsRequest>): RunsRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RunsRequest>): Generator<RunsRequestRunsFieldEvent>;
}
export interface HoldersReply {
    peers: Holder[];
    runs: HolderRun[];
}
export declare namespace HoldersReply {
    const codec: () => Codec<HoldersReply>;
    interface HoldersReplyPeersPeerFieldEvent {
        field: '$.peers[].peer';
        value: string;
        index: number;
    }
    interface HoldersReplyPeersAddressesFieldEvent {
        field: '$.peers[].addresses[]';
        index: number;
        value: string;
    }
    interface HoldersReplyRunsFirstFieldEvent {
        field: '$.runs[].first';
        value: number;
        index: number;
    }
    interface HoldersReplyRunsCountFieldEvent {
        field: '$.runs[].count';
        value: number;
        index: number;
    }
    interface HoldersReplyRunsHoldersFieldEvent {
        field: '$.runs[].holders[]';
        index: number;
        value: number;
    }
    interface HoldersReplyRunsCopiesFieldEvent {
        field: '$.runs[].copies';
        value: number;
        index: number;
    }
    function encode(obj: Partial<HoldersReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HoldersReply>): HoldersReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HoldersReply>): Generator<HoldersReplyPeersPeerFieldEvent | HoldersReplyPeersAddressesFieldEvent | HoldersReplyRunsFirstFieldEvent | HoldersReplyRunsCountFieldEvent | HoldersReplyRunsHoldersFieldEvent | HoldersReplyRunsCopiesFieldEvent>;
}
export interface Holder {
    peer: string;
    addresses: string[];
}
export declare namespace Holder {
    const codec: () => Codec<Holder>;
    interface HolderPeerFieldEvent {
        field: '$.peer';
        value: string;
    }
    interface HolderAddressesFieldEvent {
        field: '$.addresses[]';
        index: number;
        value: string;
    }
    function encode(obj: Partial<Holder>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Holder>): Holder;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Holder>): Generator<HolderPeerFieldEvent | HolderAddressesFieldEvent>;
}
export interface HolderRun {
    first: number;
    count: number;
    holders: number[];
    copies: number;
}
export declare namespace HolderRun {
    const codec: () => Codec<HolderRun>;
    interface HolderRunFirstFieldEvent {
        field: '$.first';
        value: number;
    }
    interface HolderRunCountFieldEvent {
        field: '$.count';
        value: number;
    }
    interface HolderRunHoldersFieldEvent {
        field: '$.holders[]';
        index: number;
        value: number;
    }
    interface HolderRunCopiesFieldEvent {
        field: '$.copies';
        value: number;
    }
    function encode(obj: Partial<HolderRun>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HolderRun>): HolderRun;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<HolderRun>): Generator<HolderRunFirstFieldEvent | HolderRunCountFieldEvent | HolderRunHoldersFieldEvent | HolderRunCopiesFieldEvent>;
}
export interface PlaceRequest {
    runs: Uint8Array;
    bytes: number;
    copies: number;
    path: string;
    avoid: string[];
}
export declare namespace PlaceRequest {
    const codec: () => Codec<PlaceRequest>;
    interface PlaceRequestRunsFieldEvent {
        field: '$.runs';
        value: Uint8Array;
    }
    interface PlaceRequestBytesFieldEvent {
        field: '$.bytes';
        value: number;
    }
    interface PlaceRequestCopiesFieldEvent {
        field: '$.copies';
        value: number;
    }
    interface PlaceRequestPathFieldEvent {
        field: '$.path';
        value: string;
    }
    interface PlaceRequestAvoidFieldEvent {
        field: '$.avoid[]';
        index: number;
        value: string;
    }
    function encode(obj: Partial<PlaceRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PlaceRequest>): PlaceRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PlaceRequest>): Generator<PlaceRequestRunsFieldEvent | PlaceRequestBytesFieldEvent | PlaceRequestCopiesFieldEvent | PlaceRequestPathFieldEvent | PlaceRequestAvoidFieldEvent>;
}
export interface PoliciesRequest {
    paths: string[];
}
export declare namespace PoliciesRequest {
    const codec: () => Codec<PoliciesRequest>;
    interface PoliciesRequestPathsFieldEvent {
        field: '$.paths[]';
        index: number;
        value: string;
    }
    function encode(obj: Partial<PoliciesRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PoliciesRequest>): PoliciesRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PoliciesRequest>): Generator<PoliciesRequestPathsFieldEvent>;
}
export interface PoliciesReply {
    slots: PathPolicy[];
}
export declare namespace PoliciesReply {
    const codec: () => Codec<PoliciesReply>;
    interface PoliciesReplySlotsCopiesFieldEvent {
        field: '$.slots[].copies';
        value: number;
        index: number;
    }
    interface PoliciesReplySlotsRetentionMsFieldEvent {
        field: '$.slots[].retentionMs';
        value: number;
        index: number;
    }
    interface PoliciesReplySlotsPreferFieldEvent {
        field: '$.slots[].prefer[]';
        index: number;
        value: string;
    }
    interface PoliciesReplySlotsAvoidFieldEvent {
        field: '$.slots[].avoid[]';
        index: number;
        value: string;
    }
    interface PoliciesReplySlotsCopiesFromFieldEvent {
        field: '$.slots[].copiesFrom';
        value: string;
        index: number;
    }
    interface PoliciesReplySlotsRetentionFromFieldEvent {
        field: '$.slots[].retentionFrom';
        value: string;
        index: number;
    }
    interface PoliciesReplySlotsPreferFromFieldEvent {
        field: '$.slots[].preferFrom';
        value: string;
        index: number;
    }
    interface PoliciesReplySlotsAvoidFromFieldEvent {
        field: '$.slots[].avoidFrom';
        value: string;
        index: number;
    }
    function encode(obj: Partial<PoliciesReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PoliciesReply>): PoliciesReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PoliciesReply>): Generator<PoliciesReplySlotsCopiesFieldEvent | PoliciesReplySlotsRetentionMsFieldEvent | PoliciesReplySlotsPreferFieldEvent | PoliciesReplySlotsAvoidFieldEvent | PoliciesReplySlotsCopiesFromFieldEvent | PoliciesReplySlotsRetentionFromFieldEvent | PoliciesReplySlotsPreferFromFieldEvent | PoliciesReplySlotsAvoidFromFieldEvent>;
}
export interface PathPolicy {
    copies: number;
    retentionMs: number;
    prefer: string[];
    avoid: string[];
    copiesFrom?: string;
    retentionFrom?: string;
    preferFrom?: string;
    avoidFrom?: string;
}
export declare namespace PathPolicy {
    const codec: () => Codec<PathPolicy>;
    interface PathPolicyCopiesFieldEvent {
        field: '$.copies';
        value: number;
    }
    interface PathPolicyRetentionMsFieldEvent {
        field: '$.retentionMs';
        value: number;
    }
    interface PathPolicyPreferFieldEvent {
        field: '$.prefer[]';
        index: number;
        value: string;
    }
    interface PathPolicyAvoidFieldEvent {
        field: '$.avoid[]';
        index: number;
        value: string;
    }
    interface PathPolicyCopiesFromFieldEvent {
        field: '$.copiesFrom';
        value: string;
    }
    interface PathPolicyRetentionFromFieldEvent {
        field: '$.retentionFrom';
        value: string;
    }
    interface PathPolicyPreferFromFieldEvent {
        field: '$.preferFrom';
        value: string;
    }
    interface PathPolicyAvoidFromFieldEvent {
        field: '$.avoidFrom';
        value: string;
    }
    function encode(obj: Partial<PathPolicy>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PathPolicy>): PathPolicy;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PathPolicy>): Generator<PathPolicyCopiesFieldEvent | PathPolicyRetentionMsFieldEvent | PathPolicyPreferFieldEvent | PathPolicyAvoidFieldEvent | PathPolicyCopiesFromFieldEvent | PathPolicyRetentionFromFieldEvent | PathPolicyPreferFromFieldEvent | PathPolicyAvoidFromFieldEvent>;
}
export interface CopiesReply {
    counted: boolean;
    used: number;
    under: number;
    bare: number;
    unreachable: number;
    unused: number;
    ordered: number;
}
export declare namespace CopiesReply {
    const codec: () => Codec<CopiesReply>;
    interface CopiesReplyCountedFieldEvent {
        field: '$.counted';
        value: boolean;
    }
    interface CopiesReplyUsedFieldEvent {
        field: '$.used';
        value: number;
    }
    interface CopiesReplyUnderFieldEvent {
        field: '$.under';
        value: number;
    }
    interface CopiesReplyBareFieldEvent {
        field: '$.bare';
        value: number;
    }
    interface CopiesReplyUnreachableFieldEvent {
        field: '$.unreachable';
        value: number;
    }
    interface CopiesReplyUnusedFieldEvent {
        field: '$.unused';
        value: number;
    }
    interface CopiesReplyOrderedFieldEvent {
        field: '$.ordered';
        value: number;
    }
    function encode(obj: Partial<CopiesReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CopiesReply>): CopiesReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CopiesReply>): Generator<CopiesReplyCountedFieldEvent | CopiesReplyUsedFieldEvent | CopiesReplyUnderFieldEvent | CopiesReplyBareFieldEvent | CopiesReplyUnreachableFieldEvent | CopiesReplyUnusedFieldEvent | CopiesReplyOrderedFieldEvent>;
}
export interface AllocateRequest {
    count: number;
}
export declare namespace AllocateRequest {
    const codec: () => Codec<AllocateRequest>;
    interface AllocateRequestCountFieldEvent {
        field: '$.count';
        value: number;
    }
    function encode(obj: Partial<AllocateRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AllocateRequest>): AllocateRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<AllocateRequest>): Generator<AllocateRequestCountFieldEvent>;
}
export interface LeaseReply {
    lease: number;
    first: number;
    count: number;
}
export declare namespace LeaseReply {
    const codec: () => Codec<LeaseReply>;
    interface LeaseReplyLeaseFieldEvent {
        field: '$.lease';
        value: number;
    }
    interface LeaseReplyFirstFieldEvent {
        field: '$.first';
        value: number;
    }
    interface LeaseReplyCountFieldEvent {
        field: '$.count';
        value: number;
    }
    function encode(obj: Partial<LeaseReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LeaseReply>): LeaseReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LeaseReply>): Generator<LeaseReplyLeaseFieldEvent | LeaseReplyFirstFieldEvent | LeaseReplyCountFieldEvent>;
}
export interface RenewRequest {
    leases: number[];
}
export declare namespace RenewRequest {
    const codec: () => Codec<RenewRequest>;
    interface RenewRequestLeasesFieldEvent {
        field: '$.leases[]';
        index: number;
        value: number;
    }
    function encode(obj: Partial<RenewRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RenewRequest>): RenewRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RenewRequest>): Generator<RenewRequestLeasesFieldEvent>;
}
export interface StageDigestsRequest {
    lease: number;
    first: number;
}
export declare namespace StageDigestsRequest {
    const codec: () => Codec<StageDigestsRequest>;
    interface StageDigestsRequestLeaseFieldEvent {
        field: '$.lease';
        value: number;
    }
    interface StageDigestsRequestFirstFieldEvent {
        field: '$.first';
        value: number;
    }
    function encode(obj: Partial<StageDigestsRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<StageDigestsRequest>): StageDigestsRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<StageDigestsRequest>): Generator<StageDigestsRequestLeaseFieldEvent | StageDigestsRequestFirstFieldEvent>;
}
export interface StageRequest {
    stage: number;
    part: number;
}
export declare namespace StageRequest {
    const codec: () => Codec<StageRequest>;
    interface StageRequestStageFieldEvent {
        field: '$.stage';
        value: number;
    }
    interface StageRequestPartFieldEvent {
        field: '$.part';
        value: number;
    }
    function encode(obj: Partial<StageRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<StageRequest>): StageRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<StageRequest>): Generator<StageRequestStageFieldEvent | StageRequestPartFieldEvent>;
}
export interface GiveUpStageRequest {
    stage: number;
}
export declare namespace GiveUpStageRequest {
    const codec: () => Codec<GiveUpStageRequest>;
    interface GiveUpStageRequestStageFieldEvent {
        field: '$.stage';
        value: number;
    }
    function encode(obj: Partial<GiveUpStageRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<GiveUpStageRequest>): GiveUpStageRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<GiveUpStageRequest>): Generator<GiveUpStageRequestStageFieldEvent>;
}
export interface CommitRequest {
    number: number;
    digest: Uint8Array;
    leases: number[];
    peers: string[];
    locations: Location[];
    note: string;
    stage: number;
    parts: number;
    minCopies: number;
}
export declare namespace CommitRequest {
    const codec: () => Codec<CommitRequest>;
    interface CommitRequestNumberFieldEvent {
        field: '$.number';
        value: number;
    }
    interface CommitRequestDigestFieldEvent {
        field: '$.digest';
        value: Uint8Array;
    }
    interface CommitRequestLeasesFieldEvent {
        field: '$.leases[]';
        index: number;
        value: number;
    }
    interface CommitRequestPeersFieldEvent {
        field: '$.peers[]';
        index: number;
        value: string;
    }
    interface CommitRequestLocationsFirstFieldEvent {
        field: '$.locations[].first';
        value: number;
        index: number;
    }
    interface CommitRequestLocationsCountFieldEvent {
        field: '$.locations[].count';
        value: number;
        index: number;
    }
    interface CommitRequestLocationsPeerFieldEvent {
        field: '$.locations[].peer';
        value: number;
        index: number;
    }
    interface CommitRequestNoteFieldEvent {
        field: '$.note';
        value: string;
    }
    interface CommitRequestStageFieldEvent {
        field: '$.stage';
        value: number;
    }
    interface CommitRequestPartsFieldEvent {
        field: '$.parts';
        value: number;
    }
    interface CommitRequestMinCopiesFieldEvent {
        field: '$.minCopies';
        value: number;
    }
    function encode(obj: Partial<CommitRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CommitRequest>): CommitRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CommitRequest>): Generator<CommitRequestNumberFieldEvent | CommitRequestDigestFieldEvent | CommitRequestLeasesFieldEvent | CommitRequestPeersFieldEvent | CommitRequestLocationsFirstFieldEvent | CommitRequestLocationsCountFieldEvent | CommitRequestLocationsPeerFieldEvent | CommitRequestNoteFieldEvent | CommitRequestStageFieldEvent | CommitRequestPartsFieldEvent | CommitRequestMinCopiesFieldEvent>;
}
export interface Location {
    first: number;
    count: number;
    peer: number;
}
export declare namespace Location {
    const codec: () => Codec<Location>;
    interface LocationFirstFieldEvent {
        field: '$.first';
        value: number;
    }
    interface LocationCountFieldEvent {
        field: '$.count';
        value: number;
    }
    interface LocationPeerFieldEvent {
        field: '$.peer';
        value: number;
    }
    function encode(obj: Partial<Location>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Location>): Location;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Location>): Generator<LocationFirstFieldEvent | LocationCountFieldEvent | LocationPeerFieldEvent>;
}
export interface Changes {
    changes: Change[];
}
export declare namespace Changes {
    const codec: () => Codec<Changes>;
    interface ChangesChangesOpFieldEvent {
        field: '$.changes[].op';
        value: number;
        index: number;
    }
    interface ChangesChangesPathFieldEvent {
        field: '$.changes[].path';
        value: string;
        index: number;
    }
    interface ChangesChangesFileRootFieldEvent {
        field: '$.changes[].file.root';
        value: Uint8Array;
        index: number;
    }
    interface ChangesChangesFileExtentsFirstFieldEvent {
        field: '$.changes[].file.extents[].first';
        value: number;
        index: number;
    }
    interface ChangesChangesFileExtentsCountFieldEvent {
        field: '$.changes[].file.extents[].count';
        value: number;
        index: number;
    }
    interface ChangesChangesFileExtentsBytesFieldEvent {
        field: '$.changes[].file.extents[].bytes';
        value: number;
        index: number;
    }
    interface ChangesChangesFileMtimeMsFieldEvent {
        field: '$.changes[].file.mtimeMs';
        value: number;
        index: number;
    }
    interface ChangesChangesFileExecutableFieldEvent {
        field: '$.changes[].file.executable';
        value: boolean;
        index: number;
    }
    interface ChangesChangesFileSumsFieldEvent {
        field: '$.changes[].file.sums';
        value: Uint8Array;
        index: number;
    }
    interface ChangesChangesOtherFieldEvent {
        field: '$.changes[].other';
        value: string;
        index: number;
    }
    interface ChangesChangesAtFieldEvent {
        field: '$.changes[].at';
        value: number;
        index: number;
    }
    interface ChangesChangesWhenAbsentFieldEvent {
        field: '$.changes[].whenAbsent';
        value: boolean;
        index: number;
    }
    interface ChangesChangesWhenRevisionFieldEvent {
        field: '$.changes[].whenRevision';
        value: number;
        index: number;
    }
    interface ChangesChangesPolicyCopiesFieldEvent {
        field: '$.changes[].policy.copies';
        value: number;
        index: number;
    }
    interface ChangesChangesPolicyRetentionMsFieldEvent {
        field: '$.changes[].policy.retentionMs';
        value: number;
        index: number;
    }
    interface ChangesChangesPolicyPreferLabelsFieldEvent {
        field: '$.changes[].policy.prefer.labels[]';
        index: number;
        value: string;
    }
    interface ChangesChangesPolicyAvoidLabelsFieldEvent {
        field: '$.changes[].policy.avoid.labels[]';
        index: number;
        value: string;
    }
    interface ChangesChangesPolicyInheritFieldEvent {
        field: '$.changes[].policy.inherit[]';
        index: number;
        value: number;
    }
    function encode(obj: Partial<Changes>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Changes>): Changes;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Changes>): Generator<ChangesChangesOpFieldEvent | ChangesChangesPathFieldEvent | ChangesChangesFileRootFieldEvent | ChangesChangesFileExtentsFirstFieldEvent | ChangesChangesFileExtentsCountFieldEvent | ChangesChangesFileExtentsBytesFieldEvent | ChangesChangesFileMtimeMsFieldEvent | ChangesChangesFileExecutableFieldEvent | ChangesChangesFileSumsFieldEvent | ChangesChangesOtherFieldEvent | ChangesChangesAtFieldEvent | ChangesChangesWhenAbsentFieldEvent | ChangesChangesWhenRevisionFieldEvent | ChangesChangesPolicyCopiesFieldEvent | ChangesChangesPolicyRetentionMsFieldEvent | ChangesChangesPolicyPreferLabelsFieldEvent | ChangesChangesPolicyAvoidLabelsFieldEvent | ChangesChangesPolicyInheritFieldEvent>;
}
export interface Change {
    op: number;
    path: string;
    file?: FileBody;
    other?: string;
    at?: number;
    whenAbsent: boolean;
    whenRevision?: number;
    policy?: Policy;
}
export declare namespace Change {
    const codec: () => Codec<Change>;
    interface ChangeOpFieldEvent {
        field: '$.op';
        value: number;
    }
    interface ChangePathFieldEvent {
        field: '$.path';
        value: string;
    }
    interface ChangeFileRootFieldEvent {
        field: '$.file.root';
        value: Uint8Array;
    }
    interface ChangeFileExtentsFirstFieldEvent {
        field: '$.file.extents[].first';
        value: number;
        index: number;
    }
    interface ChangeFileExtentsCountFieldEvent {
        field: '$.file.extents[].count';
        value: number;
        index: number;
    }
    interface ChangeFileExtentsBytesFieldEvent {
        field: '$.file.extents[].bytes';
        value: number;
        index: number;
    }
    interface ChangeFileMtimeMsFieldEvent {
        field: '$.file.mtimeMs';
        value: number;
    }
    interface ChangeFileExecutableFieldEvent {
        field: '$.file.executable';
        value: boolean;
    }
    interface ChangeFileSumsFieldEvent {
        field: '$.file.sums';
        value: Uint8Array;
    }
    interface ChangeOtherFieldEvent {
        field: '$.other';
        value: string;
    }
    interface ChangeAtFieldEvent {
        field: '$.at';
        value: number;
    }
    interface ChangeWhenAbsentFieldEvent {
        field: '$.whenAbsent';
        value: boolean;
    }
    interface ChangeWhenRevisionFieldEvent {
        field: '$.whenRevision';
        value: number;
    }
    interface ChangePolicyCopiesFieldEvent {
        field: '$.policy.copies';
        value: number;
    }
    interface ChangePolicyRetentionMsFieldEvent {
        field: '$.policy.retentionMs';
        value: number;
    }
    interface ChangePolicyPreferLabelsFieldEvent {
        field: '$.policy.prefer.labels[]';
        index: number;
        value: string;
    }
    interface ChangePolicyAvoidLabelsFieldEvent {
        field: '$.policy.avoid.labels[]';
        index: number;
        value: string;
    }
    interface ChangePolicyInheritFieldEvent {
        field: '$.policy.inherit[]';
        index: number;
        value: number;
    }
    function encode(obj: Partial<Change>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Change>): Change;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Change>): Generator<ChangeOpFieldEvent | ChangePathFieldEvent | ChangeFileRootFieldEvent | ChangeFileExtentsFirstFieldEvent | ChangeFileExtentsCountFieldEvent | ChangeFileExtentsBytesFieldEvent | ChangeFileMtimeMsFieldEvent | ChangeFileExecutableFieldEvent | ChangeFileSumsFieldEvent | ChangeOtherFieldEvent | ChangeAtFieldEvent | ChangeWhenAbsentFieldEvent | ChangeWhenRevisionFieldEvent | ChangePolicyCopiesFieldEvent | ChangePolicyRetentionMsFieldEvent | ChangePolicyPreferLabelsFieldEvent | ChangePolicyAvoidLabelsFieldEvent | ChangePolicyInheritFieldEvent>;
}
export interface Policy {
    copies?: number;
    retentionMs?: number;
    prefer?: Labels;
    avoid?: Labels;
    inherit: number[];
}
export declare namespace Policy {
    const codec: () => Codec<Policy>;
    interface PolicyCopiesFieldEvent {
        field: '$.copies';
        value: number;
    }
    interface PolicyRetentionMsFieldEvent {
        field: '$.retentionMs';
        value: number;
    }
    interface PolicyPreferLabelsFieldEvent {
        field: '$.prefer.labels[]';
        index: number;
        value: string;
    }
    interface PolicyAvoidLabelsFieldEvent {
        field: '$.avoid.labels[]';
        index: number;
        value: string;
    }
    interface PolicyInheritFieldEvent {
        field: '$.inherit[]';
        index: number;
        value: number;
    }
    function encode(obj: Partial<Policy>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Policy>): Policy;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Policy>): Generator<PolicyCopiesFieldEvent | PolicyRetentionMsFieldEvent | PolicyPreferLabelsFieldEvent | PolicyAvoidLabelsFieldEvent | PolicyInheritFieldEvent>;
}
export interface Labels {
    labels: string[];
}
export declare namespace Labels {
    const codec: () => Codec<Labels>;
    interface LabelsLabelsFieldEvent {
        field: '$.labels[]';
        index: number;
        value: string;
    }
    function encode(obj: Partial<Labels>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Labels>): Labels;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Labels>): Generator<LabelsLabelsFieldEvent>;
}
export interface CommitReply {
    revision: number;
    at: number;
    again: boolean;
}
export declare namespace CommitReply {
    const codec: () => Codec<CommitReply>;
    interface CommitReplyRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface CommitReplyAtFieldEvent {
        field: '$.at';
        value: number;
    }
    interface CommitReplyAgainFieldEvent {
        field: '$.again';
        value: boolean;
    }
    function encode(obj: Partial<CommitReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CommitReply>): CommitReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<CommitReply>): Generator<CommitReplyRevisionFieldEvent | CommitReplyAtFieldEvent | CommitReplyAgainFieldEvent>;
}
export interface LogRequest {
    path?: string;
    before?: number;
    limit?: number;
}
export declare namespace LogRequest {
    const codec: () => Codec<LogRequest>;
    interface LogRequestPathFieldEvent {
        field: '$.path';
        value: string;
    }
    interface LogRequestBeforeFieldEvent {
        field: '$.before';
        value: number;
    }
    interface LogRequestLimitFieldEvent {
        field: '$.limit';
        value: number;
    }
    function encode(obj: Partial<LogRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LogRequest>): LogRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LogRequest>): Generator<LogRequestPathFieldEvent | LogRequestBeforeFieldEvent | LogRequestLimitFieldEvent>;
}
export interface LogReply {
    entries: LogEntry[];
    more: boolean;
}
export declare namespace LogReply {
    const codec: () => Codec<LogReply>;
    interface LogReplyEntriesRevisionFieldEvent {
        field: '$.entries[].revision';
        value: number;
        index: number;
    }
    interface LogReplyEntriesAtFieldEvent {
        field: '$.entries[].at';
        value: number;
        index: number;
    }
    interface LogReplyEntriesWriterFieldEvent {
        field: '$.entries[].writer';
        value: string;
        index: number;
    }
    interface LogReplyEntriesChangesFieldEvent {
        field: '$.entries[].changes';
        value: number;
        index: number;
    }
    interface LogReplyEntriesSummaryFieldEvent {
        field: '$.entries[].summary';
        value: string;
        index: number;
    }
    interface LogReplyEntriesNoteFieldEvent {
        field: '$.entries[].note';
        value: string;
        index: number;
    }
    interface LogReplyMoreFieldEvent {
        field: '$.more';
        value: boolean;
    }
    function encode(obj: Partial<LogReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LogReply>): LogReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LogReply>): Generator<LogReplyEntriesRevisionFieldEvent | LogReplyEntriesAtFieldEvent | LogReplyEntriesWriterFieldEvent | LogReplyEntriesChangesFieldEvent | LogReplyEntriesSummaryFieldEvent | LogReplyEntriesNoteFieldEvent | LogReplyMoreFieldEvent>;
}
export interface LogEntry {
    revision: number;
    at: number;
    writer: string;
    changes: number;
    summary: string;
    note: string;
}
export declare namespace LogEntry {
    const codec: () => Codec<LogEntry>;
    interface LogEntryRevisionFieldEvent {
        field: '$.revision';
        value: number;
    }
    interface LogEntryAtFieldEvent {
        field: '$.at';
        value: number;
    }
    interface LogEntryWriterFieldEvent {
        field: '$.writer';
        value: string;
    }
    interface LogEntryChangesFieldEvent {
        field: '$.changes';
        value: number;
    }
    interface LogEntrySummaryFieldEvent {
        field: '$.summary';
        value: string;
    }
    interface LogEntryNoteFieldEvent {
        field: '$.note';
        value: string;
    }
    function encode(obj: Partial<LogEntry>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LogEntry>): LogEntry;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<LogEntry>): Generator<LogEntryRevisionFieldEvent | LogEntryAtFieldEvent | LogEntryWriterFieldEvent | LogEntryChangesFieldEvent | LogEntrySummaryFieldEvent | LogEntryNoteFieldEvent>;
}
export interface PageRequest {
    skip: number;
}
export declare namespace PageRequest {
    const codec: () => Codec<PageRequest>;
    interface PageRequestSkipFieldEvent {
        field: '$.skip';
        value: number;
    }
    function encode(obj: Partial<PageRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PageRequest>): PageRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PageRequest>): Generator<PageRequestSkipFieldEvent>;
}
export interface PeersReply {
    peers: PeerInfo[];
    more: boolean;
}
export declare namespace PeersReply {
    const codec: () => Codec<PeersReply>;
    interface PeersReplyPeersPeerFieldEvent {
        field: '$.peers[].peer';
        value: string;
        index: number;
    }
    interface PeersReplyPeersNameFieldEvent {
        field: '$.peers[].name';
        value: string;
        index: number;
    }
    interface PeersReplyPeersRoleFieldEvent {
        field: '$.peers[].role';
        value: number;
        index: number;
    }
    interface PeersReplyPeersOnlineFieldEvent {
        field: '$.peers[].online';
        value: boolean;
        index: number;
    }
    interface PeersReplyPeersSeenAtFieldEvent {
        field: '$.peers[].seenAt';
        value: number;
        index: number;
    }
    interface PeersReplyPeersAddressesFieldEvent {
        field: '$.peers[].addresses[]';
        index: number;
        value: string;
    }
    interface PeersReplyPeersChunksFieldEvent {
        field: '$.peers[].chunks';
        value: number;
        index: number;
    }
    interface PeersReplyPeersCapacityBytesFieldEvent {
        field: '$.peers[].capacityBytes';
        value: number;
        index: number;
    }
    interface PeersReplyPeersFreeBytesFieldEvent {
        field: '$.peers[].freeBytes';
        value: number;
        index: number;
    }
    interface PeersReplyPeersKeeperUsedBytesFieldEvent {
        field: '$.peers[].keeper.usedBytes';
        value: number;
        index: number;
    }
    interface PeersReplyPeersKeeperLabelsFieldEvent {
        field: '$.peers[].keeper.labels[]';
        index: number;
        value: string;
    }
    interface PeersReplyPeersKeeperDrainingFieldEvent {
        field: '$.peers[].keeper.draining';
        value: boolean;
        index: number;
    }
    interface PeersReplyPeersKeeperKeptFieldEvent {
        field: '$.peers[].keeper.kept';
        value: number;
        index: number;
    }
    interface PeersReplyPeersKeeperNeededFieldEvent {
        field: '$.peers[].keeper.needed';
        value: number;
        index: number;
    }
    interface PeersReplyMoreFieldEvent {
        field: '$.more';
        value: boolean;
    }
    function encode(obj: Partial<PeersReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PeersReply>): PeersReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PeersReply>): Generator<PeersReplyPeersPeerFieldEvent | PeersReplyPeersNameFieldEvent | PeersReplyPeersRoleFieldEvent | PeersReplyPeersOnlineFieldEvent | PeersReplyPeersSeenAtFieldEvent | PeersReplyPeersAddressesFieldEvent | PeersReplyPeersChunksFieldEvent | PeersReplyPeersCapacityBytesFieldEvent | PeersReplyPeersFreeBytesFieldEvent | PeersReplyPeersKeeperUsedBytesFieldEvent | PeersReplyPeersKeeperLabelsFieldEvent | PeersReplyPeersKeeperDrainingFieldEvent | PeersReplyPeersKeeperKeptFieldEvent | PeersReplyPeersKeeperNeededFieldEvent | PeersReplyMoreFieldEvent>;
}
export interface PeerInfo {
    peer: string;
    name: string;
    role: number;
    online: boolean;
    seenAt: number;
    addresses: string[];
    chunks: number;
    capacityBytes: number;
    freeBytes: number;
    keeper?: KeeperInfo;
}
export declare namespace PeerInfo {
    const codec: () => Codec<PeerInfo>;
    interface PeerInfoPeerFieldEvent {
        field: '$.peer';
        value: string;
    }
    interface PeerInfoNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface PeerInfoRoleFieldEvent {
        field: '$.role';
        value: number;
    }
    interface PeerInfoOnlineFieldEvent {
        field: '$.online';
        value: boolean;
    }
    interface PeerInfoSeenAtFieldEvent {
        field: '$.seenAt';
        value: number;
    }
    interface PeerInfoAddressesFieldEvent {
        field: '$.addresses[]';
        index: number;
        value: string;
    }
    interface PeerInfoChunksFieldEvent {
        field: '$.chunks';
        value: number;
    }
    interface PeerInfoCapacityBytesFieldEvent {
        field: '$.capacityBytes';
        value: number;
    }
    interface PeerInfoFreeBytesFieldEvent {
        field: '$.freeBytes';
        value: number;
    }
    interface PeerInfoKeeperUsedBytesFieldEvent {
        field: '$.keeper.usedBytes';
        value: number;
    }
    interface PeerInfoKeeperLabelsFieldEvent {
        field: '$.keeper.labels[]';
        index: number;
        value: string;
    }
    interface PeerInfoKeeperDrainingFieldEvent {
        field: '$.keeper.draining';
        value: boolean;
    }
    interface PeerInfoKeeperKeptFieldEvent {
        field: '$.keeper.kept';
        value: number;
    }
    interface PeerInfoKeeperNeededFieldEvent {
        field: '$.keeper.needed';
        value: number;
    }
    function encode(obj: Partial<PeerInfo>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PeerInfo>): PeerInfo;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<PeerInfo>): Generator<PeerInfoPeerFieldEvent | PeerInfoNameFieldEvent | PeerInfoRoleFieldEvent | PeerInfoOnlineFieldEvent | PeerInfoSeenAtFieldEvent | PeerInfoAddressesFieldEvent | PeerInfoChunksFieldEvent | PeerInfoCapacityBytesFieldEvent | PeerInfoFreeBytesFieldEvent | PeerInfoKeeperUsedBytesFieldEvent | PeerInfoKeeperLabelsFieldEvent | PeerInfoKeeperDrainingFieldEvent | PeerInfoKeeperKeptFieldEvent | PeerInfoKeeperNeededFieldEvent>;
}
export interface KeeperInfo {
    usedBytes: number;
    labels: string[];
    draining: boolean;
    kept: number;
    needed: number;
}
export declare namespace KeeperInfo {
    const codec: () => Codec<KeeperInfo>;
    interface KeeperInfoUsedBytesFieldEvent {
        field: '$.usedBytes';
        value: number;
    }
    interface KeeperInfoLabelsFieldEvent {
        field: '$.labels[]';
        index: number;
        value: string;
    }
    interface KeeperInfoDrainingFieldEvent {
        field: '$.draining';
        value: boolean;
    }
    interface KeeperInfoKeptFieldEvent {
        field: '$.kept';
        value: number;
    }
    interface KeeperInfoNeededFieldEvent {
        field: '$.needed';
        value: number;
    }
    function encode(obj: Partial<KeeperInfo>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<KeeperInfo>): KeeperInfo;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<KeeperInfo>): Generator<KeeperInfoUsedBytesFieldEvent | KeeperInfoLabelsFieldEvent | KeeperInfoDrainingFieldEvent | KeeperInfoKeptFieldEvent | KeeperInfoNeededFieldEvent>;
}
export interface MembersReply {
    members: Member[];
    more: boolean;
}
export declare namespace MembersReply {
    const codec: () => Codec<MembersReply>;
    interface MembersReplyMembersPeerFieldEvent {
        field: '$.members[].peer';
        value: string;
        index: number;
    }
    interface MembersReplyMembersNameFieldEvent {
        field: '$.members[].name';
        value: string;
        index: number;
    }
    interface MembersReplyMembersRoleFieldEvent {
        field: '$.members[].role';
        value: number;
        index: number;
    }
    interface MembersReplyMembersJoinedAtFieldEvent {
        field: '$.members[].joinedAt';
        value: number;
        index: number;
    }
    interface MembersReplyMembersRevokedFieldEvent {
        field: '$.members[].revoked';
        value: boolean;
        index: number;
    }
    interface MembersReplyMoreFieldEvent {
        field: '$.more';
        value: boolean;
    }
    function encode(obj: Partial<MembersReply>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<MembersReply>): MembersReply;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<MembersReply>): Generator<MembersReplyMembersPeerFieldEvent | MembersReplyMembersNameFieldEvent | MembersReplyMembersRoleFieldEvent | MembersReplyMembersJoinedAtFieldEvent | MembersReplyMembersRevokedFieldEvent | MembersReplyMoreFieldEvent>;
}
export interface Member {
    peer: string;
    name: string;
    role: number;
    joinedAt: number;
    revoked: boolean;
}
export declare namespace Member {
    const codec: () => Codec<Member>;
    interface MemberPeerFieldEvent {
        field: '$.peer';
        value: string;
    }
    interface MemberNameFieldEvent {
        field: '$.name';
        value: string;
    }
    interface MemberRoleFieldEvent {
        field: '$.role';
        value: number;
    }
    interface MemberJoinedAtFieldEvent {
        field: '$.joinedAt';
        value: number;
    }
    interface MemberRevokedFieldEvent {
        field: '$.revoked';
        value: boolean;
    }
    function encode(obj: Partial<Member>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Member>): Member;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<Member>): Generator<MemberPeerFieldEvent | MemberNameFieldEvent | MemberRoleFieldEvent | MemberJoinedAtFieldEvent | MemberRevokedFieldEvent>;
}
export interface InviteRequest {
    role: number;
    expiresInMs: number;
    uses: number;
}
export declare namespace InviteRequest {
    const codec: () => Codec<InviteRequest>;
    interface InviteRequestRoleFieldEvent {
        field: '$.role';
        value: number;
    }
    interface InviteRequestExpiresInMsFieldEvent {
        field: '$.expiresInMs';
        value: number;
    }
    interface InviteRequestUsesFieldEvent {
        field: '$.uses';
        value: number;
    }
    function encode(obj: Partial<InviteRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<InviteRequest>): InviteRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<InviteRequest>): Generator<InviteRequestRoleFieldEvent | InviteRequestExpiresInMsFieldEvent | InviteRequestUsesFieldEvent>;
}
export interface RevokeRequest {
    peer: string;
}
export declare namespace RevokeRequest {
    const codec: () => Codec<RevokeRequest>;
    interface RevokeRequestPeerFieldEvent {
        field: '$.peer';
        value: string;
    }
    function encode(obj: Partial<RevokeRequest>): Uint8Array;
    function decode(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RevokeRequest>): RevokeRequest;
    function stream(buf: Uint8Array | Uint8ArrayList, opts?: DecodeOptions<RevokeRequest>): Generator<RevokeRequestPeerFieldEvent>;
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
