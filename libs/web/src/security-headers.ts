/** What browsers are told of everything that is served, each with its reason. */
import type { OutgoingHttpHeaders } from "node:http";

/** Of the UI: its own scripts alone, which may speak to this server alone. */
const UI_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Mantine writes its colours into a style element.
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self'",
  "img-src 'self' data: blob:",
  "media-src 'self'",
  "font-src 'self'",
  "manifest-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Of a file of the drive, which a stranger may have written: an origin of its own, in which nothing
 * runs and from which nothing is asked.
 */
const FILE_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

const FOR_ALL: OutgoingHttpHeaders = {
  // Types are as said, so that text is never run.
  "x-content-type-options": "nosniff",
  // Where a link leads learns nothing of paths and tickets.
  "referrer-policy": "no-referrer",
  // No page elsewhere can show, embed or hold on to what is here.
  "cross-origin-resource-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
  "x-frame-options": "DENY",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

export const UI_HEADERS: OutgoingHttpHeaders = { ...FOR_ALL, "content-security-policy": UI_POLICY };

export const FILE_HEADERS: OutgoingHttpHeaders = {
  ...FOR_ALL,
  "content-security-policy": FILE_POLICY,
  // The browser of a borrowed machine keeps nothing.
  "cache-control": "no-store",
};

export const ANSWER_HEADERS: OutgoingHttpHeaders = { ...UI_HEADERS, "cache-control": "no-store" };
