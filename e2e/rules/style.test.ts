/** House style that a machine can check; each rule names its fix. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ROOT, sourceFiles, withoutComments, type SourceFile } from "./source-files.ts";

/** Lines of a source file; a test may be longer. */
const FILE_LINES_MAX = 400;

interface StyleRule {
  name: string;
  pattern: RegExp;
  fix: string;
  /** Files the rule does not apply to, with the reason. */
  except?: RegExp;
}

const RULES: StyleRule[] = [
  {
    name: "no clock but the one passed in",
    // A socket's own patience with its other end is no clock of ours.
    pattern:
      /\bDate\.now\(|\bnew Date\(\)|\bperformance\.now\(|(?<!\bsocket\.)\bsetTimeout\(|\bsetInterval\(/u,
    fix: "take a Clock from @goliath/kit",
    // The kit's own clock, the browser's; whole programs, where the system's clock comes in.
    except: /^libs\/kit\/src\/clock\.ts$|^libs\/web\/ui\/shell\/browser-clock\.ts$|^apps\//u,
  },
  {
    name: "no randomness but the one passed in",
    pattern: /\bMath\.random\(|^import .*\brandom(Bytes|UUID|Int)\b/u,
    fix: "take `random` from the caller",
    // Names of temporary files and nonces of packs, which nobody sees; whole programs, where randomness comes in.
    except:
      /^libs\/(kit\/src\/durable-file|chunks\/src\/pack-chunk-store)\.ts$|^apps\/|^libs\/peer\/src\/start-peer\.ts$/u,
  },
  {
    name: "no disk but the one passed in",
    pattern:
      /["']node:fs\/promises["']|^(?!import \{ constants \} from ).*["']node:fs["']|\bnew Database\(/u,
    fix: "take a Disk from @goliath/kit: a disk that fails or loses power is simulated behind it",
    // What a peer does with files is tried there; the index and whole programs use the system's.
    except: /^(?!libs\/(chunks|peer)\/)/u,
  },
  {
    name: "no console",
    pattern: /\bconsole\.\w+\(/u,
    fix: "take a Log, or write in apps only",
    except: /^apps\//,
  },
  { name: "no any", pattern: /\bas any\b|: any\b|<any>/u, fix: "use unknown and narrow it" },
  {
    name: "no suppressed checks",
    pattern: /@ts-(ignore|nocheck|expect-error)|oxlint-disable|eslint-disable/u,
    fix: "mend what the check found",
  },
  {
    name: "no enum or namespace",
    pattern: /^\s*(export )?(const )?(enum|namespace) /mu,
    fix: "use a const object",
  },
];

const BANNED_FILE_NAMES = /(^|[/-])(utils?|helpers?|common|misc|types|shared|lib)\.ts$/u;
const TODO = /\b(TODO|FIXME|XXX)\b/u;

function breaches(rule: StyleRule, files: SourceFile[]): string[] {
  return files
    .filter(({ path, isTest }) => !isTest && !rule.except?.test(path))
    .flatMap(({ path, text }) =>
      withoutComments(text)
        .split("\n")
        .flatMap((line, at) => (rule.pattern.test(line) ? [`${path}:${at + 1}: ${rule.fix}`] : [])),
    );
}

describe("style", () => {
  const files = sourceFiles();

  it.each(RULES)("$name", (rule) => expect(breaches(rule, files).join("\n")).toBe(""));

  it("files are of a size that can be read in one go", () => {
    const long = files.filter(({ lines, isTest }) => !isTest && lines.length > FILE_LINES_MAX + 1);
    expect(
      long.map(({ path }) => `${path}: cut it into files that are one thing each`).join("\n"),
    ).toBe("");
  });

  it("files are named for what they export", () => {
    const vague = files.filter(({ path }) => BANNED_FILE_NAMES.test(path));
    expect(
      vague.map(({ path }) => `${path}: name it for the one thing it exports`).join("\n"),
    ).toBe("");
    const odd = files.filter(({ path }) => !/^[a-z0-9./-]+$/u.test(path));
    expect(odd.map(({ path }) => `${path}: use kebab-case`).join("\n")).toBe("");
  });

  it("nothing is left to be done in a comment", () => {
    const left = files.filter(
      ({ path, text }) => TODO.test(text) && !path.startsWith("e2e/rules/"),
    );
    expect(left.map(({ path }) => `${path}: do it, or open an issue`).join("\n")).toBe("");
  });

  it("every file says what it is in its first lines", () => {
    const silent = files.filter(
      ({ path, lines, isTest }) =>
        !isTest &&
        !/exports\.ts$|config\.ts$/u.test(path) &&
        !/^(#!|\/\*\*|\/\/)/u.test(lines[0] ?? ""),
    );
    expect(silent.map(({ path }) => `${path}: begin with a sentence of purpose`).join("\n")).toBe(
      "",
    );
  });

  it("no address of a registry is in the lock file", () => {
    const lock = readFileSync(join(ROOT, "package-lock.json"), "utf8");
    expect(lock).not.toMatch(/"resolved": *"http/u);
  });
});
