/** An `IndexService` that asks whichever connection is live at the time of each call. */
import type { IndexService } from "@goliath/protocols/index";

/** What `current` throws becomes the rejection of the call. */
export function delegateIndex(current: () => IndexService): IndexService {
  return {
    drive: async (options) => current().drive(options),
    resolve: async (request, options) => current().resolve(request, options),
    list: async (request, options) => current().list(request, options),
    pathOf: async (request, options) => current().pathOf(request, options),
    digests: async (request, options) => current().digests(request, options),
    holders: async (request, options) => current().holders(request, options),
    allocate: async (request, options) => current().allocate(request, options),
    renew: async (request, options) => current().renew(request, options),
    stageDigests: async (request, options) => current().stageDigests(request, options),
    commit: async (request, options) => current().commit(request, options),
    log: async (request, options) => current().log(request, options),
    peers: async (options) => current().peers(options),
    members: async (options) => current().members(options),
    invite: async (request, options) => current().invite(request, options),
    revoke: async (request, options) => current().revoke(request, options),
    renewPass: async (options) => current().renewPass(options),
  };
}
