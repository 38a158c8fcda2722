export { serveWeb, type ServeWebInit, type Web } from "./serve-web.ts";
export type { SetupControl, SetupStatus, WebControl } from "./web-control.ts";
