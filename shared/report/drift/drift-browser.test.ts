import fs from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReplayPage } from '../replay/replay-page.ts';
import { contrastsOf, overflowsOf, overlapsOf } from '../testing/page-inspection.ts';
import { sampleDriftInputs } from '../testing/sample-drift.ts';
import { sampleReplay } from '../testing/sample-replay.ts';
import { renderDriftReport } from './drift-report-page.ts';

const chromiumPath = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => fs.existsSync(file));
const missing = 'Chromium is not installed: apt-get install chromium, or say where it is with CHROMIUM_PATH';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const pages = new Map([
  ...Object.entries(sampleDriftInputs()).map(([name, input]) => [name, renderDriftReport(input)] as const),
  ['replay', renderReplayPage(sampleReplay())],
]);
const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['on a desktop in light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
  ['on a tablet in dark', { viewport: { width: 700, height: 900 }, colorScheme: 'dark' }],
  ['on a phone in light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
];

test.runIf(chromiumPath === undefined && process.env.CI !== undefined)('a browser is there in CI', () => {
  expect.fail(missing);
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

describe.skipIf(chromiumPath === undefined)(
  `drift reports in a browser${chromiumPath ? '' : ` (${missing})`}`,
  () => {
    let browser: Browser;
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), 'ciclo-drift-report-'));
      for (const [name, page] of pages) await writeFile(path.join(folder, `${name}.html`), page);
      browser = await chromium.launch({
        executablePath: chromiumPath!,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
      });
    });

    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    describe.each([...pages.keys()])('%s', (name) => {
      test.each(views)(
        'fits and can be read %s, asks nothing of the network, passes axe',
        async (_view, options) => {
          // axe runs inside the page, which the page's own policy forbids.
          const page = await browser.newPage({ ...options, bypassCSP: true });
          const problems: string[] = [];
          const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
          page.on('console', (message) => problems.push(message.text()));
          page.on('request', (request) => {
            if (request.url() !== url && !request.url().startsWith('data:')) problems.push(request.url());
          });
          await page.goto(url);
          await page.evaluate(() => {
            for (const details of [...document.querySelectorAll('details')].slice(0, 12)) details.open = true;
          });
          expect(await page.evaluate(overflowsOf)).toEqual([]);
          expect(await page.evaluate(overlapsOf)).toEqual([]);
          const contrasts = await page.evaluate(contrastsOf);
          expect(contrasts.length).toBeGreaterThan(15);
          expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
          expect(problems).toEqual([]);
          await page.addScriptTag({ path: axePath });
          const { violations }: AxeResults = await page.evaluate(
            'axe.run(document, { resultTypes: ["violations"] })',
          );
          expect(
            violations.flatMap(({ id, nodes }) =>
              nodes
                .slice(0, 3)
                .map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
            ),
          ).toEqual([]);
          await page.close();
        },
        180_000,
      );
    });
  },
);
