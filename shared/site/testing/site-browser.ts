import fs from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Where Chromium is; undefined when it is not installed. */
export const chromiumPath = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => fs.existsSync(file));

/** What to do about it. */
export const chromiumMissing =
  'Chromium is not installed: apt-get install chromium, or say where it is with CHROMIUM_PATH';

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** A page, and everything that it should not have done. */
export interface OpenedPage {
  readonly page: Page;
  /** Console messages, errors, and requests beyond the page itself. */
  readonly problems: string[];
}

/** A site in a folder and a browser to look at it. */
export class SiteBrowser implements AsyncDisposable {
  readonly #browser: Browser;
  readonly folder: string;

  private constructor(browser: Browser, folder: string) {
    this.#browser = browser;
    this.folder = folder;
  }

  static async start(files: ReadonlyMap<string, Uint8Array>): Promise<SiteBrowser> {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'ciclo-site-'));
    for (const [name, bytes] of files) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), bytes);
    }
    const browser = await chromium.launch({
      executablePath: chromiumPath!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
    return new SiteBrowser(browser, folder);
  }

  /** Opens one of the site's files from file://. */
  open(name: string, options: BrowserContextOptions = {}): Promise<OpenedPage> {
    return this.openUrl(pathToFileURL(path.join(this.folder, name)).href, options);
  }

  /** @param until when it is taken for opened: `commit` is before the page is complete. */
  async openUrl(
    url: string,
    options: BrowserContextOptions = {},
    until: 'load' | 'commit' = 'load',
  ): Promise<OpenedPage> {
    const page = await this.#browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
    const problems: string[] = [];
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('dialog', (dialog) => {
      problems.push(`dialog ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      const asked = request.url();
      if (!request.isNavigationRequest() && !asked.startsWith('data:')) problems.push(`request ${asked}`);
    });
    await page.goto(url, { waitUntil: until });
    return { page, problems };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#browser.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe-core finds; the page must have been opened with `bypassCSP`, because axe runs inside it. */
export async function violationsOf(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: axePath });
  const results: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
