import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasCode } from "../nouns/exports.ts";
import { testKey } from "../testing/test-keys.ts";
import { formatLink, LINK_CHARACTERS_MAX, parseLink, type DriveLink } from "./link.ts";

const DRIVE = testKey(1).drive;
const INDEX = testKey(2).id;
const START = `goliath:${DRIVE}?index=${INDEX}`;
const ADDRESS = `/ip4/192.0.2.1/tcp/4001/p2p/${INDEX}`;

describe("formatLink", () => {
  it("writes a line that a person can read", () => {
    const link = {
      drive: DRIVE,
      index: INDEX,
      addresses: [ADDRESS],
      invite: Uint8Array.of(251, 255),
    };
    expect(formatLink(link)).toBe(`${START}&at=${ADDRESS}&invite=-_8`);
  });

  it("is undone by parseLink", () => {
    const address = fc.stringMatching(/^\/[\x21-\x7e]{1,60}$/);
    const links: fc.Arbitrary<DriveLink> = fc.record(
      {
        drive: fc.constant(DRIVE),
        index: fc.constant(INDEX),
        addresses: fc.array(address, { maxLength: 8 }),
        invite: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      },
      { requiredKeys: ["drive", "index", "addresses"] },
    );
    fc.assert(
      fc.property(links, (link) => {
        expect(parseLink(formatLink(link))).toEqual(link);
      }),
    );
  });
});

describe("parseLink", () => {
  it("forgives white space around it and parameters it does not know", () => {
    const link = { drive: DRIVE, index: INDEX, addresses: [ADDRESS] };
    expect(parseLink(`\n ${START}&colour=red&at=${ADDRESS} \n`)).toEqual(link);
  });

  it.each([
    ["nothing", "", /does not start with goliath:/],
    ["another scheme", "https://example.org", /does not start with goliath:/],
    ["no index", `goliath:${DRIVE}`, /names no index/],
    [
      "a damaged drive",
      `goliath:${DRIVE.slice(1)}?index=${INDEX}&at=${ADDRESS}`,
      /drive is damaged/,
    ],
    ["a damaged index", `goliath:${DRIVE}?index=12D3&at=${ADDRESS}`, /index is damaged/],
    ["a cut by the shell", START, /put it in quotes/],
    ["a damaged address", `${START}&at=192.0.2.1`, /addresses is damaged/],
    ["an address with a line break", `${START}&at=/ip4%0A`, /addresses is damaged/],
    ["33 addresses", START + `&at=${ADDRESS}`.repeat(33), /too many addresses/],
    ["a cut invite", `${START}&at=${ADDRESS}&invite=-_8x9`.slice(0, -1) + "!", /invite is damaged/],
    ["an empty invite", `${START}&at=${ADDRESS}&invite=`, /invite is damaged/],
    ["a long invite", `${START}&at=${ADDRESS}&invite=${"AAAA".repeat(200)}`, /invite is damaged/],
    ["too much of it", `${START}&at=/${"a".repeat(LINK_CHARACTERS_MAX)}`, /too long/],
  ])("refuses %s and says what to do", (_name, text, problem) => {
    const advice = /copy the whole line/;
    for (const message of [problem, advice]) {
      expect(() => parseLink(text)).toThrow(
        expect.objectContaining({ code: "bad-invite", message: expect.stringMatching(message) }),
      );
    }
  });

  it("throws nothing but bad-invite", () => {
    const text = fc.oneof(
      fc.string(),
      fc.string().map((rest) => `goliath:${rest}`),
      fc.string().map((rest) => `${START}&${rest}`),
    );
    fc.assert(
      fc.property(text, (link) => {
        try {
          parseLink(link);
        } catch (error) {
          expect(hasCode(error, "bad-invite")).toBe(true);
        }
      }),
    );
  });
});
