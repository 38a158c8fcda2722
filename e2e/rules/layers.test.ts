/** The layers of the design, as data with reasons. */
import { describe, expect, it } from "vitest";
import { sourceFiles, type SourceFile } from "./source-files.ts";

interface LayerRule {
  /** Files the rule is about. */
  of: RegExp;
  /** Imports they may not have. */
  not: RegExp;
  /** What to do instead. */
  fix: string;
}

const APPS = /^@goliath\/(cli|index-daemon|desktop)\b/u;
const LIBS = /^@goliath\/(kit|drive|chunks|index|net|peer|web|history|gateway-)/u;

const RULES: LayerRule[] = [
  {
    of: /^protocols\//u,
    not: LIBS,
    fix: "protocols are pure: pass in what they need, or move the noun to protocols/nouns",
  },
  {
    of: /^protocols\/(?!generate|testing\/|.*\.test\.ts)/u,
    not: /^node:(fs|net|timers|worker_threads|child_process|http)/u,
    fix: "protocols touch no disk and no clock: do it in a library and pass it in",
  },
  {
    of: /^(libs|protocols)\//u,
    not: APPS,
    fix: "nothing imports apps: move what is shared into a library",
  },
  {
    of: /^(apps|libs|protocols)\//u,
    not: /(^|\/)e2e(\/|$)/u,
    fix: "nothing imports e2e: move what is shared into a library",
  },
  {
    of: /^(?!libs\/net\/|e2e\/).*/u,
    not: /^(@libp2p\/|libp2p$|@chainsafe\/libp2p|@multiformats\/multiaddr)/u,
    fix: "only libs/net touches libp2p: extend its Network interface",
  },
  {
    of: /^libs\/kit\//u,
    not: /^@goliath\/(?!protocols\/nouns)/u,
    fix: "the kit is domain-free: of Goliath it knows the errors only",
  },
  {
    of: /^libs\/(chunks|net)\//u,
    not: /^@goliath\/(index|peer|net|chunks)(\/|$)/u,
    fix: "chunks and net know nothing of each other, of the index or of the peer: join them in libs/peer",
  },
  {
    of: /^libs\/index\//u,
    not: /^@goliath\/(peer|chunks)(\/|$)/u,
    fix: "the index holds no bytes and is no peer: use the protocols",
  },
  {
    of: /^libs\/(gateway-|web\/)/u,
    not: /^@goliath\/(index|chunks|net)(\/|$)/u,
    fix: "gateways and the web speak the peer's control methods, as the command does",
  },
  {
    of: /^(?!apps\/desktop\/).*/u,
    not: /^electron/u,
    fix: "electron appears only in apps/desktop",
  },
  {
    of: /.*/u,
    not: /^@goliath\/[^/]+\/(src|.*\.ts$)/u,
    fix: "no deep imports: import what the package exports, or export it",
  },
  {
    of: /.*/u,
    not: /^(\.\.\/)+(libs|apps|protocols)\//u,
    fix: "import other packages by name",
  },
];

/** Test code of a package may use more than the package. */
const TESTS_MAY = /^@goliath\/(index|net|chunks|peer|kit)(\/|$)/u;

function breaches({ of, not, fix }: LayerRule, files: SourceFile[]): string[] {
  return files
    .filter(({ path }) => of.test(path))
    .flatMap(({ path, imports, isTest }) =>
      imports
        .filter((name) => not.test(name) && !(isTest && TESTS_MAY.test(name)))
        .map((name) => `${path} imports ${name}: ${fix}`),
    );
}

describe("layers", () => {
  const files = sourceFiles();
  it("sees the source files", () => expect(files.length).toBeGreaterThan(100));
  it.each(RULES)("$of imports no $not", (rule) =>
    expect(breaches(rule, files).join("\n")).toBe(""),
  );
});
