export * from "./bounds.ts";
export { decodeChanges, digestOfChanges, encodeChanges } from "./change-parts.ts";
export { IndexClient } from "./index-client.ts";
export { serveIndex, type ServeIndexOptions } from "./serve-index.ts";
export * from "./service.ts";
export { StageBudget } from "./stage-budget.ts";
