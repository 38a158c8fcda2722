export { FEED_BOUNDS, FEED_PROTOCOL, FEED_WINDOW_BYTES } from "./bounds.ts";
export { FeedClient } from "./feed-client.ts";
export { serveFeed, type ServeFeedOptions } from "./serve-feed.ts";
export * from "./service.ts";
