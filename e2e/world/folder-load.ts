/** Random work of a user in a folder that is shared: the folder itself says what it should be. */
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { SeededChoices } from "./seeded-choices.ts";
import { bytesOf } from "./versioned-file.ts";

const FILES_MAX = 120;
const FOLDERS = 6;
const SMALL_BYTES_MAX = 12_000;
const LARGE_BYTES_MAX = 5 * 1024 * 1024;
/** One file in so many is of several chunks. */
const LARGE_ONE_IN = 12;

export interface FolderLoadInit {
  root: string;
  /** Where files are written before they are renamed into the root: on the same disk. */
  aside: string;
  /** Of the files it makes: unlike any other load's. */
  name: string;
  random: SeededChoices;
}

export class FolderLoad {
  readonly #init: FolderLoadInit;
  readonly #files: string[] = [];
  #versions = 0;

  constructor(init: FolderLoadInit) {
    this.#init = init;
  }

  async open(): Promise<void> {
    await mkdir(this.#init.root, { recursive: true });
    await mkdir(this.#init.aside, { recursive: true });
    for (let i = 0; i < FILES_MAX / 4; i++) await this.#create();
  }

  /** One thing a user does. Whole files appear by rename, so that no half one is ever published. */
  async step(): Promise<void> {
    const { random } = this.#init;
    const dice = random.below(100);
    if (this.#files.length === 0 || (dice < 35 && this.#files.length < FILES_MAX)) {
      await this.#create();
    } else if (dice < 70) await this.#write(random.pick(this.#files));
    else if (dice < 85) await this.#remove();
    else await this.#rename();
  }

  async #create(): Promise<void> {
    const path = this.#newPath();
    this.#files.push(path);
    await this.#write(path);
  }

  async #write(path: string): Promise<void> {
    const { root, aside, random, name } = this.#init;
    const max = random.below(LARGE_ONE_IN) === 0 ? LARGE_BYTES_MAX : SMALL_BYTES_MAX;
    const version = { name: `${name}:${path}`, version: ++this.#versions, size: random.below(max) };
    const beside = join(aside, `writing-${version.version}`);
    await writeFile(beside, bytesOf(version));
    await mkdir(dirname(join(root, path)), { recursive: true });
    await rename(beside, join(root, path));
  }

  async #remove(): Promise<void> {
    const [path = ""] = this.#files.splice(this.#init.random.below(this.#files.length), 1);
    await rm(join(this.#init.root, path));
  }

  async #rename(): Promise<void> {
    const { root, random } = this.#init;
    const at = random.below(this.#files.length);
    const to = this.#newPath();
    await mkdir(dirname(join(root, to)), { recursive: true });
    await rename(join(root, this.#files[at] ?? ""), join(root, to));
    this.#files[at] = to;
  }

  #newPath(): string {
    const { random } = this.#init;
    return join(`folder ${random.below(FOLDERS)}`, `ƒile ${++this.#versions}`);
  }
}
