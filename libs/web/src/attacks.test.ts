/** What pages, strangers and files of strangers may try against the web UI. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { ManualClock } from "@goliath/kit";
import { describe, expect, it } from "vitest";
import { bearer, openTestWeb, PAGE, TOKEN } from "./testing/test-web.ts";

const SECRET = "/secret-name.txt";
const drive = { files: { [SECRET]: "secret bytes" } };
const post = { method: "POST", body: JSON.stringify({ path: SECRET }) };

describe("who has no token", () => {
  it.each([
    ["nothing", {}],
    ["a wrong one", { authorization: "Bearer wrong" }],
    ["one that is too long", { authorization: `Bearer ${TOKEN}x` }],
    ["a part of it", { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ["no word", { authorization: "Bearer " }],
    ["another scheme", { authorization: `Basic ${btoa(`user:${TOKEN}`)}` }],
    ["it as a cookie", { cookie: `token=${TOKEN}; authorization=Bearer ${TOKEN}` }],
  ])("is refused with %s, the same for methods that exist and that do not", async (_, headers) => {
    await using web = await openTestWeb(drive);
    const paths = ["resolve", "nothing", "ticket", "put?params=%7B%7D", "a%2fb", "%ff", ""];
    const asked = paths.map((path) => web.ask(`/api/v1/${path}`, { ...post, headers }));
    const replies = await Promise.all(asked);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([401]));
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(replies[0]?.text).not.toContain("secret");
  });

  it("is not let in by a token in an address", async () => {
    await using web = await openTestWeb(drive);
    const tries = [`?token=${TOKEN}`, `?authorization=Bearer%20${TOKEN}`, `#token=${TOKEN}`];
    for (const query of tries)
      expect((await web.ask(`/api/v1/resolve${query}`, post)).status).toBe(401);
  });

  it("learns that the page is there, and no more", async () => {
    await using web = await openTestWeb(drive);
    const { status, text } = await web.ask("/api/session");
    expect([status, JSON.parse(text)]).toEqual([200, { password: false, version: "1.2.3" }]);
  });
});

describe("a page of another origin", () => {
  it.each([
    ["of another site", { origin: "https://evil.example" }],
    ["of another port here", { origin: "http://127.0.0.1:1" }],
    ["of a file or a sandbox", { origin: "null" }],
    ["of a name that begins as ours", { origin: "http://127.0.0.1.evil.example" }],
    ["that the browser tells of", { "sec-fetch-site": "cross-site" }],
    ["of the same site", { "sec-fetch-site": "same-site" }],
  ])("%s is refused, with the token too", async (_, headers) => {
    await using web = await openTestWeb(drive);
    const ticket = await web.ticket(SECRET);
    const asked = { ...post, headers: { ...bearer, ...headers } };
    for (const path of ["/api/v1/resolve", "/api/session"]) {
      const reply = await web.ask(path, asked);
      expect(reply.status).toBe(403);
      expect(reply.headers["access-control-allow-origin"]).toBeUndefined();
    }
    const preflight = { ...headers, "access-control-request-method": "POST" };
    const before = await web.ask("/api/v1/resolve", { method: "OPTIONS", headers: preflight });
    expect(before.status).toBe(403);
    const file = await web.ask(ticket, { headers });
    expect([file.status, file.text.includes("secret bytes")]).toEqual([403, false]);
  });

  it("of our own is answered, through a tunnel of another port too", async () => {
    await using web = await openTestWeb(drive);
    for (const host of [`127.0.0.1:${web.port}`, "localhost:8080", "[::1]:9", "localhost"]) {
      const own = { ...bearer, host, origin: `http://${host}`, "sec-fetch-site": "same-origin" };
      expect((await web.ask("/api/v1/resolve", { ...post, headers: own })).status, host).toBe(200);
    }
  });
});

describe("a name that leads here", () => {
  it.each(["evil.example", "127.0.0.1.evil.example:80", "localhost.evil.example", "10.0.0.1", "@"])(
    "as a rebinding one is refused everything: %j",
    async (host) => {
      await using web = await openTestWeb(drive);
      const ticket = await web.ticket(SECRET);
      for (const path of ["/", "/api/session", "/api/v1/resolve", ticket, "/assets/page-1.js"]) {
        const method = path.startsWith("/api/v1") ? "POST" : "GET";
        const reply = await web.ask(path, { method, headers: { ...bearer, host } });
        expect(reply.status, path).toBeGreaterThanOrEqual(400);
        expect(reply.text).not.toContain(PAGE);
        expect(reply.text).not.toContain("secret");
      }
    },
  );

  it("is answered where it was configured", async () => {
    await using web = await openTestWeb({ ...drive, names: ["seed.example"] });
    const headers = { ...bearer, host: "Seed.Example:443", origin: "https://seed.example:443" };
    expect((await web.ask("/api/v1/resolve", { ...post, headers })).status).toBe(200);
  });
});

describe("the token", () => {
  it("is in no log, no answer and no header, whatever is asked", async () => {
    await using web = await openTestWeb({
      ...drive,
      methods: { fail: async () => Promise.reject(new Error("fault")) },
    });
    const replies = [
      await web.ask("/", { headers: bearer }),
      await web.ask("/api/v1/fail", { ...post, headers: bearer }),
      await web.ask(await web.ticket(SECRET), { headers: bearer }),
    ];
    expect(web.logged.join("")).toContain("a call failed");
    expect(web.logged.join("")).not.toContain(TOKEN);
    expect(JSON.stringify(replies)).not.toContain(TOKEN);
    for (const { headers } of replies) expect(headers["referrer-policy"]).toBe("no-referrer");
  });
});

describe("a ticket", () => {
  it("opens its own file in its own version alone, and nothing when it is over", async () => {
    const clock = new ManualClock();
    await using web = await openTestWeb({ ...drive, clock });
    const url = await web.ticket(SECRET);
    const ticket = url.split("/")[2] ?? "";
    expect((await web.ask(`/files/${ticket}/any%2f..%2fname`)).text).toBe("secret bytes");
    for (let at = 0; at < ticket.length; at += 7) {
      const other = ticket[at] === "A" ? "B" : "A";
      const forged = `${ticket.slice(0, at)}${other}${ticket.slice(at + 1)}`;
      expect((await web.ask(`/files/${forged}/a`)).status, String(at)).toBe(403);
    }
    for (const text of ["", "a", ticket.slice(0, 40), `..%2f${ticket}`, "%00", "\u{ff}"])
      expect((await web.ask(`/files/${encodeURI(text)}/a`)).status, text).toBe(403);
    await clock.advance(12 * 3_600_000);
    expect((await web.ask(url)).status).toBe(403);
  });

  it("is no longer good after a restart", async () => {
    await using first = await openTestWeb(drive);
    await using second = await openTestWeb(drive);
    expect((await second.ask(await first.ticket(SECRET))).status).toBe(403);
  });
});

describe("a file of a stranger", () => {
  it.each(["page.html", "page.svg", "page.xhtml", "page.xml"])(
    "%s runs nothing, frames nothing, and asks nothing of the API",
    async (name) => {
      const script = `<svg xmlns="http://www.w3.org/2000/svg"><script>fetch("/api/v1/rm")</script></svg>`;
      await using web = await openTestWeb({ files: { [`/${name}`]: script } });
      const { headers } = await web.ask(await web.ticket(`/${name}`));
      const policy = String(headers["content-security-policy"]);
      // A sandbox without allowances: an origin of its own, and no script.
      expect(policy).toMatch(/(^|; )sandbox(;|$)/u);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toContain("script-src");
      expect(headers["content-type"]).not.toMatch(/html|\/xml/u);
      expect(headers["cross-origin-opener-policy"]).toBe("same-origin");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    },
  );
});

describe("the page", () => {
  it("may run its own scripts and ask its own server alone", async () => {
    await using web = await openTestWeb();
    const { headers } = await web.ask("/");
    const policy = Object.fromEntries(
      String(headers["content-security-policy"])
        .split("; ")
        .map((part) => [part.split(" ")[0], part.split(" ").slice(1).join(" ")]),
    );
    const none = ["default-src", "frame-ancestors", "base-uri", "form-action"];
    for (const directive of none) expect(policy[directive], directive).toBe("'none'");
    expect(policy["script-src"]).toBe("'self'");
    expect(policy["connect-src"]).toBe("'self'");
    expect(headers["x-frame-options"]).toBe("DENY");
  });

  it.each([
    "/../package.json",
    "/assets/../../package.json",
    "/assets/%2e%2e/%2e%2e/package.json",
    "/assets/..%2f..%2fpackage.json",
    "/assets/..%5c..%5cpackage.json",
    "/assets/%00",
    "/%ff%fe",
    "//etc/passwd",
    "/assets//page-1.js",
    "http://evil.example/etc/passwd",
    `/${"a/".repeat(8_000)}`,
  ])("gives no other file away: %s", async (path) => {
    await using web = await openTestWeb();
    const { status, text } = await web.ask(path);
    expect([200, 404]).toContain(status);
    expect([PAGE, expect.stringContaining("no such file")]).toContainEqual(text);
  });

  it("is read, not written", async () => {
    await using web = await openTestWeb();
    for (const method of ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
      expect((await web.ask("/", { method, headers: bearer })).status, method).toBe(405);
  });
});

describe("the server", () => {
  it.each([
    ["headers without end", `GET / HTTP/1.1\r\nx: ${"y".repeat(100_000)}`],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
    ["no HTTP", "\0\0\0\0\r\n\r\n"],
    [
      "two lengths",
      "POST /api/v1/x HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
    ],
    [
      "a body that is never sent",
      "POST /api/v1/x HTTP/1.1\r\nhost: localhost\r\ncontent-length: 999\r\n\r\n",
    ],
    ["half a request line", "GET /"],
    ["nothing", ""],
  ])("cuts off who sends %s, and answers others", async (_, bytes) => {
    await using web = await openTestWeb({ patienceMs: 400 });
    const client = await dial(web.port);
    client.write(bytes);
    await once(client.resume(), "close");
    expect((await web.ask("/")).status).toBe(200);
  });

  it("takes no more connections than it can bear, and answers when they are gone", async () => {
    await using web = await openTestWeb({ patienceMs: 60_000 });
    const clients = await Promise.all(Array.from({ length: 256 }, () => dial(web.port)));
    expect((await web.ask("/")).status).toBe(0);
    const gone = clients.map((client) => once(client, "close"));
    for (const client of clients) client.destroy();
    await Promise.all(gone);
    await expect
      .poll(() =>
        web.ask("/").then(
          ({ status }) => status,
          () => 0,
        ),
      )
      .toBe(200);
  });

  it("keeps no body of who may not send one", async () => {
    await using web = await openTestWeb({ patienceMs: 400 });
    const client = await dial(web.port);
    client.write(
      "POST /api/v1/put?params=%7B%7D HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\n",
    );
    client.on("error", () => undefined);
    const [answer] = (await once(client, "data")) as [Buffer];
    expect(String(answer)).toContain("401");
    await once(client.resume(), "close");
  });

  it("refuses parameters that are no parameters", async () => {
    await using web = await openTestWeb(drive);
    for (const body of [
      "[]",
      "null",
      "{",
      '"text"',
      "[".repeat(100_000),
      "x".repeat(2 * 2 ** 20),
    ]) {
      const reply = await web.ask("/api/v1/resolve", { method: "POST", headers: bearer, body });
      expect(reply.status).toBe(400);
    }
    for (const path of ["%ff", "__proto__", "constructor", "resolve/../x", "toString"]) {
      const reply = await web.ask(`/api/v1/${path}`, { ...post, headers: bearer });
      expect([400, 401], path).toContain(reply.status);
    }
  });
});

async function dial(port: number): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1" });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}
