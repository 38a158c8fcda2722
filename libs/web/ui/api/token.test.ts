import { describe, expect, it } from "vitest";
import { takeToken } from "./token.ts";

describe("takeToken", () => {
  it("takes the token out of the address and leaves the rest", () => {
    expect(takeToken("http://127.0.0.1:4680/drive/a%20b?x=1#token=abc")).toEqual({
      token: "abc",
      address: "/drive/a%20b?x=1",
    });
  });

  it.each(["http://h/", "http://h/#top", "http://h/#token=", "http://h/?token=abc"])(
    "finds none in %s",
    (address) => expect(takeToken(address)).toEqual({ address }),
  );
});
