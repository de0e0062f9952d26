import fs from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderEvaluationReport } from './evaluation-report.ts';
import { brokenWordsOf, contrastsOf, overflowsOf, overlapsOf } from './testing/page-inspection.ts';
import { sampleInputs } from './testing/sample-inputs.ts';

const chromiumPath = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => fs.existsSync(file));
const missing = 'Chromium is not installed: apt-get install chromium, or say where it is with CHROMIUM_PATH';
const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const samples = Object.entries(sampleInputs());
const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['on a desktop in light', { viewport: { width: 1200, height: 900 }, colorScheme: 'light' }],
  ['on a desktop in dark', { viewport: { width: 1200, height: 900 }, colorScheme: 'dark' }],
  ['on a tablet in light', { viewport: { width: 700, height: 900 }, colorScheme: 'light' }],
  ['on a phone in light', { viewport: { width: 360, height: 740 }, colorScheme: 'light' }],
];

test.runIf(chromiumPath === undefined && process.env.CI !== undefined)('a browser is there in CI', () => {
  expect.fail(missing);
});

describe.skipIf(chromiumPath === undefined)(
  `reports in a browser${chromiumPath ? '' : ` (${missing})`}`,
  () => {
    let browser: Browser;
    let folder: string;

    beforeAll(async () => {
      folder = await mkdtemp(path.join(os.tmpdir(), 'ciclo-report-'));
      for (const [name, input] of samples) {
        await writeFile(path.join(folder, `${name}.html`), await renderEvaluationReport(input));
      }
      browser = await chromium.launch({
        executablePath: chromiumPath!,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
      });
    });

    afterAll(async () => {
      await browser?.close();
      await rm(folder, { recursive: true, force: true });
    });

    /** Opens a report with everything in it unfolded. */
    async function open(name: string, options: BrowserContextOptions): Promise<Opened> {
      const page = await browser.newPage(options);
      const problems: string[] = [];
      const url = pathToFileURL(path.join(folder, `${name}.html`)).href;
      page.on('console', (message) => problems.push(message.text()));
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('request', (request) => {
        if (request.url() !== url && !request.url().startsWith('data:'))
          problems.push(`request ${request.url()}`);
      });
      await page.goto(url);
      await page.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      return { page, problems };
    }

    describe.each(samples.map(([name]) => name))('%s', (name) => {
      test.each(views)(
        'fits and can be read %s, asks nothing of the network, has no complaint',
        async (_view, options) => {
          const { page, problems } = await open(name, options);
          expect(await page.evaluate(overflowsOf)).toEqual([]);
          // Where every name fills a line, words of others may break.
          if (name !== 'hostile') expect(await page.evaluate(brokenWordsOf)).toEqual([]);
          const contrasts = await page.evaluate(contrastsOf);
          expect(contrasts.length).toBeGreaterThan(40);
          expect(contrasts.filter(({ contrast }) => contrast < 4.5)).toEqual([]);
          expect(await page.evaluate(overlapsOf)).toEqual([]);
          expect(problems).toEqual([]);
          await page.close();
        },
      );

      test.each(views.filter(([view]) => !view.includes('tablet')))(
        'passes axe %s',
        async (_view, options) => {
          // axe runs inside the page, which the page's own policy forbids.
          const { page } = await open(name, { ...options, bypassCSP: true });
          await page.addScriptTag({ path: axePath });
          expect(await violationsOf(page)).toEqual([]);
          await page.close();
        },
      );
    });

    test('the checks find what is wrong', async () => {
      const file = path.join(folder, 'spoilt.html');
      const page = await renderEvaluationReport(sampleInputs().regression);
      const spoilt = page
        .replace('aria-label="Sections"', 'aria-label="Sections" role="nonsense"')
        .replaceAll(
          /<text text-anchor="middle" transform="translate\([\d.]+,/g,
          '<text transform="translate(0,',
        )
        .replace('</main>', `<p class="pale">pale</p><pre class="broad">${'w'.repeat(500)}</pre></main>`)
        .replace('</style>', '.pale{color:#bbb}.broad{white-space:pre;width:2000px}</style>');
      await writeFile(file, spoilt);
      const opened = await browser.newPage({ ...views[3]![1], bypassCSP: true });
      await opened.goto(pathToFileURL(file).href);
      await opened.evaluate(() => {
        for (const details of document.querySelectorAll('details')) details.open = true;
      });
      expect(await opened.evaluate(overflowsOf)).toContain('PRE broad');
      const pale = (await opened.evaluate(contrastsOf)).filter(({ contrast }) => contrast < 4.5);
      expect(pale.map(({ text }) => text)).toEqual(['pale']);
      expect((await opened.evaluate(overlapsOf)).length).toBeGreaterThan(3);
      await opened.addScriptTag({ path: axePath });
      expect((await violationsOf(opened)).join()).toContain('aria-roles');
      await opened.close();
    });

    test.each(views)(
      'a reason in place of an interval leaves the names of the metrics their room %s',
      async (_view, options) => {
        const { evaluation, ...input } = sampleInputs().regression;
        const [first] = evaluation.metrics;
        const names = ['rmse', 'mae', 'median-absolute-error', 'mape', 'smape', 'explained-variance'];
        const metrics = names.map((name) => ({ ...first!, name, champion: undefined }));
        const reason = 'the largest error of these rows says little about the largest of others';
        const largest = { ...metrics[0]!, name: 'max-error', low: null, high: null, reason };
        const { champion: _champion, ...without } = evaluation;
        const page = await renderEvaluationReport({
          ...input,
          evaluation: { ...without, metrics: [...metrics, largest] } as typeof evaluation,
        });
        await writeFile(path.join(folder, 'reason.html'), page);
        const opened = await open('reason', options);
        expect(await opened.page.evaluate(overflowsOf)).toEqual([]);
        expect(await opened.page.evaluate(brokenWordsOf)).toEqual([]);
        await opened.page.close();
      },
    );

    test('charts take their colours from the scheme of the reader', async () => {
      const strokes = await Promise.all(
        (['light', 'dark'] as const).map(async (colorScheme) => {
          const { page } = await open('regression', { colorScheme });
          const stroke = await page.evaluate(() => {
            const line = document.querySelector('.learning .wide path[stroke="var(--model)"]');
            return line ? getComputedStyle(line).stroke : 'no line';
          });
          await page.close();
          return stroke;
        }),
      );
      expect(strokes).toEqual(['rgb(31, 99, 193)', 'rgb(125, 177, 255)']);
    });

    test('paper is light and leaves out what is folded, which it names', async () => {
      const { page } = await open('regression', { colorScheme: 'dark' });
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      const printed = await page.evaluate(() => {
        const seen = (selector: string) =>
          document.querySelector(selector)!.getBoundingClientRect().height > 5;
        const [glossary] = [...document.querySelectorAll<HTMLDetailsElement>('.folded > details')].slice(-1);
        glossary!.open = false;
        const folded = seen('#glossary');
        for (const details of glossary!.parentElement!.querySelectorAll('details')) details.open = true;
        return {
          ink: getComputedStyle(document.body).color,
          gates: seen('#gates'),
          folded,
          opened: seen('.glossary dd'),
          note: seen('.on-paper'),
          // Its ground is printed: what stands on it must not touch its edge.
          room: Number.parseFloat(getComputedStyle(document.querySelector('.verdict')!).paddingLeft) >= 8,
        };
      });
      expect(printed).toEqual({
        ink: 'rgb(23, 32, 43)',
        room: true,
        gates: true,
        folded: false,
        opened: true,
        note: true,
      });
      await page.close();
    });

    test('a script in the page would not run', async () => {
      const file = path.join(folder, 'attacked.html');
      const page = await renderEvaluationReport(sampleInputs().minimal);
      await writeFile(
        file,
        page.replace(
          '</h1>',
          '</h1><script>document.title="attacked"</script><img src=x onerror="document.title=\'attacked\'">',
        ),
      );
      const opened = await browser.newPage();
      await opened.goto(pathToFileURL(file).href);
      expect(await opened.title()).toContain('Pass');
      await opened.close();
    });
  },
);

interface Opened {
  readonly page: Page;
  readonly problems: readonly string[];
}

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

async function violationsOf(page: Page): Promise<string[]> {
  const results: AxeResults = await page.evaluate('axe.run(document, { resultTypes: ["violations"] })');
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
