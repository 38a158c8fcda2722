/** Pages of a real browser, which note whatever goes wrong in them. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

/** How severe a finding of axe must be to fail a test. */
const SERIOUS = ["serious", "critical"];

export interface TestPage {
  readonly page: Page;
  /** What was thrown in the page, and what its console reported as an error. */
  readonly errors: readonly string[];
  /** Serious faults for people who do not see, or do not use a mouse: one line each. */
  barriers(): Promise<string[]>;
}

export interface PageLook {
  dark?: boolean;
  /** As on a telephone. */
  narrow?: boolean;
}

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };

export class TestBrowser implements AsyncDisposable {
  readonly browser: Browser;
  #axe: string | undefined;

  /** Use `openBrowser`. */
  constructor(browser: Browser) {
    this.browser = browser;
  }

  /** Opens an address as somebody who was never there: nothing is kept from other pages. */
  async open(url: string, look: PageLook = {}, options: BrowserContextOptions = {}) {
    const context = await this.browser.newContext({
      viewport: look.narrow ? NARROW : WIDE,
      colorScheme: look.dark ? "dark" : "light",
      reducedMotion: "reduce",
      acceptDownloads: true,
      ...options,
    });
    const page = await context.newPage();
    const errors: string[] = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    page.on("console", (line) => {
      if (line.type() === "error") errors.push(`${line.text()} (${line.location().url})`);
    });
    await page.goto(url);
    return { page, errors, barriers: () => this.#barriers(page) } satisfies TestPage;
  }

  async #barriers(page: Page): Promise<string[]> {
    const require = createRequire(import.meta.url);
    this.#axe ??= await readFile(require.resolve("axe-core/axe.min.js"), "utf8");
    // Evaluated, not loaded: the page's own policy admits no script but the UI's.
    await page.evaluate(this.#axe);
    const found = (await page.evaluate("axe.run({ resultTypes: ['violations'] })")) as {
      violations: { id: string; impact: string; nodes: { html: string }[] }[];
    };
    return found.violations
      .filter(({ impact }) => SERIOUS.includes(impact))
      .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
  }
}

export async function openBrowser(): Promise<TestBrowser> {
  return new TestBrowser(await launchChromium());
}
