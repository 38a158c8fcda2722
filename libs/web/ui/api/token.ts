/** The token that lets this page speak to the peer: out of the address, kept by the browser. */

const KEY = "goliath-token";

export interface TokenPlaces {
  /** Ends with the tab. */
  session: Storage;
  /** Stays, so that a bookmark opens signed in. */
  local: Storage;
}

export class TokenStore {
  readonly #places: TokenPlaces;

  constructor(places: TokenPlaces) {
    this.#places = places;
  }

  get(): string | undefined {
    const { session, local } = this.#places;
    return session.getItem(KEY) ?? local.getItem(KEY) ?? undefined;
  }

  /** A token that the daemon made anew replaces the old one in both places. */
  keep(token: string): void {
    this.#places.session.setItem(KEY, token);
    this.#places.local.setItem(KEY, token);
  }

  forget(): void {
    this.#places.session.removeItem(KEY);
    this.#places.local.removeItem(KEY);
  }
}

/**
 * Takes `#token=…` out of an address: the token, and the address without it. The fragment never
 * travels in a request or a referrer; it must not stay where a screenshot or a copied link shows it.
 */
export function takeToken(address: string): { token?: string; address: string } {
  const url = new URL(address);
  const token = new URLSearchParams(url.hash.slice(1)).get("token");
  if (!token) return { address };
  url.hash = "";
  return { token, address: url.pathname + url.search };
}
