/** A drive with what people keep on one, for looking at the UI: real processes, made-up content. */
import { mkdir, truncate, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Browser } from "playwright-core";
import type { Daemon } from "../world/daemon.ts";
import { seeded } from "../world/seeded.ts";
import { openWorld, type World } from "../world/world.ts";

const MB = 1e6;
/** Modification times lie within the three years before this. */
const NEWEST_MS = Date.UTC(2026, 9, 30);
const SPAN_MS = 3 * 365 * 86_400_000;

export interface ShowWorld extends AsyncDisposable {
  world: World;
  /** Whose UI is looked at; an admin. */
  workstation: Daemon;
  laptop: Daemon;
  seedboxes: Daemon[];
}

/** Names with their bytes: large ones are holes, which take no disk. */
function chromosomes(): [string, number][] {
  const names = [...Array.from({ length: 22 }, (_, i) => String(i + 1)), "X", "Y", "M"];
  return names.map((name, i) => [`hg38/chr${name}.fa.gz`, Math.round((14 - i / 2) * MB)]);
}

function eras(): [string, number][] {
  return Array.from({ length: 40 }, (_, i) => [
    `era1/mainnet-${String(i).padStart(5, "0")}-${(i * 0x9e3779b1).toString(16).slice(0, 8)}.era1`,
    Math.round((3 + (i % 7)) * MB),
  ]);
}

function shards(): [string, number][] {
  return Array.from({ length: 128 }, (_, i) => [
    `commons-2026/train-${String(i).padStart(5, "0")}-of-00128.parquet`,
    Math.round((2 + (i % 3) / 2) * MB),
  ]);
}

const NOTES = `# Genomes

Reference assemblies, **compressed and indexed**, as they were published.

| assembly | files | from |
|---|---|---|
| hg38 | 25 | GRCh38.p14 |
| mm39 | 3 | GRCm39 |

- Mirror \`/genomes/hg38\` to work with it offline.
- Ask before adding an assembly: it is kept in three copies.

\`\`\`sh
goliath mirror /genomes/hg38 ~/hg38
\`\`\`
`;

const CONFIG = { shards: 128, codec: "zstd", tokens: 41_203_118_902, license: "CC-BY-4.0" };

export async function openShowWorld(browser: Browser): Promise<ShowWorld> {
  await using opening = new AsyncDisposableStack();
  const world = opening.use(await openWorld("show"));
  const join_ = (name: string, args: string[] = [], role: "admin" | "writer" = "writer") =>
    world.join(name, { role, args });
  const workstation = await join_("workstation", ["--http", "0"], "admin");
  const laptop = await join_("laptop");
  const seedboxes = await Promise.all(
    ["seedbox-ams", "seedbox-fra"].map((name) =>
      join_(name, ["--capacity", "2GB", "--label", `region=${name.slice(-3)}`]),
    ),
  );
  await fill(world.path("genomes"), [
    ...chromosomes(),
    ["mm39/chr1.fa.gz", 9 * MB],
    ["mm39/chr2.fa.gz", 8 * MB],
    ["mm39/index.fai", 40_000],
    ["README.md", NOTES],
  ]);
  await fill(world.path("corpora"), [
    ...shards(),
    ["commons-2026/config.json", `${JSON.stringify(CONFIG, undefined, 2)}\n`],
    ["wikipedia/enwiki-20260901.xml.zst", 60 * MB],
    ["LICENSE.txt", "Each folder says under which licence its files are.\n".repeat(40)],
  ]);
  await fill(world.path("ethereum"), eras());
  await photos(browser, world.path("photos"));
  const share = (by: Daemon, name: string) =>
    by.call("share", { local: world.path(name), path: `/${name}`, once: false, confirm: false });
  await share(workstation, "genomes");
  await share(laptop, "corpora");
  await share(workstation, "photos");
  await share(laptop, "ethereum");
  const running = opening.move();
  return {
    world,
    workstation,
    laptop,
    seedboxes,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function fill(folder: string, files: readonly [string, number | string][]): Promise<void> {
  const random = seeded(files.length);
  for (const [name, content] of files) {
    const file = join(folder, name);
    await mkdir(dirname(file), { recursive: true });
    // The name at its head: no two files are the same.
    await writeFile(file, typeof content === "string" ? content : name);
    if (typeof content === "number") await truncate(file, content);
    const changed = new Date(NEWEST_MS - Math.floor(random() * SPAN_MS));
    await utimes(file, changed, changed);
  }
}

/** Pictures, painted by the browser that will show them. */
async function photos(browser: Browser, folder: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 800 } });
  const names = ["harbour", "ridge", "dunes", "first-light", "orchard", "glacier"];
  const random = seeded(names.length);
  await mkdir(join(folder, "2026-08 Norway"), { recursive: true });
  for (const name of names) {
    const hue = Math.floor(random() * 360);
    const hills = Array.from({ length: 5 }, (_, i) => {
      const top = 380 + i * 80;
      const at = () => top + Math.floor(random() * 120 - 60);
      const path = `M0 ${at()} Q300 ${at()} 600 ${at()} T1200 ${at()} V800 H0Z`;
      return `<path d="${path}" fill="hsl(${hue + i * 9} 35% ${62 - i * 11}%)"/>`;
    });
    await page.setContent(
      `<body style="margin:0"><svg width="1200" height="800"><defs><linearGradient id="g" x2="0" y2="1">
       <stop stop-color="hsl(${hue + 180} 60% 78%)"/><stop offset="1" stop-color="hsl(${hue + 30} 70% 88%)"/>
       </linearGradient></defs><rect width="1200" height="800" fill="url(#g)"/>
       <circle cx="${200 + random() * 800}" cy="220" r="60" fill="#fff" opacity=".8"/>${hills.join("")}</svg>`,
    );
    const path = join(folder, "2026-08 Norway", `${name}.jpg`);
    await page.screenshot({ path, type: "jpeg", quality: 88 });
  }
  await page.close();
}
