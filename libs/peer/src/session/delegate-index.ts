/** An `IndexService` that asks whichever connection is live at the time of each call. */
import type { IndexService } from "@goliath/protocols/index";
import type { CallOptions } from "@goliath/protocols/wire";

/** The live connection, waited for as long as seems worth it. */
type Current = (options: CallOptions | undefined) => Promise<IndexService>;

/** What `current` throws becomes the rejection of the call. */
export function delegateIndex(current: Current): IndexService {
  return {
    drive: async (options) => (await current(options)).drive(options),
    resolve: async (request, options) => (await current(options)).resolve(request, options),
    list: async (request, options) => (await current(options)).list(request, options),
    pathOf: async (request, options) => (await current(options)).pathOf(request, options),
    search: async (request, options) => (await current(options)).search(request, options),
    digests: async (request, options) => (await current(options)).digests(request, options),
    holders: async (request, options) => (await current(options)).holders(request, options),
    allocate: async (request, options) => (await current(options)).allocate(request, options),
    renew: async (request, options) => (await current(options)).renew(request, options),
    stageDigests: async (request, options) =>
      (await current(options)).stageDigests(request, options),
    place: async (request, options) => (await current(options)).place(request, options),
    policies: async (request, options) => (await current(options)).policies(request, options),
    copies: async (options) => (await current(options)).copies(options),
    commit: async (request, options) => (await current(options)).commit(request, options),
    log: async (request, options) => (await current(options)).log(request, options),
    peers: async (options) => (await current(options)).peers(options),
    members: async (options) => (await current(options)).members(options),
    invite: async (request, options) => (await current(options)).invite(request, options),
    revoke: async (request, options) => (await current(options)).revoke(request, options),
    renewPass: async (options) => (await current(options)).renewPass(options),
  };
}
