import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { driftCheckJsonSchema } from '../../cli/json/json-monitor.ts';
import { runJsonSchema } from '../../cli/json/json-output.ts';
import { deployJsonSchema, siteJsonSchema, verifyJsonSchema } from '../../cli/json/json-versions.ts';
import { evaluationSchema } from '../../shared/metrics/evaluation/evaluation.ts';
import { overflowsOf, overlapsOf } from '../../shared/report/testing/page-inspection.ts';
import {
  chromiumMissing,
  chromiumPath,
  SiteBrowser,
  violationsOf,
} from '../../shared/site/testing/site-browser.ts';
import { ciclo, copyOfExample, removeAll } from './support/ciclo-process.ts';

/** The example's pipelines, and what is known of the rows after their locks. */
const pipelines = [
  { name: 'fuel', folder: '.', verdict: 'warn', metric: 'rmse', after: '1976', rows: 183, drift: true },
  {
    name: 'strikes',
    folder: 'strikes',
    verdict: 'pass',
    metric: 'f-beta(2)',
    after: '2001-12-31',
    rows: 627,
    drift: true,
  },
  {
    name: 'weather',
    folder: 'weather',
    verdict: 'pass',
    metric: 'log-loss',
    after: '2014-12-31',
    rows: 365,
    drift: false,
  },
] as const;
type Pipeline = (typeof pipelines)[number];

const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ['on a desktop in light', { viewport: { width: 1280, height: 900 }, colorScheme: 'light' }],
  ['on a phone in dark', { viewport: { width: 390, height: 844 }, colorScheme: 'dark' }],
];

let root: string;
const folderOf = ({ folder }: Pipeline): string => path.join(root, folder);
const resultOf = (pipeline: Pipeline, file: string): string => path.join(folderOf(pipeline), '.ciclo', file);

async function json<T>(cwd: string, schema: { parse(value: unknown): T }, ...words: string[]): Promise<T> {
  const ended = await ciclo([...words, '--json'], { cwd });
  expect(ended.stderr).not.toMatch(/bug in Ciclo/);
  expect(ended.code).toBe(0);
  return schema.parse(JSON.parse(ended.stdout));
}

beforeAll(async () => {
  root = await copyOfExample('three pipelines');
  await writeFile(path.join(root, '.gitignore'), '.ciclo/\npublic/\n');
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words]);
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=data');
});
afterAll(() => removeAll([root]));

