import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { bearer, openTestWeb, PAGE } from "./testing/test-web.ts";

describe("the API", () => {
  it("answers a call as the control socket does", async () => {
    await using web = await openTestWeb({
      methods: {
        count: async (params, { progress }) => {
          await progress(1);
          return { up: params.integer("up") };
        },
        fail: async () => {
          throw new GoliathError("gone", "no longer kept", { about: { revision: 3 } });
        },
      },
    });
    expect(await web.call("count", { up: 2 })).toEqual([{ progress: 1 }, { result: { up: 2 } }]);
    const about = { revision: 3 };
    const error = { code: "gone", message: "no longer kept", about };
    expect(await web.call("fail")).toEqual([{ error }]);
    expect(await web.call("nothing")).toMatchObject([{ error: { code: "unsupported" } }]);
  });

  it("takes a body of unknown length beside its parameters", async () => {
    const taken: string[] = [];
    await using web = await openTestWeb({
      methods: {
        put: async (params, { body }) => {
          for await (const part of body) taken.push(String(part));
          return { path: params.string("path") };
        },
      },
    });
    const query = encodeURIComponent(JSON.stringify({ path: "/a" }));
    const headers = { ...bearer, "transfer-encoding": "chunked" };
    const reply = await web.ask(`/api/v1/put?params=${query}`, {
      method: "POST",
      headers,
      body: "bytes",
    });
    expect(JSON.parse(reply.text)).toEqual({ result: { path: "/a" } });
    expect(taken.join("")).toBe("bytes");
  });
});

describe("the page", () => {
  it("is served for every place within it, and its assets for good", async () => {
    await using web = await openTestWeb();
    for (const path of ["/", "/drive/a.b/c.txt", "/search?q=x", "/../../etc/passwd", "/%2e%2e/x"]) {
      const { status, text, headers } = await web.ask(path);
      expect([status, text, headers["cache-control"]], path).toEqual([200, PAGE, "no-store"]);
    }
    const asset = await web.ask("/assets/page-1.js");
    expect(asset.headers["cache-control"]).toContain("immutable");
    expect(asset.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    const packed = { "accept-encoding": "gzip" };
    const small = await web.ask("/assets/page-1.js", { headers: packed });
    expect(small.headers["content-encoding"]).toBe("gzip");
    expect(Number(small.headers["content-length"])).toBeLessThan(200);
    expect((await web.ask("/assets/page-2.js")).status).toBe(404);
  });

  it("says how it is built where it is not", async () => {
    await using web = await openTestWeb();
    await rm(join(web.ui, "index.html"));
    const { status, text } = await web.ask("/");
    expect([status, text]).toEqual([503, expect.stringContaining("npm run build")]);
    await writeFile(join(web.ui, "index.html"), "built");
    expect(await web.ask("/")).toMatchObject({ status: 200, text: "built" });
  });
});
