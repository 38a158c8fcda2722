import { GoliathError } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { disposition, shownAs } from "./media-type.ts";
import { openTestWeb } from "./testing/test-web.ts";

const CONTENT = "0123456789";
const ETAG = `"${"ab".repeat(32)}"`;

describe("a range of a file", () => {
  it.each([
    ["bytes=2-4", 206, "234", "bytes 2-4/10"],
    ["bytes=7-", 206, "789", "bytes 7-9/10"],
    ["bytes=-2", 206, "89", "bytes 8-9/10"],
    ["bytes=-20", 206, CONTENT, "bytes 0-9/10"],
    ["bytes=8-99999999999999999999", 206, "89", "bytes 8-9/10"],
    ["BYTES=0-0", 206, "0", "bytes 0-0/10"],
    ["bytes=10-", 416, "", "bytes */10"],
    ["bytes=-0", 416, "", "bytes */10"],
    // What is malformed, and several at once, a server may ignore (RFC 9110, 14.2).
    ["bytes=5-2", 200, CONTENT, undefined],
    ["bytes=0-1,4-5", 200, CONTENT, undefined],
    ["bytes=a-b", 200, CONTENT, undefined],
    ["bytes=-", 200, CONTENT, undefined],
    ["bytes=1e0-3", 200, CONTENT, undefined],
    ["bytes=0x1-3", 200, CONTENT, undefined],
    ["lines=0-1", 200, CONTENT, undefined],
  ])("of %s is answered with %d", async (range, status, text, contentRange) => {
    await using web = await openTestWeb({ files: { "/a.txt": CONTENT } });
    const reply = await web.ask(await web.ticket("/a.txt"), { headers: { range } });
    expect([reply.status, reply.text, reply.complete]).toEqual([status, text, true]);
    expect(reply.headers["content-range"]).toBe(contentRange);
  });

  it("of another version is answered with all of this one", async () => {
    await using web = await openTestWeb({ files: { "/a.txt": CONTENT } });
    const url = await web.ticket("/a.txt");
    const ask = (known: string) =>
      web.ask(url, { headers: { range: "bytes=1-2", "if-range": known } });
    expect(await ask(ETAG)).toMatchObject({ status: 206, text: "12" });
    for (const known of ['"other"', `W/${ETAG}`, "Tue, 24 Nov 2026 18:00:00 GMT"])
      expect(await ask(known), known).toMatchObject({ status: 200, text: CONTENT });
  });

  it("is told of without bytes, and not sent again to who has it", async () => {
    await using web = await openTestWeb({ files: { "/a.txt": CONTENT, "/empty": "" } });
    const url = await web.ticket("/a.txt");
    const head = await web.ask(url, { method: "HEAD" });
    expect(head).toMatchObject({ status: 200, text: "" });
    expect(head.headers).toMatchObject({ "content-length": "10", etag: ETAG });
    expect(head.headers["accept-ranges"]).toBe("bytes");
    const known = await web.ask(url, { headers: { "if-none-match": `"x", W/${ETAG}` } });
    expect(known).toMatchObject({ status: 304, text: "" });
    const empty = await web.ask(await web.ticket("/empty"), { headers: { range: "bytes=0-" } });
    expect(empty).toMatchObject({ status: 416, text: "" });
    expect(await web.ask(await web.ticket("/empty"))).toMatchObject({ status: 200, text: "" });
  });
});

describe("a file that cannot be had whole", () => {
  const cut = (fail: boolean) => ({
    files: { "/a.txt": CONTENT },
    streams: {
      cat: async function* () {
        yield Buffer.from("012");
        if (fail) throw new GoliathError("no-holder", "its holder went away");
      },
    },
  });

  it.each([true, false])("ends as a failure, never as a shorter one (%s)", async (fail) => {
    await using web = await openTestWeb(cut(fail));
    const reply = await web.ask(await web.ticket("/a.txt"));
    expect(reply.complete).toBe(false);
    await expect(fetch(`${web.origin}${await web.ticket("/a.txt")}`).then((r) => r.text()))
      .rejects //
      .toThrow();
  });

  it("has a status that says so where nothing came yet", async () => {
    const cat = async () => {
      throw new GoliathError("no-holder", "no reachable peer holds this now");
    };
    await using web = await openTestWeb({ files: { "/a.mp4": CONTENT }, streams: { cat } });
    const reply = await web.ask(await web.ticket("/a.mp4"), { headers: { range: "bytes=1-2" } });
    expect(reply).toMatchObject({ status: 503, complete: true });
    expect(reply.headers["content-range"]).toBeUndefined();
    expect(reply.headers["content-type"]).toBe("application/x-ndjson");
  });

  it("is not given more of than was announced", async () => {
    const cat = async function* () {
      yield Buffer.from(`${CONTENT}${CONTENT}`);
    };
    await using web = await openTestWeb({ files: { "/a.txt": CONTENT }, streams: { cat } });
    expect((await web.ask(await web.ticket("/a.txt"))).complete).toBe(false);
  });
});

describe("a reader that leaves", () => {
  it("ends the reading", async () => {
    const ended = Promise.withResolvers<void>();
    const cat = async function* () {
      try {
        for (;;) yield Buffer.alloc(1024 * 1024);
      } finally {
        ended.resolve();
      }
    };
    const resolve = async () => ({
      revision: 1,
      entry: { kind: "file", size: 2 ** 40, root: "ab".repeat(32) },
    });
    await using web = await openTestWeb({ streams: { cat }, methods: { resolve } });
    const stop = new AbortController();
    const url = `${web.origin}${await web.ticket("/a")}`;
    const response = await fetch(url, { signal: stop.signal });
    await response.body?.getReader().read();
    stop.abort();
    await ended.promise;
  });
});

describe("a file is shown", () => {
  it.each([
    ["a.html", "text/plain; charset=utf-8", "inline"],
    ["a.XHTML", "text/plain; charset=utf-8", "inline"],
    ["a.js", "text/plain; charset=utf-8", "inline"],
    ["a.svg", "image/svg+xml", "inline"],
    ["a.png", "image/png", "inline"],
    ["a.mp4", "video/mp4", "inline"],
    ["a.pdf", "application/octet-stream", "attachment"],
    ["a.swf", "application/octet-stream", "attachment"],
    ["a", "application/octet-stream", "attachment"],
    ["a.constructor", "application/octet-stream", "attachment"],
  ])("%s as %s, %s", async (name, type, how) => {
    await using web = await openTestWeb({ files: { [`/${name}`]: "<script>alert(1)</script>" } });
    const { headers } = await web.ask(await web.ticket(`/${name}`));
    expect(headers["content-type"]).toBe(type);
    expect(headers["content-disposition"]).toMatch(new RegExp(`^${how};`, "u"));
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["content-security-policy"]).toContain("sandbox; default-src 'none'");
    const saved = await web.ask(await web.ticket(`/${name}`, { download: true }));
    expect(saved.headers["content-disposition"]).toMatch(/^attachment;/u);
  });

  it.each(['a"b\r\nset-cookie: x=1', "ü;é'*().txt", "\u{1f600}", "a\u202egpj.exe", "%0d%0a"])(
    "under its own name and nothing else: %j",
    (name) => {
      const text = disposition(name, { inline: true });
      expect(text).toMatch(/^inline; filename="[ !#-$&-[\]-~]*"; filename\*=UTF-8''[\w.!~%-]*$/u);
      expect(decodeURIComponent(text.split("''")[1] ?? "")).toBe(name);
      expect(shownAs(name).type).not.toContain("html");
    },
  );
});