/** One repository's story: each test goes on where the one before it ended. */
describe('the example repository', () => {
  test.each(pipelines)('$name is judged', async (pipeline) => {
    const { dataset, evaluation } = await json(folderOf(pipeline), runJsonSchema, 'run');
    expect(evaluation).toMatchObject({ verdict: pipeline.verdict, primary: pipeline.metric, warnings: [] });
    expect(dataset.rows.afterWindow).toBe(pipeline.rows);
    expect(dataset.quality.remarks).toEqual([]);
    expect(evaluation.gates.filter(({ outcome }) => outcome === 'fail')).toEqual([]);
    for (const { value } of Object.values(evaluation.metrics)) expect(value).not.toBeNull();
  });

  test('its README says what the classifiers reach', async () => {
    const readme = (await readFile(path.join(root, 'README.md'), 'utf8')).replaceAll(/\s+/g, ' ');
    const read = async (name: string) =>
      evaluationSchema.parse(
        JSON.parse(await readFile(path.join(root, name, '.ciclo/evaluation/evaluation.json'), 'utf8')),
      );
    const strikes = await read('strikes');
    const figures = (name: string): string[] => {
      const { value, low, high } = strikes.metrics.find((metric) => metric.name === name)!;
      return [value, low, high].map((figure) => figure!.toFixed(2));
    };
    const [recall, low, high] = figures('recall');
    expect(readme).toContain(
      `on the ${strikes.rows.toLocaleString('en')} rows of the test: recall ${recall} (${low} to ${high}) at precision ${figures('precision')[0]}`,
    );
    const weather = await read('weather');
    const accuracy = weather.metrics.find(({ name }) => name === 'accuracy')!.value!;
    expect(readme).toContain(
      `${Math.round(accuracy * 100)}% of the ${weather.rows.toLocaleString('en')} days up to 2014 are right`,
    );
    const rare = ['drizzle', 'fog'].map((name) => weather.classes!.indexOf(name));
    const found = rare.reduce((sum, at) => sum + weather.confusion![at]![at]!, 0);
    const all = rare.reduce((sum, at) => sum + weather.confusion![at]!.reduce((a, b) => a + b), 0);
    expect(readme).toContain(`of their ${all} days ${found} are found`);
  });

  // A deployment ends with the smoke test: the bundle, the started server and the page answer the stored examples.
  test.each(pipelines)('$name is deployed: bundle, server and page answer alike', async (pipeline) => {
    const deployed = await json(folderOf(pipeline), deployJsonSchema, 'deploy');
    expect(deployed).toMatchObject({ tag: `${pipeline.name}@v1.0.0`, change: 'deployed' });
    expect(Object.keys(deployed.folders).sort()).toEqual(['pages', 'server']);
  });

  test('its classifier is trained again to the same bytes', async () => {
    const verified = await json(path.join(root, 'strikes'), verifyJsonSchema, 'verify', 'v1.0.0');
    expect(verified).toMatchObject({ tag: 'strikes@v1.0.0', same: true });
  });

  test.each(pipelines)('$name is checked for drift on the rows after its lock', async (pipeline) => {
    const report = await json(folderOf(pipeline), driftCheckJsonSchema, 'drift-check');
    expect(report).toMatchObject({
      drift: pipeline.drift,
      pipeline: pipeline.name,
      window: { after: pipeline.after },
      rows: { current: pipeline.rows },
      performance: { outcome: 'measured', metric: pipeline.metric },
    });
  });

  test('has one site of three models', async () => {
    const site = await json(root, siteJsonSchema, 'site', '--output', 'public');
    expect(site.pipelines.map(({ name }) => name)).toEqual(pipelines.map(({ name }) => name));
    expect(site.differences).toEqual([]);
  });

  test.runIf(chromiumPath === undefined && process.env.CI !== undefined)('a browser is there in CI', () => {
    expect.fail(chromiumMissing);
  });
});

describe.skipIf(chromiumPath === undefined)(
  `the example’s pages in a browser${chromiumPath ? '' : ` (${chromiumMissing})`}`,
  () => {
    let browser: SiteBrowser;
    beforeAll(async () => {
      browser = await SiteBrowser.start(new Map());
    });
    afterAll(() => browser?.[Symbol.asyncDispose]());

    const pages = (pipeline: Pipeline): readonly string[] => [
      resultOf(pipeline, 'evaluation/report.html'),
      resultOf(pipeline, 'drift/report.html'),
      ...['index', 'card', 'versions'].map((page) =>
        path.join(root, 'public', pipeline.name, `${page}.html`),
      ),
    ];

    describe.each(pipelines)('$name', (pipeline) => {
      test.each(views)('%s: fits, complains of nothing, passes axe', async (_, options) => {
        for (const file of pages(pipeline)) {
          const { page, problems } = await browser.openUrl(pathToFileURL(file).href, {
            ...options,
            bypassCSP: true,
          });
          await page.evaluate(() => {
            for (const details of document.querySelectorAll('details')) details.open = true;
          });
          expect(await page.evaluate(overflowsOf), file).toEqual([]);
          expect(await page.evaluate(overlapsOf), file).toEqual([]);
          expect(await page.locator('body').innerText(), file).not.toMatch(/NaN|Infinity|\[object/);
          expect(await violationsOf(page), file).toEqual([]);
          expect(problems, file).toEqual([]);
          await page.context().close();
        }
      });

      test('the page predicts its own row as the command line does', async () => {
        const url = pathToFileURL(path.join(root, 'public', pipeline.name, 'index.html')).href;
        const { page } = await browser.openUrl(url);
        const record = (await page.locator('#record').textContent()) ?? '';
        const ended = await ciclo(['predict', '--quiet'], { cwd: folderOf(pipeline), stdin: record });
        const { prediction } = JSON.parse(ended.stdout) as { prediction: number | string };
        const shown = await page.locator('.answer-value data').getAttribute('value');
        if (typeof prediction === 'number') expect(Number(shown)).toBeCloseTo(prediction, 9);
        else expect(shown).toBe(prediction);
        await page.context().close();
      });
    });
  },
);
