// Generated from index.proto by `npm run proto`; do not edit.
/* eslint-disable require-yield */
import { decodeMessage, encodeMessage, MaxLengthError, message, streamMessage } from 'protons-runtime';
export var IndexRequest;
(function (IndexRequest) {
    let _codec;
    IndexRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.search != null) {
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.copies != null) {
                    obj.search = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.policies != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.place != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.giveUpStage != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.cancel != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.renewPass != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.revoke != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.invite != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.members != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.peers != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.log != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.commit != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.stage != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.stageDigests != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.renew != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.allocate != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.holders != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.digests != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.pathOf != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.list != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.resolve != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.drive = undefined;
                }
                if (obj.drive != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.giveUpStage = undefined;
                    obj.cancel = undefined;
                    obj.renewPass = undefined;
                    obj.revoke = undefined;
                    obj.invite = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.stage = undefined;
                    obj.stageDigests = undefined;
                    obj.renew = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.digests = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                }
                if ((obj.call != null && obj.call !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.call);
                }
                if (obj.drive != null) {
                    w.uint32(18);
                    Nothing.codec().encode(obj.drive, w);
                }
                if (obj.resolve != null) {
                    w.uint32(26);
                    ResolveRequest.codec().encode(obj.resolve, w);
                }
                if (obj.list != null) {
                    w.uint32(34);
                    ListRequest.codec().encode(obj.list, w);
                }
                if (obj.pathOf != null) {
                    w.uint32(42);
                    PathOfRequest.codec().encode(obj.pathOf, w);
                }
                if (obj.digests != null) {
                    w.uint32(50);
                    RunsRequest.codec().encode(obj.digests, w);
                }
                if (obj.holders != null) {
                    w.uint32(58);
                    RunsRequest.codec().encode(obj.holders, w);
                }
                if (obj.allocate != null) {
                    w.uint32(66);
                    AllocateRequest.codec().encode(obj.allocate, w);
                }
                if (obj.renew != null) {
                    w.uint32(74);
                    RenewRequest.codec().encode(obj.renew, w);
                }
                if (obj.stageDigests != null) {
                    w.uint32(82);
                    StageDigestsRequest.codec().encode(obj.stageDigests, w);
                }
                if (obj.stage != null) {
                    w.uint32(90);
                    StageRequest.codec().encode(obj.stage, w);
                }
                if (obj.commit != null) {
                    w.uint32(98);
                    CommitRequest.codec().encode(obj.commit, w);
                }
                if (obj.log != null) {
                    w.uint32(106);
                    LogRequest.codec().encode(obj.log, w);
                }
                if (obj.peers != null) {
                    w.uint32(114);
                    PageRequest.codec().encode(obj.peers, w);
                }
                if (obj.members != null) {
                    w.uint32(122);
                    PageRequest.codec().encode(obj.members, w);
                }
                if (obj.invite != null) {
                    w.uint32(130);
                    InviteRequest.codec().encode(obj.invite, w);
                }
                if (obj.revoke != null) {
                    w.uint32(138);
                    RevokeRequest.codec().encode(obj.revoke, w);
                }
                if (obj.renewPass != null) {
                    w.uint32(146);
                    Nothing.codec().encode(obj.renewPass, w);
                }
                if (obj.cancel != null) {
                    w.uint32(154);
                    Nothing.codec().encode(obj.cancel, w);
                }
                if (obj.giveUpStage != null) {
                    w.uint32(162);
                    GiveUpStageRequest.codec().encode(obj.giveUpStage, w);
                }
                if (obj.place != null) {
                    w.uint32(170);
                    PlaceRequest.codec().encode(obj.place, w);
                }
                if (obj.policies != null) {
                    w.uint32(178);
                    PoliciesRequest.codec().encode(obj.policies, w);
                }
                if (obj.copies != null) {
                    w.uint32(186);
                    Nothing.codec().encode(obj.copies, w);
                }
                if (obj.search != null) {
                    w.uint32(194);
                    SearchRequest.codec().encode(obj.search, w);
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
                            obj.drive = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.drive
                            });
                            break;
                        }
                        case 3: {
                            obj.resolve = ResolveRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.resolve
                            });
                            break;
                        }
                        case 4: {
                            obj.list = ListRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.list
                            });
                            break;
                        }
                        case 5: {
                            obj.pathOf = PathOfRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.pathOf
                            });
                            break;
                        }
                        case 6: {
                            obj.digests = RunsRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.digests
                            });
                            break;
                        }
                        case 7: {
                            obj.holders = RunsRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.holders
                            });
                            break;
                        }
                        case 8: {
                            obj.allocate = AllocateRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.allocate
                            });
                            break;
                        }
                        case 9: {
                            obj.renew = RenewRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.renew
                            });
                            break;
                        }
                        case 10: {
                            obj.stageDigests = StageDigestsRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.stageDigests
                            });
                            break;
                        }
                        case 11: {
                            obj.stage = StageRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.stage
                            });
                            break;
                        }
                        case 12: {
                            obj.commit = CommitRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.commit
                            });
                            break;
                        }
                        case 13: {
                            obj.log = LogRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 14: {
                            obj.peers = PageRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.peers
                            });
                            break;
                        }
                        case 15: {
                            obj.members = PageRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.members
                            });
                            break;
                        }
                        case 16: {
                            obj.invite = InviteRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.invite
                            });
                            break;
                        }
                        case 17: {
                            obj.revoke = RevokeRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.revoke
                            });
                            break;
                        }
                        case 18: {
                            obj.renewPass = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.renewPass
                            });
                            break;
                        }
                        case 19: {
                            obj.cancel = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.cancel
                            });
                            break;
                        }
                        case 20: {
                            obj.giveUpStage = GiveUpStageRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.giveUpStage
                            });
                            break;
                        }
                        case 21: {
                            obj.place = PlaceRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.place
                            });
                            break;
                        }
                        case 22: {
                            obj.policies = PoliciesRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.policies
                            });
                            break;
                        }
                        case 23: {
                            obj.copies = Nothing.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.copies
                            });
                            break;
                        }
                        case 24: {
                            obj.search = SearchRequest.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.search
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.search != null) {
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.copies != null) {
                    delete obj.search;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.policies != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.place != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.giveUpStage != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.cancel != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.renewPass != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.revoke != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.invite != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.members != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.peers != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.log != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.commit != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.stage != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.stageDigests != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.renew != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.allocate != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.holders != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.digests != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.pathOf != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.list != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.resolve != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.drive;
                }
                if (obj.drive != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.giveUpStage;
                    delete obj.cancel;
                    delete obj.renewPass;
                    delete obj.revoke;
                    delete obj.invite;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.stage;
                    delete obj.stageDigests;
                    delete obj.renew;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.digests;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
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
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.drive`, {
                                limits: opts.limits?.drive
                            });
                            break;
                        }
                        case 3: {
                            yield* ResolveRequest.codec().stream(reader, reader.uint32(), `${prefix}.resolve`, {
                                limits: opts.limits?.resolve
                            });
                            break;
                        }
                        case 4: {
                            yield* ListRequest.codec().stream(reader, reader.uint32(), `${prefix}.list`, {
                                limits: opts.limits?.list
                            });
                            break;
                        }
                        case 5: {
                            yield* PathOfRequest.codec().stream(reader, reader.uint32(), `${prefix}.pathOf`, {
                                limits: opts.limits?.pathOf
                            });
                            break;
                        }
                        case 6: {
                            yield* RunsRequest.codec().stream(reader, reader.uint32(), `${prefix}.digests`, {
                                limits: opts.limits?.digests
                            });
                            break;
                        }
                        case 7: {
                            yield* RunsRequest.codec().stream(reader, reader.uint32(), `${prefix}.holders`, {
                                limits: opts.limits?.holders
                            });
                            break;
                        }
                        case 8: {
                            yield* AllocateRequest.codec().stream(reader, reader.uint32(), `${prefix}.allocate`, {
                                limits: opts.limits?.allocate
                            });
                            break;
                        }
                        case 9: {
                            yield* RenewRequest.codec().stream(reader, reader.uint32(), `${prefix}.renew`, {
                                limits: opts.limits?.renew
                            });
                            break;
                        }
                        case 10: {
                            yield* StageDigestsRequest.codec().stream(reader, reader.uint32(), `${prefix}.stageDigests`, {
                                limits: opts.limits?.stageDigests
                            });
                            break;
                        }
                        case 11: {
                            yield* StageRequest.codec().stream(reader, reader.uint32(), `${prefix}.stage`, {
                                limits: opts.limits?.stage
                            });
                            break;
                        }
                        case 12: {
                            yield* CommitRequest.codec().stream(reader, reader.uint32(), `${prefix}.commit`, {
                                limits: opts.limits?.commit
                            });
                            break;
                        }
                        case 13: {
                            yield* LogRequest.codec().stream(reader, reader.uint32(), `${prefix}.log`, {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 14: {
                            yield* PageRequest.codec().stream(reader, reader.uint32(), `${prefix}.peers`, {
                                limits: opts.limits?.peers
                            });
                            break;
                        }
                        case 15: {
                            yield* PageRequest.codec().stream(reader, reader.uint32(), `${prefix}.members`, {
                                limits: opts.limits?.members
                            });
                            break;
                        }
                        case 16: {
                            yield* InviteRequest.codec().stream(reader, reader.uint32(), `${prefix}.invite`, {
                                limits: opts.limits?.invite
                            });
                            break;
                        }
                        case 17: {
                            yield* RevokeRequest.codec().stream(reader, reader.uint32(), `${prefix}.revoke`, {
                                limits: opts.limits?.revoke
                            });
                            break;
                        }
                        case 18: {
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.renewPass`, {
                                limits: opts.limits?.renewPass
                            });
                            break;
                        }
                        case 19: {
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.cancel`, {
                                limits: opts.limits?.cancel
                            });
                            break;
                        }
                        case 20: {
                            yield* GiveUpStageRequest.codec().stream(reader, reader.uint32(), `${prefix}.giveUpStage`, {
                                limits: opts.limits?.giveUpStage
                            });
                            break;
                        }
                        case 21: {
                            yield* PlaceRequest.codec().stream(reader, reader.uint32(), `${prefix}.place`, {
                                limits: opts.limits?.place
                            });
                            break;
                        }
                        case 22: {
                            yield* PoliciesRequest.codec().stream(reader, reader.uint32(), `${prefix}.policies`, {
                                limits: opts.limits?.policies
                            });
                            break;
                        }
                        case 23: {
                            yield* Nothing.codec().stream(reader, reader.uint32(), `${prefix}.copies`, {
                                limits: opts.limits?.copies
                            });
                            break;
                        }
                        case 24: {
                            yield* SearchRequest.codec().stream(reader, reader.uint32(), `${prefix}.search`, {
                                limits: opts.limits?.search
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
        return encodeMessage(obj, IndexRequest.codec());
    }
    IndexRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, IndexRequest.codec(), opts);
    }
    IndexRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, IndexRequest.codec(), opts);
    }
    IndexRequest.stream = stream;
})(IndexRequest || (IndexRequest = {}));
export var IndexReply;
(function (IndexReply) {
    let _codec;
    IndexReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                obj = { ...obj };
                if (obj.search != null) {
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.copies != null) {
                    obj.search = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.policies != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.place != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.members != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.peers != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.log != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.commit != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.allocate != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.holders != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.pathOf != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.list != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.resolve = undefined;
                    obj.drive = undefined;
                }
                if (obj.resolve != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.drive = undefined;
                }
                if (obj.drive != null) {
                    obj.search = undefined;
                    obj.copies = undefined;
                    obj.policies = undefined;
                    obj.place = undefined;
                    obj.members = undefined;
                    obj.peers = undefined;
                    obj.log = undefined;
                    obj.commit = undefined;
                    obj.allocate = undefined;
                    obj.holders = undefined;
                    obj.pathOf = undefined;
                    obj.list = undefined;
                    obj.resolve = undefined;
                }
                if ((obj.call != null && obj.call !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.call);
                }
                if ((obj.status != null && obj.status !== 0)) {
                    w.uint32(16);
                    w.uint32(obj.status);
                }
                if ((obj.about != null && obj.about !== '')) {
                    w.uint32(26);
                    w.string(obj.about);
                }
                if (obj.drive != null) {
                    w.uint32(34);
                    DriveReply.codec().encode(obj.drive, w);
                }
                if (obj.resolve != null) {
                    w.uint32(42);
                    ResolveReply.codec().encode(obj.resolve, w);
                }
                if (obj.list != null) {
                    w.uint32(50);
                    ListReply.codec().encode(obj.list, w);
                }
                if (obj.pathOf != null) {
                    w.uint32(58);
                    PathOfReply.codec().encode(obj.pathOf, w);
                }
                if (obj.holders != null) {
                    w.uint32(66);
                    HoldersReply.codec().encode(obj.holders, w);
                }
                if (obj.allocate != null) {
                    w.uint32(74);
                    LeaseReply.codec().encode(obj.allocate, w);
                }
                if (obj.commit != null) {
                    w.uint32(82);
                    CommitReply.codec().encode(obj.commit, w);
                }
                if (obj.log != null) {
                    w.uint32(90);
                    LogReply.codec().encode(obj.log, w);
                }
                if (obj.peers != null) {
                    w.uint32(98);
                    PeersReply.codec().encode(obj.peers, w);
                }
                if (obj.members != null) {
                    w.uint32(106);
                    MembersReply.codec().encode(obj.members, w);
                }
                if (obj.place != null) {
                    w.uint32(114);
                    HoldersReply.codec().encode(obj.place, w);
                }
                if (obj.policies != null) {
                    w.uint32(122);
                    PoliciesReply.codec().encode(obj.policies, w);
                }
                if (obj.copies != null) {
                    w.uint32(130);
                    CopiesReply.codec().encode(obj.copies, w);
                }
                if (obj.search != null) {
                    w.uint32(138);
                    SearchReply.codec().encode(obj.search, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    call: 0,
                    status: 0,
                    about: ''
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
                            obj.status = reader.uint32();
                            break;
                        }
                        case 3: {
                            obj.about = reader.string();
                            break;
                        }
                        case 4: {
                            obj.drive = DriveReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.drive
                            });
                            break;
                        }
                        case 5: {
                            obj.resolve = ResolveReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.resolve
                            });
                            break;
                        }
                        case 6: {
                            obj.list = ListReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.list
                            });
                            break;
                        }
                        case 7: {
                            obj.pathOf = PathOfReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.pathOf
                            });
                            break;
                        }
                        case 8: {
                            obj.holders = HoldersReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.holders
                            });
                            break;
                        }
                        case 9: {
                            obj.allocate = LeaseReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.allocate
                            });
                            break;
                        }
                        case 10: {
                            obj.commit = CommitReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.commit
                            });
                            break;
                        }
                        case 11: {
                            obj.log = LogReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 12: {
                            obj.peers = PeersReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.peers
                            });
                            break;
                        }
                        case 13: {
                            obj.members = MembersReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.members
                            });
                            break;
                        }
                        case 14: {
                            obj.place = HoldersReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.place
                            });
                            break;
                        }
                        case 15: {
                            obj.policies = PoliciesReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.policies
                            });
                            break;
                        }
                        case 16: {
                            obj.copies = CopiesReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.copies
                            });
                            break;
                        }
                        case 17: {
                            obj.search = SearchReply.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.search
                            });
                            break;
                        }
                        default: {
                            reader.skipType(tag & 7);
                            break;
                        }
                    }
                }
                if (obj.search != null) {
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.copies != null) {
                    delete obj.search;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.policies != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.place != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.members != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.peers != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.log != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.commit != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.allocate != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.holders != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.pathOf != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.list;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.list != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.resolve;
                    delete obj.drive;
                }
                if (obj.resolve != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.drive;
                }
                if (obj.drive != null) {
                    delete obj.search;
                    delete obj.copies;
                    delete obj.policies;
                    delete obj.place;
                    delete obj.members;
                    delete obj.peers;
                    delete obj.log;
                    delete obj.commit;
                    delete obj.allocate;
                    delete obj.holders;
                    delete obj.pathOf;
                    delete obj.list;
                    delete obj.resolve;
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
                            yield {
                                field: `${prefix}.status`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.about`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 4: {
                            yield* DriveReply.codec().stream(reader, reader.uint32(), `${prefix}.drive`, {
                                limits: opts.limits?.drive
                            });
                            break;
                        }
                        case 5: {
                            yield* ResolveReply.codec().stream(reader, reader.uint32(), `${prefix}.resolve`, {
                                limits: opts.limits?.resolve
                            });
                            break;
                        }
                        case 6: {
                            yield* ListReply.codec().stream(reader, reader.uint32(), `${prefix}.list`, {
                                limits: opts.limits?.list
                            });
                            break;
                        }
                        case 7: {
                            yield* PathOfReply.codec().stream(reader, reader.uint32(), `${prefix}.pathOf`, {
                                limits: opts.limits?.pathOf
                            });
                            break;
                        }
                        case 8: {
                            yield* HoldersReply.codec().stream(reader, reader.uint32(), `${prefix}.holders`, {
                                limits: opts.limits?.holders
                            });
                            break;
                        }
                        case 9: {
                            yield* LeaseReply.codec().stream(reader, reader.uint32(), `${prefix}.allocate`, {
                                limits: opts.limits?.allocate
                            });
                            break;
                        }
                        case 10: {
                            yield* CommitReply.codec().stream(reader, reader.uint32(), `${prefix}.commit`, {
                                limits: opts.limits?.commit
                            });
                            break;
                        }
                        case 11: {
                            yield* LogReply.codec().stream(reader, reader.uint32(), `${prefix}.log`, {
                                limits: opts.limits?.log
                            });
                            break;
                        }
                        case 12: {
                            yield* PeersReply.codec().stream(reader, reader.uint32(), `${prefix}.peers`, {
                                limits: opts.limits?.peers
                            });
                            break;
                        }
                        case 13: {
                            yield* MembersReply.codec().stream(reader, reader.uint32(), `${prefix}.members`, {
                                limits: opts.limits?.members
                            });
                            break;
                        }
                        case 14: {
                            yield* HoldersReply.codec().stream(reader, reader.uint32(), `${prefix}.place`, {
                                limits: opts.limits?.place
                            });
                            break;
                        }
                        case 15: {
                            yield* PoliciesReply.codec().stream(reader, reader.uint32(), `${prefix}.policies`, {
                                limits: opts.limits?.policies
                            });
                            break;
                        }
                        case 16: {
                            yield* CopiesReply.codec().stream(reader, reader.uint32(), `${prefix}.copies`, {
                                limits: opts.limits?.copies
                            });
                            break;
                        }
                        case 17: {
                            yield* SearchReply.codec().stream(reader, reader.uint32(), `${prefix}.search`, {
                                limits: opts.limits?.search
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
        return encodeMessage(obj, IndexReply.codec());
    }
    IndexReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, IndexReply.codec(), opts);
    }
    IndexReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, IndexReply.codec(), opts);
    }
    IndexReply.stream = stream;
})(IndexReply || (IndexReply = {}));
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
export var DriveReply;
(function (DriveReply) {
    let _codec;
    DriveReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.drive != null && obj.drive !== '')) {
                    w.uint32(10);
                    w.string(obj.drive);
                }
                if ((obj.generation != null && obj.generation !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.generation);
                }
                if ((obj.chunkBytes != null && obj.chunkBytes !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.chunkBytes);
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.revision);
                }
                if ((obj.oldest != null && obj.oldest !== 0)) {
                    w.uint32(40);
                    w.uint64Number(obj.oldest);
                }
                if ((obj.leaseMs != null && obj.leaseMs !== 0)) {
                    w.uint32(48);
                    w.uint64Number(obj.leaseMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    drive: '',
                    generation: 0,
                    chunkBytes: 0,
                    revision: 0,
                    oldest: 0,
                    leaseMs: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.drive = reader.string();
                            break;
                        }
                        case 2: {
                            obj.generation = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.chunkBytes = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.revision = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.oldest = reader.uint64Number();
                            break;
                        }
                        case 6: {
                            obj.leaseMs = reader.uint64Number();
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
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.generation`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.chunkBytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.revision`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.oldest`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.leaseMs`,
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
        return encodeMessage(obj, DriveReply.codec());
    }
    DriveReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, DriveReply.codec(), opts);
    }
    DriveReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, DriveReply.codec(), opts);
    }
    DriveReply.stream = stream;
})(DriveReply || (DriveReply = {}));
export var ResolveRequest;
(function (ResolveRequest) {
    let _codec;
    ResolveRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.paths != null && obj.paths.length > 0) {
                    for (const value of obj.paths) {
                        w.uint32(10);
                        w.string(value);
                    }
                }
                if (obj.at != null) {
                    w.uint32(16);
                    w.uint64Number(obj.at);
                }
                if ((obj.sums != null && obj.sums !== false)) {
                    w.uint32(24);
                    w.bool(obj.sums);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    paths: [],
                    sums: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.paths != null && obj.paths.length === opts.limits.paths) {
                                throw new MaxLengthError('Decode error - repeated field "paths" had too many elements');
                            }
                            if (obj.paths.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "paths" had too many elements');
                            }
                            obj.paths.push(reader.string());
                            break;
                        }
                        case 2: {
                            obj.at = reader.uint64Number();
                            break;
                        }
                        case 3: {
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
                const obj = {
                    paths: 1024
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.paths != null && obj.paths === opts.limits.paths) {
                                throw new MaxLengthError('Streaming decode error - repeated field "paths" had too many elements');
                            }
                            if (obj.paths === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "paths" had too many elements');
                            }
                            yield {
                                field: `${prefix}.paths[]`,
                                index: obj.paths,
                                value: reader.string()
                            };
                            obj.paths++;
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
        return encodeMessage(obj, ResolveRequest.codec());
    }
    ResolveRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ResolveRequest.codec(), opts);
    }
    ResolveRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ResolveRequest.codec(), opts);
    }
    ResolveRequest.stream = stream;
})(ResolveRequest || (ResolveRequest = {}));
export var ResolveReply;
(function (ResolveReply) {
    let _codec;
    ResolveReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
                }
                if (obj.slots != null && obj.slots.length > 0) {
                    for (const value of obj.slots) {
                        w.uint32(18);
                        Slot.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0,
                    slots: []
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
                            if (opts.limits?.slots != null && obj.slots.length === opts.limits.slots) {
                                throw new MaxLengthError('Decode error - repeated field "slots" had too many elements');
                            }
                            if (obj.slots.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "slots" had too many elements');
                            }
                            obj.slots.push(Slot.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.slots$
                            }));
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
                    slots: 1024
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
                            if (opts.limits?.slots != null && obj.slots === opts.limits.slots) {
                                throw new MaxLengthError('Streaming decode error - repeated field "slots" had too many elements');
                            }
                            if (obj.slots === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "slots" had too many elements');
                            }
                            for (const evt of Slot.codec().stream(reader, reader.uint32(), `${prefix}.slots[]`, {
                                limits: opts.limits?.slots$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.slots
                                };
                            }
                            obj.slots++;
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
        return encodeMessage(obj, ResolveReply.codec());
    }
    ResolveReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ResolveReply.codec(), opts);
    }
    ResolveReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ResolveReply.codec(), opts);
    }
    ResolveReply.stream = stream;
})(ResolveReply || (ResolveReply = {}));
export var Slot;
(function (Slot) {
    let _codec;
    Slot.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.entry != null) {
                    w.uint32(10);
                    Entry.codec().encode(obj.entry, w);
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
                        case 1: {
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
        return encodeMessage(obj, Slot.codec());
    }
    Slot.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Slot.codec(), opts);
    }
    Slot.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Slot.codec(), opts);
    }
    Slot.stream = stream;
})(Slot || (Slot = {}));
export var ListRequest;
(function (ListRequest) {
    let _codec;
    ListRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.path != null) {
                    w.uint32(10);
                    w.string(obj.path);
                }
                if (obj.dir != null) {
                    w.uint32(16);
                    w.uint64Number(obj.dir);
                }
                if (obj.at != null) {
                    w.uint32(24);
                    w.uint64Number(obj.at);
                }
                if (obj.after != null) {
                    w.uint32(34);
                    w.string(obj.after);
                }
                if (obj.limit != null) {
                    w.uint32(40);
                    w.uint64Number(obj.limit);
                }
                if ((obj.sums != null && obj.sums !== false)) {
                    w.uint32(48);
                    w.bool(obj.sums);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    sums: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.path = reader.string();
                            break;
                        }
                        case 2: {
                            obj.dir = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.at = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.after = reader.string();
                            break;
                        }
                        case 5: {
                            obj.limit = reader.uint64Number();
                            break;
                        }
                        case 6: {
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
                                field: `${prefix}.path`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.dir`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.at`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.after`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.limit`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 6: {
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
        return encodeMessage(obj, ListRequest.codec());
    }
    ListRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ListRequest.codec(), opts);
    }
    ListRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ListRequest.codec(), opts);
    }
    ListRequest.stream = stream;
})(ListRequest || (ListRequest = {}));
export var ListReply;
(function (ListReply) {
    let _codec;
    ListReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
                }
                if ((obj.dir != null && obj.dir !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.dir);
                }
                if (obj.entries != null && obj.entries.length > 0) {
                    for (const value of obj.entries) {
                        w.uint32(26);
                        NamedEntry.codec().encode(value, w);
                    }
                }
                if (obj.next != null) {
                    w.uint32(34);
                    w.string(obj.next);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0,
                    dir: 0,
                    entries: []
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
                            obj.dir = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.entries != null && obj.entries.length === opts.limits.entries) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries.length === 1000) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            obj.entries.push(NamedEntry.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.entries$
                            }));
                            break;
                        }
                        case 4: {
                            obj.next = reader.string();
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
                    entries: 1000
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
                                field: `${prefix}.dir`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.entries != null && obj.entries === opts.limits.entries) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries === 1000) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            for (const evt of NamedEntry.codec().stream(reader, reader.uint32(), `${prefix}.entries[]`, {
                                limits: opts.limits?.entries$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.entries
                                };
                            }
                            obj.entries++;
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.next`,
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
        return encodeMessage(obj, ListReply.codec());
    }
    ListReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, ListReply.codec(), opts);
    }
    ListReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, ListReply.codec(), opts);
    }
    ListReply.stream = stream;
})(ListReply || (ListReply = {}));
export var NamedEntry;
(function (NamedEntry) {
    let _codec;
    NamedEntry.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(10);
                    w.string(obj.name);
                }
                if (obj.entry != null) {
                    w.uint32(18);
                    Entry.codec().encode(obj.entry, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    name: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.name = reader.string();
                            break;
                        }
                        case 2: {
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
                                field: `${prefix}.name`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
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
        return encodeMessage(obj, NamedEntry.codec());
    }
    NamedEntry.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, NamedEntry.codec(), opts);
    }
    NamedEntry.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, NamedEntry.codec(), opts);
    }
    NamedEntry.stream = stream;
})(NamedEntry || (NamedEntry = {}));
export var PathOfRequest;
(function (PathOfRequest) {
    let _codec;
    PathOfRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.dir != null && obj.dir !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.dir);
                }
                if (obj.at != null) {
                    w.uint32(16);
                    w.uint64Number(obj.at);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    dir: 0
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
                            obj.at = reader.uint64Number();
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
                                field: `${prefix}.at`,
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
        return encodeMessage(obj, PathOfRequest.codec());
    }
    PathOfRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PathOfRequest.codec(), opts);
    }
    PathOfRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PathOfRequest.codec(), opts);
    }
    PathOfRequest.stream = stream;
})(PathOfRequest || (PathOfRequest = {}));
export var PathOfReply;
(function (PathOfReply) {
    let _codec;
    PathOfReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.path != null && obj.path !== '')) {
                    w.uint32(10);
                    w.string(obj.path);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    path: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.path = reader.string();
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
                                field: `${prefix}.path`,
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
        return encodeMessage(obj, PathOfReply.codec());
    }
    PathOfReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PathOfReply.codec(), opts);
    }
    PathOfReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PathOfReply.codec(), opts);
    }
    PathOfReply.stream = stream;
})(PathOfReply || (PathOfReply = {}));
export var SearchRequest;
(function (SearchRequest) {
    let _codec;
    SearchRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.text != null && obj.text !== '')) {
                    w.uint32(10);
                    w.string(obj.text);
                }
                if (obj.under != null) {
                    w.uint32(18);
                    w.string(obj.under);
                }
                if (obj.limit != null) {
                    w.uint32(24);
                    w.uint64Number(obj.limit);
                }
                if (obj.kind != null) {
                    w.uint32(32);
                    w.uint32(obj.kind);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    text: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.text = reader.string();
                            break;
                        }
                        case 2: {
                            obj.under = reader.string();
                            break;
                        }
                        case 3: {
                            obj.limit = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.kind = reader.uint32();
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
                                field: `${prefix}.text`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.under`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.limit`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.kind`,
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
        return encodeMessage(obj, SearchRequest.codec());
    }
    SearchRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SearchRequest.codec(), opts);
    }
    SearchRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SearchRequest.codec(), opts);
    }
    SearchRequest.stream = stream;
})(SearchRequest || (SearchRequest = {}));
export var SearchReply;
(function (SearchReply) {
    let _codec;
    SearchReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.revision != null && obj.revision !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.revision);
                }
                if ((obj.complete != null && obj.complete !== false)) {
                    w.uint32(16);
                    w.bool(obj.complete);
                }
                if (obj.entries != null && obj.entries.length > 0) {
                    for (const value of obj.entries) {
                        w.uint32(26);
                        Found.codec().encode(value, w);
                    }
                }
                if ((obj.more != null && obj.more !== false)) {
                    w.uint32(32);
                    w.bool(obj.more);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0,
                    complete: false,
                    entries: [],
                    more: false
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
                            obj.complete = reader.bool();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.entries != null && obj.entries.length === opts.limits.entries) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries.length === 200) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            obj.entries.push(Found.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.entries$
                            }));
                            break;
                        }
                        case 4: {
                            obj.more = reader.bool();
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
                    entries: 200
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
                                field: `${prefix}.complete`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.entries != null && obj.entries === opts.limits.entries) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries === 200) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            for (const evt of Found.codec().stream(reader, reader.uint32(), `${prefix}.entries[]`, {
                                limits: opts.limits?.entries$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.entries
                                };
                            }
                            obj.entries++;
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.more`,
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
        return encodeMessage(obj, SearchReply.codec());
    }
    SearchReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, SearchReply.codec(), opts);
    }
    SearchReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, SearchReply.codec(), opts);
    }
    SearchReply.stream = stream;
})(SearchReply || (SearchReply = {}));
export var Found;
(function (Found) {
    let _codec;
    Found.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.path != null && obj.path !== '')) {
                    w.uint32(10);
                    w.string(obj.path);
                }
                if (obj.file != null) {
                    w.uint32(18);
                    FoundFile.codec().encode(obj.file, w);
                }
                if (obj.directory != null) {
                    w.uint32(26);
                    FoundDirectory.codec().encode(obj.directory, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    path: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.path = reader.string();
                            break;
                        }
                        case 2: {
                            obj.file = FoundFile.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.file
                            });
                            break;
                        }
                        case 3: {
                            obj.directory = FoundDirectory.codec().decode(reader, reader.uint32(), {
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
                                field: `${prefix}.path`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield* FoundFile.codec().stream(reader, reader.uint32(), `${prefix}.file`, {
                                limits: opts.limits?.file
                            });
                            break;
                        }
                        case 3: {
                            yield* FoundDirectory.codec().stream(reader, reader.uint32(), `${prefix}.directory`, {
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
        return encodeMessage(obj, Found.codec());
    }
    Found.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Found.codec(), opts);
    }
    Found.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Found.codec(), opts);
    }
    Found.stream = stream;
})(Found || (Found = {}));
export var FoundFile;
(function (FoundFile) {
    let _codec;
    FoundFile.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.size != null && obj.size !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.size);
                }
                if ((obj.mtimeMs != null && obj.mtimeMs !== 0)) {
                    w.uint32(16);
                    w.sint64Number(obj.mtimeMs);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    size: 0,
                    mtimeMs: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.size = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.mtimeMs = reader.sint64Number();
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
                                field: `${prefix}.size`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.mtimeMs`,
                                value: reader.sint64Number()
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
        return encodeMessage(obj, FoundFile.codec());
    }
    FoundFile.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, FoundFile.codec(), opts);
    }
    FoundFile.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, FoundFile.codec(), opts);
    }
    FoundFile.stream = stream;
})(FoundFile || (FoundFile = {}));
export var FoundDirectory;
(function (FoundDirectory) {
    let _codec;
    FoundDirectory.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.files != null && obj.files !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.files);
                }
                if ((obj.bytes != null && obj.bytes !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.bytes);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    files: 0,
                    bytes: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.files = reader.uint64Number();
                            break;
                        }
                        case 2: {
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
                                field: `${prefix}.files`,
                                value: reader.uint64Number()
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
        return encodeMessage(obj, FoundDirectory.codec());
    }
    FoundDirectory.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, FoundDirectory.codec(), opts);
    }
    FoundDirectory.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, FoundDirectory.codec(), opts);
    }
    FoundDirectory.stream = stream;
})(FoundDirectory || (FoundDirectory = {}));
export var RunsRequest;
(function (RunsRequest) {
    let _codec;
    RunsRequest.codec = () => {
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
        return encodeMessage(obj, RunsRequest.codec());
    }
    RunsRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RunsRequest.codec(), opts);
    }
    RunsRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RunsRequest.codec(), opts);
    }
    RunsRequest.stream = stream;
})(RunsRequest || (RunsRequest = {}));
export var HoldersReply;
(function (HoldersReply) {
    let _codec;
    HoldersReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.peers != null && obj.peers.length > 0) {
                    for (const value of obj.peers) {
                        w.uint32(10);
                        Holder.codec().encode(value, w);
                    }
                }
                if (obj.runs != null && obj.runs.length > 0) {
                    for (const value of obj.runs) {
                        w.uint32(18);
                        HolderRun.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peers: [],
                    runs: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.peers != null && obj.peers.length === opts.limits.peers) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers.length === 4096) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            obj.peers.push(Holder.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.peers$
                            }));
                            break;
                        }
                        case 2: {
                            if (opts.limits?.runs != null && obj.runs.length === opts.limits.runs) {
                                throw new MaxLengthError('Decode error - repeated field "runs" had too many elements');
                            }
                            if (obj.runs.length === 8192) {
                                throw new MaxLengthError('Decode error - repeated field "runs" had too many elements');
                            }
                            obj.runs.push(HolderRun.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.runs$
                            }));
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
                    peers: 4096,
                    runs: 8192
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.peers != null && obj.peers === opts.limits.peers) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers === 4096) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            for (const evt of Holder.codec().stream(reader, reader.uint32(), `${prefix}.peers[]`, {
                                limits: opts.limits?.peers$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.peers
                                };
                            }
                            obj.peers++;
                            break;
                        }
                        case 2: {
                            if (opts.limits?.runs != null && obj.runs === opts.limits.runs) {
                                throw new MaxLengthError('Streaming decode error - repeated field "runs" had too many elements');
                            }
                            if (obj.runs === 8192) {
                                throw new MaxLengthError('Streaming decode error - repeated field "runs" had too many elements');
                            }
                            for (const evt of HolderRun.codec().stream(reader, reader.uint32(), `${prefix}.runs[]`, {
                                limits: opts.limits?.runs$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.runs
                                };
                            }
                            obj.runs++;
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
        return encodeMessage(obj, HoldersReply.codec());
    }
    HoldersReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HoldersReply.codec(), opts);
    }
    HoldersReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HoldersReply.codec(), opts);
    }
    HoldersReply.stream = stream;
})(HoldersReply || (HoldersReply = {}));
export var Holder;
(function (Holder) {
    let _codec;
    Holder.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.peer != null && obj.peer !== '')) {
                    w.uint32(10);
                    w.string(obj.peer);
                }
                if (obj.addresses != null && obj.addresses.length > 0) {
                    for (const value of obj.addresses) {
                        w.uint32(18);
                        w.string(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peer: '',
                    addresses: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.peer = reader.string();
                            break;
                        }
                        case 2: {
                            if (opts.limits?.addresses != null && obj.addresses.length === opts.limits.addresses) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            if (obj.addresses.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            obj.addresses.push(reader.string());
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
                    addresses: 16
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.peer`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            if (opts.limits?.addresses != null && obj.addresses === opts.limits.addresses) {
                                throw new MaxLengthError('Streaming decode error - repeated field "addresses" had too many elements');
                            }
                            if (obj.addresses === 16) {
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
        return encodeMessage(obj, Holder.codec());
    }
    Holder.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Holder.codec(), opts);
    }
    Holder.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Holder.codec(), opts);
    }
    Holder.stream = stream;
})(Holder || (Holder = {}));
export var HolderRun;
(function (HolderRun) {
    let _codec;
    HolderRun.codec = () => {
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
                if (obj.holders != null && obj.holders.length > 0) {
                    for (const value of obj.holders) {
                        w.uint32(24);
                        w.uint32(value);
                    }
                }
                if ((obj.copies != null && obj.copies !== 0)) {
                    w.uint32(32);
                    w.uint32(obj.copies);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    first: 0,
                    count: 0,
                    holders: [],
                    copies: 0
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
                            if (opts.limits?.holders != null && obj.holders.length === opts.limits.holders) {
                                throw new MaxLengthError('Decode error - repeated field "holders" had too many elements');
                            }
                            if (obj.holders.length === 64) {
                                throw new MaxLengthError('Decode error - repeated field "holders" had too many elements');
                            }
                            obj.holders.push(reader.uint32());
                            break;
                        }
                        case 4: {
                            obj.copies = reader.uint32();
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
                    holders: 64
                };
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
                            if (opts.limits?.holders != null && obj.holders === opts.limits.holders) {
                                throw new MaxLengthError('Streaming decode error - repeated field "holders" had too many elements');
                            }
                            if (obj.holders === 64) {
                                throw new MaxLengthError('Streaming decode error - repeated field "holders" had too many elements');
                            }
                            yield {
                                field: `${prefix}.holders[]`,
                                index: obj.holders,
                                value: reader.uint32()
                            };
                            obj.holders++;
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.copies`,
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
        return encodeMessage(obj, HolderRun.codec());
    }
    HolderRun.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, HolderRun.codec(), opts);
    }
    HolderRun.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, HolderRun.codec(), opts);
    }
    HolderRun.stream = stream;
})(HolderRun || (HolderRun = {}));
export var PlaceRequest;
(function (PlaceRequest) {
    let _codec;
    PlaceRequest.codec = () => {
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
                if ((obj.copies != null && obj.copies !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.copies);
                }
                if ((obj.path != null && obj.path !== '')) {
                    w.uint32(34);
                    w.string(obj.path);
                }
                if (obj.avoid != null && obj.avoid.length > 0) {
                    for (const value of obj.avoid) {
                        w.uint32(42);
                        w.string(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    runs: new Uint8Array(0),
                    bytes: 0,
                    copies: 0,
                    path: '',
                    avoid: []
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
                            obj.copies = reader.uint32();
                            break;
                        }
                        case 4: {
                            obj.path = reader.string();
                            break;
                        }
                        case 5: {
                            if (opts.limits?.avoid != null && obj.avoid.length === opts.limits.avoid) {
                                throw new MaxLengthError('Decode error - repeated field "avoid" had too many elements');
                            }
                            if (obj.avoid.length === 64) {
                                throw new MaxLengthError('Decode error - repeated field "avoid" had too many elements');
                            }
                            obj.avoid.push(reader.string());
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
                    avoid: 64
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
                            yield {
                                field: `${prefix}.bytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.copies`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.path`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 5: {
                            if (opts.limits?.avoid != null && obj.avoid === opts.limits.avoid) {
                                throw new MaxLengthError('Streaming decode error - repeated field "avoid" had too many elements');
                            }
                            if (obj.avoid === 64) {
                                throw new MaxLengthError('Streaming decode error - repeated field "avoid" had too many elements');
                            }
                            yield {
                                field: `${prefix}.avoid[]`,
                                index: obj.avoid,
                                value: reader.string()
                            };
                            obj.avoid++;
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
        return encodeMessage(obj, PlaceRequest.codec());
    }
    PlaceRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PlaceRequest.codec(), opts);
    }
    PlaceRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PlaceRequest.codec(), opts);
    }
    PlaceRequest.stream = stream;
})(PlaceRequest || (PlaceRequest = {}));
export var PoliciesRequest;
(function (PoliciesRequest) {
    let _codec;
    PoliciesRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.paths != null && obj.paths.length > 0) {
                    for (const value of obj.paths) {
                        w.uint32(10);
                        w.string(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    paths: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.paths != null && obj.paths.length === opts.limits.paths) {
                                throw new MaxLengthError('Decode error - repeated field "paths" had too many elements');
                            }
                            if (obj.paths.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "paths" had too many elements');
                            }
                            obj.paths.push(reader.string());
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
                    paths: 1024
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.paths != null && obj.paths === opts.limits.paths) {
                                throw new MaxLengthError('Streaming decode error - repeated field "paths" had too many elements');
                            }
                            if (obj.paths === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "paths" had too many elements');
                            }
                            yield {
                                field: `${prefix}.paths[]`,
                                index: obj.paths,
                                value: reader.string()
                            };
                            obj.paths++;
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
        return encodeMessage(obj, PoliciesRequest.codec());
    }
    PoliciesRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PoliciesRequest.codec(), opts);
    }
    PoliciesRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PoliciesRequest.codec(), opts);
    }
    PoliciesRequest.stream = stream;
})(PoliciesRequest || (PoliciesRequest = {}));
export var PoliciesReply;
(function (PoliciesReply) {
    let _codec;
    PoliciesReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.slots != null && obj.slots.length > 0) {
                    for (const value of obj.slots) {
                        w.uint32(10);
                        PathPolicy.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    slots: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.slots != null && obj.slots.length === opts.limits.slots) {
                                throw new MaxLengthError('Decode error - repeated field "slots" had too many elements');
                            }
                            if (obj.slots.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "slots" had too many elements');
                            }
                            obj.slots.push(PathPolicy.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.slots$
                            }));
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
                    slots: 1024
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.slots != null && obj.slots === opts.limits.slots) {
                                throw new MaxLengthError('Streaming decode error - repeated field "slots" had too many elements');
                            }
                            if (obj.slots === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "slots" had too many elements');
                            }
                            for (const evt of PathPolicy.codec().stream(reader, reader.uint32(), `${prefix}.slots[]`, {
                                limits: opts.limits?.slots$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.slots
                                };
                            }
                            obj.slots++;
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
        return encodeMessage(obj, PoliciesReply.codec());
    }
    PoliciesReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PoliciesReply.codec(), opts);
    }
    PoliciesReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PoliciesReply.codec(), opts);
    }
    PoliciesReply.stream = stream;
})(PoliciesReply || (PoliciesReply = {}));
export var PathPolicy;
(function (PathPolicy) {
    let _codec;
    PathPolicy.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.copies != null && obj.copies !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.copies);
                }
                if ((obj.retentionMs != null && obj.retentionMs !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.retentionMs);
                }
                if (obj.prefer != null && obj.prefer.length > 0) {
                    for (const value of obj.prefer) {
                        w.uint32(26);
                        w.string(value);
                    }
                }
                if (obj.avoid != null && obj.avoid.length > 0) {
                    for (const value of obj.avoid) {
                        w.uint32(34);
                        w.string(value);
                    }
                }
                if (obj.copiesFrom != null) {
                    w.uint32(42);
                    w.string(obj.copiesFrom);
                }
                if (obj.retentionFrom != null) {
                    w.uint32(50);
                    w.string(obj.retentionFrom);
                }
                if (obj.preferFrom != null) {
                    w.uint32(58);
                    w.string(obj.preferFrom);
                }
                if (obj.avoidFrom != null) {
                    w.uint32(66);
                    w.string(obj.avoidFrom);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    copies: 0,
                    retentionMs: 0,
                    prefer: [],
                    avoid: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.copies = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.retentionMs = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.prefer != null && obj.prefer.length === opts.limits.prefer) {
                                throw new MaxLengthError('Decode error - repeated field "prefer" had too many elements');
                            }
                            if (obj.prefer.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "prefer" had too many elements');
                            }
                            obj.prefer.push(reader.string());
                            break;
                        }
                        case 4: {
                            if (opts.limits?.avoid != null && obj.avoid.length === opts.limits.avoid) {
                                throw new MaxLengthError('Decode error - repeated field "avoid" had too many elements');
                            }
                            if (obj.avoid.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "avoid" had too many elements');
                            }
                            obj.avoid.push(reader.string());
                            break;
                        }
                        case 5: {
                            obj.copiesFrom = reader.string();
                            break;
                        }
                        case 6: {
                            obj.retentionFrom = reader.string();
                            break;
                        }
                        case 7: {
                            obj.preferFrom = reader.string();
                            break;
                        }
                        case 8: {
                            obj.avoidFrom = reader.string();
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
                    prefer: 16,
                    avoid: 16
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.copies`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.retentionMs`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.prefer != null && obj.prefer === opts.limits.prefer) {
                                throw new MaxLengthError('Streaming decode error - repeated field "prefer" had too many elements');
                            }
                            if (obj.prefer === 16) {
                                throw new MaxLengthError('Streaming decode error - repeated field "prefer" had too many elements');
                            }
                            yield {
                                field: `${prefix}.prefer[]`,
                                index: obj.prefer,
                                value: reader.string()
                            };
                            obj.prefer++;
                            break;
                        }
                        case 4: {
                            if (opts.limits?.avoid != null && obj.avoid === opts.limits.avoid) {
                                throw new MaxLengthError('Streaming decode error - repeated field "avoid" had too many elements');
                            }
                            if (obj.avoid === 16) {
                                throw new MaxLengthError('Streaming decode error - repeated field "avoid" had too many elements');
                            }
                            yield {
                                field: `${prefix}.avoid[]`,
                                index: obj.avoid,
                                value: reader.string()
                            };
                            obj.avoid++;
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.copiesFrom`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.retentionFrom`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.preferFrom`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 8: {
                            yield {
                                field: `${prefix}.avoidFrom`,
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
        return encodeMessage(obj, PathPolicy.codec());
    }
    PathPolicy.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PathPolicy.codec(), opts);
    }
    PathPolicy.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PathPolicy.codec(), opts);
    }
    PathPolicy.stream = stream;
})(PathPolicy || (PathPolicy = {}));
export var CopiesReply;
(function (CopiesReply) {
    let _codec;
    CopiesReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.counted != null && obj.counted !== false)) {
                    w.uint32(8);
                    w.bool(obj.counted);
                }
                if ((obj.used != null && obj.used !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.used);
                }
                if ((obj.under != null && obj.under !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.under);
                }
                if ((obj.bare != null && obj.bare !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.bare);
                }
                if ((obj.unreachable != null && obj.unreachable !== 0)) {
                    w.uint32(40);
                    w.uint64Number(obj.unreachable);
                }
                if ((obj.unused != null && obj.unused !== 0)) {
                    w.uint32(48);
                    w.uint64Number(obj.unused);
                }
                if ((obj.ordered != null && obj.ordered !== 0)) {
                    w.uint32(56);
                    w.uint64Number(obj.ordered);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    counted: false,
                    used: 0,
                    under: 0,
                    bare: 0,
                    unreachable: 0,
                    unused: 0,
                    ordered: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.counted = reader.bool();
                            break;
                        }
                        case 2: {
                            obj.used = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.under = reader.uint64Number();
                            break;
                        }
                        case 4: {
                            obj.bare = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.unreachable = reader.uint64Number();
                            break;
                        }
                        case 6: {
                            obj.unused = reader.uint64Number();
                            break;
                        }
                        case 7: {
                            obj.ordered = reader.uint64Number();
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
                                field: `${prefix}.counted`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.used`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.under`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.bare`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.unreachable`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.unused`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.ordered`,
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
        return encodeMessage(obj, CopiesReply.codec());
    }
    CopiesReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, CopiesReply.codec(), opts);
    }
    CopiesReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, CopiesReply.codec(), opts);
    }
    CopiesReply.stream = stream;
})(CopiesReply || (CopiesReply = {}));
export var AllocateRequest;
(function (AllocateRequest) {
    let _codec;
    AllocateRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.count != null && obj.count !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.count);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    count: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.count = reader.uint64Number();
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
                                field: `${prefix}.count`,
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
        return encodeMessage(obj, AllocateRequest.codec());
    }
    AllocateRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, AllocateRequest.codec(), opts);
    }
    AllocateRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, AllocateRequest.codec(), opts);
    }
    AllocateRequest.stream = stream;
})(AllocateRequest || (AllocateRequest = {}));
export var LeaseReply;
(function (LeaseReply) {
    let _codec;
    LeaseReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.lease != null && obj.lease !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.lease);
                }
                if ((obj.first != null && obj.first !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.first);
                }
                if ((obj.count != null && obj.count !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.count);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    lease: 0,
                    first: 0,
                    count: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.lease = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.first = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.count = reader.uint64Number();
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
                                field: `${prefix}.lease`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.first`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.count`,
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
        return encodeMessage(obj, LeaseReply.codec());
    }
    LeaseReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, LeaseReply.codec(), opts);
    }
    LeaseReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, LeaseReply.codec(), opts);
    }
    LeaseReply.stream = stream;
})(LeaseReply || (LeaseReply = {}));
export var RenewRequest;
(function (RenewRequest) {
    let _codec;
    RenewRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.leases != null && obj.leases.length > 0) {
                    for (const value of obj.leases) {
                        w.uint32(8);
                        w.uint64Number(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    leases: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.leases != null && obj.leases.length === opts.limits.leases) {
                                throw new MaxLengthError('Decode error - repeated field "leases" had too many elements');
                            }
                            if (obj.leases.length === 4096) {
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
                    leases: 4096
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.leases != null && obj.leases === opts.limits.leases) {
                                throw new MaxLengthError('Streaming decode error - repeated field "leases" had too many elements');
                            }
                            if (obj.leases === 4096) {
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
        return encodeMessage(obj, RenewRequest.codec());
    }
    RenewRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RenewRequest.codec(), opts);
    }
    RenewRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RenewRequest.codec(), opts);
    }
    RenewRequest.stream = stream;
})(RenewRequest || (RenewRequest = {}));
export var StageDigestsRequest;
(function (StageDigestsRequest) {
    let _codec;
    StageDigestsRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.lease != null && obj.lease !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.lease);
                }
                if ((obj.first != null && obj.first !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.first);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    lease: 0,
                    first: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.lease = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.first = reader.uint64Number();
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
                                field: `${prefix}.lease`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.first`,
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
        return encodeMessage(obj, StageDigestsRequest.codec());
    }
    StageDigestsRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, StageDigestsRequest.codec(), opts);
    }
    StageDigestsRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, StageDigestsRequest.codec(), opts);
    }
    StageDigestsRequest.stream = stream;
})(StageDigestsRequest || (StageDigestsRequest = {}));
export var StageRequest;
(function (StageRequest) {
    let _codec;
    StageRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.stage != null && obj.stage !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.stage);
                }
                if ((obj.part != null && obj.part !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.part);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    stage: 0,
                    part: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.stage = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.part = reader.uint64Number();
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
                                field: `${prefix}.stage`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.part`,
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
        return encodeMessage(obj, StageRequest.codec());
    }
    StageRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, StageRequest.codec(), opts);
    }
    StageRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, StageRequest.codec(), opts);
    }
    StageRequest.stream = stream;
})(StageRequest || (StageRequest = {}));
export var GiveUpStageRequest;
(function (GiveUpStageRequest) {
    let _codec;
    GiveUpStageRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.stage != null && obj.stage !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.stage);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    stage: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.stage = reader.uint64Number();
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
                                field: `${prefix}.stage`,
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
        return encodeMessage(obj, GiveUpStageRequest.codec());
    }
    GiveUpStageRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, GiveUpStageRequest.codec(), opts);
    }
    GiveUpStageRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, GiveUpStageRequest.codec(), opts);
    }
    GiveUpStageRequest.stream = stream;
})(GiveUpStageRequest || (GiveUpStageRequest = {}));
export var CommitRequest;
(function (CommitRequest) {
    let _codec;
    CommitRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.number != null && obj.number !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.number);
                }
                if ((obj.digest != null && obj.digest.byteLength > 0)) {
                    w.uint32(18);
                    w.bytes(obj.digest);
                }
                if (obj.leases != null && obj.leases.length > 0) {
                    for (const value of obj.leases) {
                        w.uint32(24);
                        w.uint64Number(value);
                    }
                }
                if (obj.peers != null && obj.peers.length > 0) {
                    for (const value of obj.peers) {
                        w.uint32(34);
                        w.string(value);
                    }
                }
                if (obj.locations != null && obj.locations.length > 0) {
                    for (const value of obj.locations) {
                        w.uint32(42);
                        Location.codec().encode(value, w);
                    }
                }
                if ((obj.note != null && obj.note !== '')) {
                    w.uint32(50);
                    w.string(obj.note);
                }
                if ((obj.stage != null && obj.stage !== 0)) {
                    w.uint32(56);
                    w.uint64Number(obj.stage);
                }
                if ((obj.parts != null && obj.parts !== 0)) {
                    w.uint32(64);
                    w.uint64Number(obj.parts);
                }
                if ((obj.minCopies != null && obj.minCopies !== 0)) {
                    w.uint32(72);
                    w.uint32(obj.minCopies);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    number: 0,
                    digest: new Uint8Array(0),
                    leases: [],
                    peers: [],
                    locations: [],
                    note: '',
                    stage: 0,
                    parts: 0,
                    minCopies: 0
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
                            obj.digest = reader.bytes();
                            break;
                        }
                        case 3: {
                            if (opts.limits?.leases != null && obj.leases.length === opts.limits.leases) {
                                throw new MaxLengthError('Decode error - repeated field "leases" had too many elements');
                            }
                            if (obj.leases.length === 4096) {
                                throw new MaxLengthError('Decode error - repeated field "leases" had too many elements');
                            }
                            obj.leases.push(reader.uint64Number());
                            break;
                        }
                        case 4: {
                            if (opts.limits?.peers != null && obj.peers.length === opts.limits.peers) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers.length === 4096) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            obj.peers.push(reader.string());
                            break;
                        }
                        case 5: {
                            if (opts.limits?.locations != null && obj.locations.length === opts.limits.locations) {
                                throw new MaxLengthError('Decode error - repeated field "locations" had too many elements');
                            }
                            if (obj.locations.length === 32768) {
                                throw new MaxLengthError('Decode error - repeated field "locations" had too many elements');
                            }
                            obj.locations.push(Location.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.locations$
                            }));
                            break;
                        }
                        case 6: {
                            obj.note = reader.string();
                            break;
                        }
                        case 7: {
                            obj.stage = reader.uint64Number();
                            break;
                        }
                        case 8: {
                            obj.parts = reader.uint64Number();
                            break;
                        }
                        case 9: {
                            obj.minCopies = reader.uint32();
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
                    leases: 4096,
                    peers: 4096,
                    locations: 32768
                };
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
                                field: `${prefix}.digest`,
                                value: reader.bytes()
                            };
                            break;
                        }
                        case 3: {
                            if (opts.limits?.leases != null && obj.leases === opts.limits.leases) {
                                throw new MaxLengthError('Streaming decode error - repeated field "leases" had too many elements');
                            }
                            if (obj.leases === 4096) {
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
                        case 4: {
                            if (opts.limits?.peers != null && obj.peers === opts.limits.peers) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers === 4096) {
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
                        case 5: {
                            if (opts.limits?.locations != null && obj.locations === opts.limits.locations) {
                                throw new MaxLengthError('Streaming decode error - repeated field "locations" had too many elements');
                            }
                            if (obj.locations === 32768) {
                                throw new MaxLengthError('Streaming decode error - repeated field "locations" had too many elements');
                            }
                            for (const evt of Location.codec().stream(reader, reader.uint32(), `${prefix}.locations[]`, {
                                limits: opts.limits?.locations$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.locations
                                };
                            }
                            obj.locations++;
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.note`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.stage`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 8: {
                            yield {
                                field: `${prefix}.parts`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 9: {
                            yield {
                                field: `${prefix}.minCopies`,
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
        return encodeMessage(obj, CommitRequest.codec());
    }
    CommitRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, CommitRequest.codec(), opts);
    }
    CommitRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, CommitRequest.codec(), opts);
    }
    CommitRequest.stream = stream;
})(CommitRequest || (CommitRequest = {}));
export var Location;
(function (Location) {
    let _codec;
    Location.codec = () => {
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
                if ((obj.peer != null && obj.peer !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.peer);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    first: 0,
                    count: 0,
                    peer: 0
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
                            obj.peer = reader.uint32();
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
                                field: `${prefix}.peer`,
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
        return encodeMessage(obj, Location.codec());
    }
    Location.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Location.codec(), opts);
    }
    Location.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Location.codec(), opts);
    }
    Location.stream = stream;
})(Location || (Location = {}));
export var Changes;
(function (Changes) {
    let _codec;
    Changes.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.changes != null && obj.changes.length > 0) {
                    for (const value of obj.changes) {
                        w.uint32(10);
                        Change.codec().encode(value, w);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    changes: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.changes != null && obj.changes.length === opts.limits.changes) {
                                throw new MaxLengthError('Decode error - repeated field "changes" had too many elements');
                            }
                            if (obj.changes.length === 1024) {
                                throw new MaxLengthError('Decode error - repeated field "changes" had too many elements');
                            }
                            obj.changes.push(Change.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.changes$
                            }));
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
                            if (opts.limits?.changes != null && obj.changes === opts.limits.changes) {
                                throw new MaxLengthError('Streaming decode error - repeated field "changes" had too many elements');
                            }
                            if (obj.changes === 1024) {
                                throw new MaxLengthError('Streaming decode error - repeated field "changes" had too many elements');
                            }
                            for (const evt of Change.codec().stream(reader, reader.uint32(), `${prefix}.changes[]`, {
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
export var Change;
(function (Change) {
    let _codec;
    Change.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.op != null && obj.op !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.op);
                }
                if ((obj.path != null && obj.path !== '')) {
                    w.uint32(18);
                    w.string(obj.path);
                }
                if (obj.file != null) {
                    w.uint32(26);
                    FileBody.codec().encode(obj.file, w);
                }
                if (obj.other != null) {
                    w.uint32(34);
                    w.string(obj.other);
                }
                if (obj.at != null) {
                    w.uint32(40);
                    w.uint64Number(obj.at);
                }
                if ((obj.whenAbsent != null && obj.whenAbsent !== false)) {
                    w.uint32(48);
                    w.bool(obj.whenAbsent);
                }
                if (obj.whenRevision != null) {
                    w.uint32(56);
                    w.uint64Number(obj.whenRevision);
                }
                if (obj.policy != null) {
                    w.uint32(66);
                    Policy.codec().encode(obj.policy, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    op: 0,
                    path: '',
                    whenAbsent: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.op = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.path = reader.string();
                            break;
                        }
                        case 3: {
                            obj.file = FileBody.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.file
                            });
                            break;
                        }
                        case 4: {
                            obj.other = reader.string();
                            break;
                        }
                        case 5: {
                            obj.at = reader.uint64Number();
                            break;
                        }
                        case 6: {
                            obj.whenAbsent = reader.bool();
                            break;
                        }
                        case 7: {
                            obj.whenRevision = reader.uint64Number();
                            break;
                        }
                        case 8: {
                            obj.policy = Policy.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.policy
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
                                field: `${prefix}.op`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.path`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 3: {
                            yield* FileBody.codec().stream(reader, reader.uint32(), `${prefix}.file`, {
                                limits: opts.limits?.file
                            });
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.other`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.at`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.whenAbsent`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 7: {
                            yield {
                                field: `${prefix}.whenRevision`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 8: {
                            yield* Policy.codec().stream(reader, reader.uint32(), `${prefix}.policy`, {
                                limits: opts.limits?.policy
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
        return encodeMessage(obj, Change.codec());
    }
    Change.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Change.codec(), opts);
    }
    Change.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Change.codec(), opts);
    }
    Change.stream = stream;
})(Change || (Change = {}));
export var Policy;
(function (Policy) {
    let _codec;
    Policy.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.copies != null) {
                    w.uint32(8);
                    w.uint64Number(obj.copies);
                }
                if (obj.retentionMs != null) {
                    w.uint32(16);
                    w.uint64Number(obj.retentionMs);
                }
                if (obj.prefer != null) {
                    w.uint32(26);
                    Labels.codec().encode(obj.prefer, w);
                }
                if (obj.avoid != null) {
                    w.uint32(34);
                    Labels.codec().encode(obj.avoid, w);
                }
                if (obj.inherit != null && obj.inherit.length > 0) {
                    for (const value of obj.inherit) {
                        w.uint32(40);
                        w.uint32(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    inherit: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.copies = reader.uint64Number();
                            break;
                        }
                        case 2: {
                            obj.retentionMs = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.prefer = Labels.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.prefer
                            });
                            break;
                        }
                        case 4: {
                            obj.avoid = Labels.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.avoid
                            });
                            break;
                        }
                        case 5: {
                            if (opts.limits?.inherit != null && obj.inherit.length === opts.limits.inherit) {
                                throw new MaxLengthError('Decode error - repeated field "inherit" had too many elements');
                            }
                            if (obj.inherit.length === 4) {
                                throw new MaxLengthError('Decode error - repeated field "inherit" had too many elements');
                            }
                            obj.inherit.push(reader.uint32());
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
                    inherit: 4
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.copies`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.retentionMs`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield* Labels.codec().stream(reader, reader.uint32(), `${prefix}.prefer`, {
                                limits: opts.limits?.prefer
                            });
                            break;
                        }
                        case 4: {
                            yield* Labels.codec().stream(reader, reader.uint32(), `${prefix}.avoid`, {
                                limits: opts.limits?.avoid
                            });
                            break;
                        }
                        case 5: {
                            if (opts.limits?.inherit != null && obj.inherit === opts.limits.inherit) {
                                throw new MaxLengthError('Streaming decode error - repeated field "inherit" had too many elements');
                            }
                            if (obj.inherit === 4) {
                                throw new MaxLengthError('Streaming decode error - repeated field "inherit" had too many elements');
                            }
                            yield {
                                field: `${prefix}.inherit[]`,
                                index: obj.inherit,
                                value: reader.uint32()
                            };
                            obj.inherit++;
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
        return encodeMessage(obj, Policy.codec());
    }
    Policy.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Policy.codec(), opts);
    }
    Policy.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Policy.codec(), opts);
    }
    Policy.stream = stream;
})(Policy || (Policy = {}));
export var Labels;
(function (Labels) {
    let _codec;
    Labels.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.labels != null && obj.labels.length > 0) {
                    for (const value of obj.labels) {
                        w.uint32(10);
                        w.string(value);
                    }
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    labels: []
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.labels != null && obj.labels.length === opts.limits.labels) {
                                throw new MaxLengthError('Decode error - repeated field "labels" had too many elements');
                            }
                            if (obj.labels.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "labels" had too many elements');
                            }
                            obj.labels.push(reader.string());
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
        return encodeMessage(obj, Labels.codec());
    }
    Labels.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Labels.codec(), opts);
    }
    Labels.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Labels.codec(), opts);
    }
    Labels.stream = stream;
})(Labels || (Labels = {}));
export var CommitReply;
(function (CommitReply) {
    let _codec;
    CommitReply.codec = () => {
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
                if ((obj.again != null && obj.again !== false)) {
                    w.uint32(24);
                    w.bool(obj.again);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0,
                    at: 0,
                    again: false
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
                            obj.again = reader.bool();
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
                            yield {
                                field: `${prefix}.at`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.again`,
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
        return encodeMessage(obj, CommitReply.codec());
    }
    CommitReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, CommitReply.codec(), opts);
    }
    CommitReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, CommitReply.codec(), opts);
    }
    CommitReply.stream = stream;
})(CommitReply || (CommitReply = {}));
export var LogRequest;
(function (LogRequest) {
    let _codec;
    LogRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.path != null) {
                    w.uint32(10);
                    w.string(obj.path);
                }
                if (obj.before != null) {
                    w.uint32(16);
                    w.uint64Number(obj.before);
                }
                if (obj.limit != null) {
                    w.uint32(24);
                    w.uint64Number(obj.limit);
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
                        case 1: {
                            obj.path = reader.string();
                            break;
                        }
                        case 2: {
                            obj.before = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.limit = reader.uint64Number();
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
                                field: `${prefix}.path`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.before`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.limit`,
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
        return encodeMessage(obj, LogRequest.codec());
    }
    LogRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, LogRequest.codec(), opts);
    }
    LogRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, LogRequest.codec(), opts);
    }
    LogRequest.stream = stream;
})(LogRequest || (LogRequest = {}));
export var LogReply;
(function (LogReply) {
    let _codec;
    LogReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.entries != null && obj.entries.length > 0) {
                    for (const value of obj.entries) {
                        w.uint32(10);
                        LogEntry.codec().encode(value, w);
                    }
                }
                if ((obj.more != null && obj.more !== false)) {
                    w.uint32(16);
                    w.bool(obj.more);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    entries: [],
                    more: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.entries != null && obj.entries.length === opts.limits.entries) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries.length === 1000) {
                                throw new MaxLengthError('Decode error - repeated field "entries" had too many elements');
                            }
                            obj.entries.push(LogEntry.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.entries$
                            }));
                            break;
                        }
                        case 2: {
                            obj.more = reader.bool();
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
                    entries: 1000
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.entries != null && obj.entries === opts.limits.entries) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            if (obj.entries === 1000) {
                                throw new MaxLengthError('Streaming decode error - repeated field "entries" had too many elements');
                            }
                            for (const evt of LogEntry.codec().stream(reader, reader.uint32(), `${prefix}.entries[]`, {
                                limits: opts.limits?.entries$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.entries
                                };
                            }
                            obj.entries++;
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.more`,
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
        return encodeMessage(obj, LogReply.codec());
    }
    LogReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, LogReply.codec(), opts);
    }
    LogReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, LogReply.codec(), opts);
    }
    LogReply.stream = stream;
})(LogReply || (LogReply = {}));
export var LogEntry;
(function (LogEntry) {
    let _codec;
    LogEntry.codec = () => {
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
                if ((obj.writer != null && obj.writer !== '')) {
                    w.uint32(26);
                    w.string(obj.writer);
                }
                if ((obj.changes != null && obj.changes !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.changes);
                }
                if ((obj.summary != null && obj.summary !== '')) {
                    w.uint32(42);
                    w.string(obj.summary);
                }
                if ((obj.note != null && obj.note !== '')) {
                    w.uint32(50);
                    w.string(obj.note);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    revision: 0,
                    at: 0,
                    writer: '',
                    changes: 0,
                    summary: '',
                    note: ''
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
                            obj.writer = reader.string();
                            break;
                        }
                        case 4: {
                            obj.changes = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.summary = reader.string();
                            break;
                        }
                        case 6: {
                            obj.note = reader.string();
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
                            yield {
                                field: `${prefix}.at`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.writer`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.changes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.summary`,
                                value: reader.string()
                            };
                            break;
                        }
                        case 6: {
                            yield {
                                field: `${prefix}.note`,
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
        return encodeMessage(obj, LogEntry.codec());
    }
    LogEntry.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, LogEntry.codec(), opts);
    }
    LogEntry.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, LogEntry.codec(), opts);
    }
    LogEntry.stream = stream;
})(LogEntry || (LogEntry = {}));
export var PageRequest;
(function (PageRequest) {
    let _codec;
    PageRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.skip != null && obj.skip !== 0)) {
                    w.uint32(8);
                    w.uint64Number(obj.skip);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    skip: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.skip = reader.uint64Number();
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
                                field: `${prefix}.skip`,
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
        return encodeMessage(obj, PageRequest.codec());
    }
    PageRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PageRequest.codec(), opts);
    }
    PageRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PageRequest.codec(), opts);
    }
    PageRequest.stream = stream;
})(PageRequest || (PageRequest = {}));
export var PeersReply;
(function (PeersReply) {
    let _codec;
    PeersReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.peers != null && obj.peers.length > 0) {
                    for (const value of obj.peers) {
                        w.uint32(10);
                        PeerInfo.codec().encode(value, w);
                    }
                }
                if ((obj.more != null && obj.more !== false)) {
                    w.uint32(16);
                    w.bool(obj.more);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peers: [],
                    more: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.peers != null && obj.peers.length === opts.limits.peers) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers.length === 4096) {
                                throw new MaxLengthError('Decode error - repeated field "peers" had too many elements');
                            }
                            obj.peers.push(PeerInfo.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.peers$
                            }));
                            break;
                        }
                        case 2: {
                            obj.more = reader.bool();
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
                    peers: 4096
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.peers != null && obj.peers === opts.limits.peers) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            if (obj.peers === 4096) {
                                throw new MaxLengthError('Streaming decode error - repeated field "peers" had too many elements');
                            }
                            for (const evt of PeerInfo.codec().stream(reader, reader.uint32(), `${prefix}.peers[]`, {
                                limits: opts.limits?.peers$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.peers
                                };
                            }
                            obj.peers++;
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.more`,
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
        return encodeMessage(obj, PeersReply.codec());
    }
    PeersReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PeersReply.codec(), opts);
    }
    PeersReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PeersReply.codec(), opts);
    }
    PeersReply.stream = stream;
})(PeersReply || (PeersReply = {}));
export var PeerInfo;
(function (PeerInfo) {
    let _codec;
    PeerInfo.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.peer != null && obj.peer !== '')) {
                    w.uint32(10);
                    w.string(obj.peer);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if ((obj.role != null && obj.role !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.role);
                }
                if ((obj.online != null && obj.online !== false)) {
                    w.uint32(32);
                    w.bool(obj.online);
                }
                if ((obj.seenAt != null && obj.seenAt !== 0)) {
                    w.uint32(40);
                    w.uint64Number(obj.seenAt);
                }
                if (obj.addresses != null && obj.addresses.length > 0) {
                    for (const value of obj.addresses) {
                        w.uint32(50);
                        w.string(value);
                    }
                }
                if ((obj.chunks != null && obj.chunks !== 0)) {
                    w.uint32(56);
                    w.uint64Number(obj.chunks);
                }
                if ((obj.capacityBytes != null && obj.capacityBytes !== 0)) {
                    w.uint32(64);
                    w.uint64Number(obj.capacityBytes);
                }
                if ((obj.freeBytes != null && obj.freeBytes !== 0)) {
                    w.uint32(72);
                    w.uint64Number(obj.freeBytes);
                }
                if (obj.keeper != null) {
                    w.uint32(82);
                    KeeperInfo.codec().encode(obj.keeper, w);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peer: '',
                    name: '',
                    role: 0,
                    online: false,
                    seenAt: 0,
                    addresses: [],
                    chunks: 0,
                    capacityBytes: 0,
                    freeBytes: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.peer = reader.string();
                            break;
                        }
                        case 2: {
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.role = reader.uint32();
                            break;
                        }
                        case 4: {
                            obj.online = reader.bool();
                            break;
                        }
                        case 5: {
                            obj.seenAt = reader.uint64Number();
                            break;
                        }
                        case 6: {
                            if (opts.limits?.addresses != null && obj.addresses.length === opts.limits.addresses) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            if (obj.addresses.length === 16) {
                                throw new MaxLengthError('Decode error - repeated field "addresses" had too many elements');
                            }
                            obj.addresses.push(reader.string());
                            break;
                        }
                        case 7: {
                            obj.chunks = reader.uint64Number();
                            break;
                        }
                        case 8: {
                            obj.capacityBytes = reader.uint64Number();
                            break;
                        }
                        case 9: {
                            obj.freeBytes = reader.uint64Number();
                            break;
                        }
                        case 10: {
                            obj.keeper = KeeperInfo.codec().decode(reader, reader.uint32(), {
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
                    addresses: 16
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            yield {
                                field: `${prefix}.peer`,
                                value: reader.string()
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
                                field: `${prefix}.role`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.online`,
                                value: reader.bool()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.seenAt`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 6: {
                            if (opts.limits?.addresses != null && obj.addresses === opts.limits.addresses) {
                                throw new MaxLengthError('Streaming decode error - repeated field "addresses" had too many elements');
                            }
                            if (obj.addresses === 16) {
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
                        case 7: {
                            yield {
                                field: `${prefix}.chunks`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 8: {
                            yield {
                                field: `${prefix}.capacityBytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 9: {
                            yield {
                                field: `${prefix}.freeBytes`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 10: {
                            yield* KeeperInfo.codec().stream(reader, reader.uint32(), `${prefix}.keeper`, {
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
        return encodeMessage(obj, PeerInfo.codec());
    }
    PeerInfo.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, PeerInfo.codec(), opts);
    }
    PeerInfo.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, PeerInfo.codec(), opts);
    }
    PeerInfo.stream = stream;
})(PeerInfo || (PeerInfo = {}));
export var KeeperInfo;
(function (KeeperInfo) {
    let _codec;
    KeeperInfo.codec = () => {
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
                if ((obj.kept != null && obj.kept !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.kept);
                }
                if ((obj.needed != null && obj.needed !== 0)) {
                    w.uint32(40);
                    w.uint64Number(obj.needed);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    usedBytes: 0,
                    labels: [],
                    draining: false,
                    kept: 0,
                    needed: 0
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
                        case 4: {
                            obj.kept = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.needed = reader.uint64Number();
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
                        case 4: {
                            yield {
                                field: `${prefix}.kept`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.needed`,
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
        return encodeMessage(obj, KeeperInfo.codec());
    }
    KeeperInfo.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, KeeperInfo.codec(), opts);
    }
    KeeperInfo.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, KeeperInfo.codec(), opts);
    }
    KeeperInfo.stream = stream;
})(KeeperInfo || (KeeperInfo = {}));
export var MembersReply;
(function (MembersReply) {
    let _codec;
    MembersReply.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if (obj.members != null && obj.members.length > 0) {
                    for (const value of obj.members) {
                        w.uint32(10);
                        Member.codec().encode(value, w);
                    }
                }
                if ((obj.more != null && obj.more !== false)) {
                    w.uint32(16);
                    w.bool(obj.more);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    members: [],
                    more: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.members != null && obj.members.length === opts.limits.members) {
                                throw new MaxLengthError('Decode error - repeated field "members" had too many elements');
                            }
                            if (obj.members.length === 4096) {
                                throw new MaxLengthError('Decode error - repeated field "members" had too many elements');
                            }
                            obj.members.push(Member.codec().decode(reader, reader.uint32(), {
                                limits: opts.limits?.members$
                            }));
                            break;
                        }
                        case 2: {
                            obj.more = reader.bool();
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
                    members: 4096
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            if (opts.limits?.members != null && obj.members === opts.limits.members) {
                                throw new MaxLengthError('Streaming decode error - repeated field "members" had too many elements');
                            }
                            if (obj.members === 4096) {
                                throw new MaxLengthError('Streaming decode error - repeated field "members" had too many elements');
                            }
                            for (const evt of Member.codec().stream(reader, reader.uint32(), `${prefix}.members[]`, {
                                limits: opts.limits?.members$
                            })) {
                                yield {
                                    ...evt,
                                    index: obj.members
                                };
                            }
                            obj.members++;
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.more`,
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
        return encodeMessage(obj, MembersReply.codec());
    }
    MembersReply.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, MembersReply.codec(), opts);
    }
    MembersReply.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, MembersReply.codec(), opts);
    }
    MembersReply.stream = stream;
})(MembersReply || (MembersReply = {}));
export var Member;
(function (Member) {
    let _codec;
    Member.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.peer != null && obj.peer !== '')) {
                    w.uint32(10);
                    w.string(obj.peer);
                }
                if ((obj.name != null && obj.name !== '')) {
                    w.uint32(18);
                    w.string(obj.name);
                }
                if ((obj.role != null && obj.role !== 0)) {
                    w.uint32(24);
                    w.uint32(obj.role);
                }
                if ((obj.joinedAt != null && obj.joinedAt !== 0)) {
                    w.uint32(32);
                    w.uint64Number(obj.joinedAt);
                }
                if ((obj.revoked != null && obj.revoked !== false)) {
                    w.uint32(40);
                    w.bool(obj.revoked);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peer: '',
                    name: '',
                    role: 0,
                    joinedAt: 0,
                    revoked: false
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.peer = reader.string();
                            break;
                        }
                        case 2: {
                            obj.name = reader.string();
                            break;
                        }
                        case 3: {
                            obj.role = reader.uint32();
                            break;
                        }
                        case 4: {
                            obj.joinedAt = reader.uint64Number();
                            break;
                        }
                        case 5: {
                            obj.revoked = reader.bool();
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
                                field: `${prefix}.peer`,
                                value: reader.string()
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
                                field: `${prefix}.role`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 4: {
                            yield {
                                field: `${prefix}.joinedAt`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 5: {
                            yield {
                                field: `${prefix}.revoked`,
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
        return encodeMessage(obj, Member.codec());
    }
    Member.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, Member.codec(), opts);
    }
    Member.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, Member.codec(), opts);
    }
    Member.stream = stream;
})(Member || (Member = {}));
export var InviteRequest;
(function (InviteRequest) {
    let _codec;
    InviteRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.role != null && obj.role !== 0)) {
                    w.uint32(8);
                    w.uint32(obj.role);
                }
                if ((obj.expiresInMs != null && obj.expiresInMs !== 0)) {
                    w.uint32(16);
                    w.uint64Number(obj.expiresInMs);
                }
                if ((obj.uses != null && obj.uses !== 0)) {
                    w.uint32(24);
                    w.uint64Number(obj.uses);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    role: 0,
                    expiresInMs: 0,
                    uses: 0
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.role = reader.uint32();
                            break;
                        }
                        case 2: {
                            obj.expiresInMs = reader.uint64Number();
                            break;
                        }
                        case 3: {
                            obj.uses = reader.uint64Number();
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
                                field: `${prefix}.role`,
                                value: reader.uint32()
                            };
                            break;
                        }
                        case 2: {
                            yield {
                                field: `${prefix}.expiresInMs`,
                                value: reader.uint64Number()
                            };
                            break;
                        }
                        case 3: {
                            yield {
                                field: `${prefix}.uses`,
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
        return encodeMessage(obj, InviteRequest.codec());
    }
    InviteRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, InviteRequest.codec(), opts);
    }
    InviteRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, InviteRequest.codec(), opts);
    }
    InviteRequest.stream = stream;
})(InviteRequest || (InviteRequest = {}));
export var RevokeRequest;
(function (RevokeRequest) {
    let _codec;
    RevokeRequest.codec = () => {
        if (_codec == null) {
            _codec = message((obj, w, opts = {}) => {
                if (opts.lengthDelimited !== false) {
                    w.fork();
                }
                if ((obj.peer != null && obj.peer !== '')) {
                    w.uint32(10);
                    w.string(obj.peer);
                }
                if (opts.lengthDelimited !== false) {
                    w.ldelim();
                }
            }, (reader, length, opts = {}) => {
                const obj = {
                    peer: ''
                };
                const end = length == null ? reader.len : reader.pos + length;
                while (reader.pos < end) {
                    const tag = reader.uint32();
                    switch (tag >>> 3) {
                        case 1: {
                            obj.peer = reader.string();
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
                                field: `${prefix}.peer`,
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
        return encodeMessage(obj, RevokeRequest.codec());
    }
    RevokeRequest.encode = encode;
    function decode(buf, opts) {
        return decodeMessage(buf, RevokeRequest.codec(), opts);
    }
    RevokeRequest.decode = decode;
    function stream(buf, opts) {
        return streamMessage(buf, RevokeRequest.codec(), opts);
    }
    RevokeRequest.stream = stream;
})(RevokeRequest || (RevokeRequest = {}));
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
