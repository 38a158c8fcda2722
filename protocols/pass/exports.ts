export * from "./certificate.ts";
export * from "./handshake.ts";
export * from "./invite.ts";
export * from "./link.ts";
export * from "./member-pass.ts";
export { SIGNED_BYTES_MAX } from "./signed.ts";
