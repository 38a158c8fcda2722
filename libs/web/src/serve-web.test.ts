import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { get } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { GoliathError } from "@goliath/protocols/nouns";
import { describe, expect, it } from "vitest";
import { bearer, openTestWeb, PAGE, type Reply, type TestWeb } from "./testing/test-web.ts";

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

describe("a password", () => {
  const password = "correct horse battery";

  it("is answered with a token that goes on after a restart and ends with the password", async () => {
    const tokenOf = async (web: TestWeb, given: string) => {
      const body = JSON.stringify({ password: given });
      const { text } = await web.ask("/api/session", { method: "POST", body });
      return (JSON.parse(text) as { result?: { token: string } }).result?.token;
    };
    const status = async (web: TestWeb, token = "") => {
      const headers = { authorization: `Bearer ${token}` };
      return (await web.ask("/api/v1/resolve", { method: "POST", headers, body: "{}" })).status;
    };
    await using web = await openTestWeb({ password });
    expect(JSON.parse((await web.ask("/api/session")).text)).toMatchObject({ password: true });
    expect(await tokenOf(web, "wrong")).toBeUndefined();
    const token = await tokenOf(web, password);
    expect(await status(web, token)).toBe(400);
    expect(await status(web, token?.replace(/^\d/u, "9"))).toBe(401);
    await using again = await openTestWeb({ password });
    expect(await status(again, token)).toBe(400);
    await using other = await openTestWeb({ password: "another password" });
    expect(await status(other, token)).toBe(401);
    await using without = await openTestWeb();
    expect(await status(without, token)).toBe(401);
  });

  it("is not tried as often as anybody likes, nor many at once", async () => {
    await using web = await openTestWeb({ password });
    const body = JSON.stringify({ password: "wrong" });
    const ask = () => web.ask("/api/session", { method: "POST", body });
    const codes = (await Promise.all(Array.from({ length: 5 }, ask))).map(codeOf);
    expect(codes.filter((code) => code === "forbidden")).toHaveLength(1);
    expect(codes.filter((code) => code === "busy")).toHaveLength(4);
    for (let tries = 0; tries < 12; tries++) codes.push(codeOf(await ask()));
    expect(codes.at(-1)).toBe("busy");
    // Whoever has the token is not kept out by who has not.
    expect(await web.call("folders", { local: "/" })).toMatchObject([{ result: {} }]);
  });
});

describe("an address that others reach", () => {
  it.each(["0.0.0.0", "::", "192.0.2.1"])(
    "is refused without password and TLS: %s",
    async (host) => {
      const listen = { host, port: 0 };
      const refused = { code: "bad-request", message: expect.stringContaining("ssh -L") };
      await expect(openTestWeb({ listen })).rejects.toMatchObject(refused);
      await expect(openTestWeb({ listen, password: "a password" })).rejects.toMatchObject(refused);
      const tls = { cert: "", key: "" };
      await expect(openTestWeb({ listen, tls })).rejects.toMatchObject(refused);
    },
  );
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe("TLS", () => {
  // Node makes keys, but no certificates: openssl, which nearly every system has, makes this one.
  it.skipIf(!hasOpenssl)("is what the page is served over where it is configured", async () => {
    const folder = await mkdtemp(join(tmpdir(), "goliath-tls-"));
    const [certFile, keyFile] = [join(folder, "cert.pem"), join(folder, "key.pem")];
    const ask = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=x";
    const files = ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", keyFile, "-out", certFile];
    spawnSync("openssl", [...ask.split(" "), ...files]);
    const [cert, key] = [await readFile(certFile, "utf8"), await readFile(keyFile, "utf8")];
    await rm(folder, { recursive: true });
    await using web = await openTestWeb({ tls: { cert, key } });
    expect(web.origin).toMatch(/^https:/u);
    const [response] = (await once(get(web.origin, { ca: cert, agent: false }), "response")) as [
      IncomingMessage,
    ];
    expect(response.statusCode).toBe(200);
    response.destroy();
  });
});

const codeOf = ({ text }: Reply): string =>
  (JSON.parse(text) as { error: { code: string } }).error.code;
