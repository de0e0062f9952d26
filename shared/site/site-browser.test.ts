import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordParser } from '../dataset/schema/record.ts';
import { type Row, rowAt } from '../dataset/table/table.ts';
import { createPredictor } from '../model/predictor/predictor.ts';
import { modelElement } from './data.ts';
import { renderSite } from './site.ts';
import type { PipelineSite } from './site-input.ts';
import { portfolioSite } from './testing/portfolio-site.ts';
import { realValuedSite } from './testing/real-valued-site.ts';
import { sampleTable } from './testing/sample-site.ts';
import { sampleSites as sites } from './testing/sample-sites.ts';
import { chromiumMissing, chromiumPath, SiteBrowser } from './testing/site-browser.ts';
import { serveSite } from './testing/site-server.ts';

const realValued = realValuedSite();
const portfolio = portfolioSite('regression');

/** Serves a page until its model has begun; the rest when it is released. */
async function servePart(whole: Uint8Array) {
  const begin = Buffer.from(whole).indexOf(`id="${modelElement}"`) + 100_000;
  const { promise: decided, resolve: decide } = Promise.withResolvers<boolean>();
  const server = createServer(async (_, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.write(whole.subarray(0, begin));
    if (await decided) response.end(whole.subarray(begin));
    else response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    release: () => decide(true),
    breakOff: () => decide(false),
    async [Symbol.asyncDispose](): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The row that a page shows as JSON, read as the server reads it. */
async function rowOf(page: Page, { model }: PipelineSite): Promise<Row> {
  const record: unknown = JSON.parse((await page.locator('#record').textContent()) ?? '');
  return recordParser(model.schema)(record, 0).row!;
}

test.runIf(chromiumPath === undefined && process.env.CI !== undefined)('a browser is there in CI', () => {
  expect.fail(chromiumMissing);
});

describe.skipIf(chromiumPath === undefined)(
  `the site in a browser${chromiumPath ? '' : ` (${chromiumMissing})`}`,
  () => {
    let browser: SiteBrowser;
    let files: Map<string, Uint8Array>;

    beforeAll(async () => {
      files = await renderSite({ pipelines: [...sites, realValued, portfolio] });
      browser = await SiteBrowser.start(files);
    });
    afterAll(() => browser?.[Symbol.asyncDispose]());

    test.each([...sites, realValued])(
      '$name: begins with a row that training could have seen, draws it, and complains of nothing',
      async ({ name, model }) => {
        const { page, problems } = await browser.open(`${name}/index.html`);
        const record = JSON.parse((await page.locator('#record').textContent()) ?? '');
        const parsed = recordParser(model.schema)(record, 0);
        expect([...parsed.problems, ...parsed.warnings]).toEqual([]);
        await page.locator('.curve-line').first().waitFor();
        const all = page.getByRole('button', { name: /^Show all/ });
        if (await all.isVisible()) await all.click();
        await page.locator('#effects:not([aria-busy])').waitFor();
        const curves = await page
          .locator('.curve-line')
          .evaluateAll((lines) => lines.map((line) => line.getAttribute('d') ?? ''));
        const numbers = model.schema.columns.filter(
          ({ type, role }) => role === 'feature' && (type === 'number' || type === 'date'),
        );
        expect(curves).toHaveLength(numbers.length);
        for (const curve of curves) expect(curve.split('L').length).toBeGreaterThan(2);
        expect(await page.locator('.point').count()).toBeGreaterThanOrEqual(numbers.length);
        expect(await page.locator('main').innerHTML()).not.toMatch(/NaN|Infinity/);
        const outlined = await page
          .locator('.chart text')
          .evaluateAll((texts) => texts.filter((text) => getComputedStyle(text).stroke !== 'none').length);
        expect(outlined).toBe(0);
        expect(problems).toEqual([]);
        await page.context().close();
      },
    );

    test('the fields come by importance, the rest folded until one of them is wrong', async () => {
      const { page, problems } = await browser.open('real/index.html');
      const labels = await page
        .locator('.field label')
        .evaluateAll((all) => all.map((label) => label.childNodes[0]?.textContent?.trim()));
      const important = realValued.training?.importance.map(({ feature }) => feature) ?? [];
      expect(labels).toEqual(important);
      expect(await page.locator('.field:visible').count()).toBe(10);
      const fold = page.locator('.more-fields');
      await fold.locator('summary').click();
      const last = fold.locator('input[type=text]').last();
      await last.fill('much');
      await page.locator('.field:visible').first().click();
      expect(await page.locator('.field:visible').count()).toBe(important.length);
      await fold.locator('summary').click();
      await last.evaluate((input: HTMLInputElement) => input.dispatchEvent(new Event('input')));
      await expect.poll(() => fold.getAttribute('open')).toBe('');
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test('what is typed and chosen is predicted as the server predicts it', async () => {
      const { page, problems } = await browser.open('regression/index.html');
      await page.getByLabel('weight kg', { exact: true }).fill('1234.5');
      await page.getByLabel('doors', { exact: true }).fill('');
      await page.getByLabel('origin', { exact: true }).selectOption('Europe');
      await page.getByLabel('turbo', { exact: true }).selectOption('true');
      await page.getByLabel('sold', { exact: true }).fill('2025-02-28');
      const row = { weight: 1234.5, doors: null, origin: 'Europe', turbo: true, sold: Date.UTC(2025, 1, 28) };
      const expected = createPredictor(sites[0]!.model).predictRecord(row);
      const shown = Number(await page.locator('.answer-value data').getAttribute('value'));
      expect('value' in expected && expected.value).toBeCloseTo(shown, 9);
      expect(JSON.parse((await page.locator('#record').textContent()) ?? '')).toEqual({
        ...row,
        sold: '2025-02-28',
      });
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test('trees answer in the browser what they answer here, to the bit', async () => {
      const { model } = sites.find(({ name }) => name === 'trees')!;
      const { page, problems } = await browser.open('trees/index.html');
      for (const [origin, weight] of [
        ['Japan', 900],
        ['Europe', 2100.5],
      ] as const) {
        await page.getByLabel('origin', { exact: true }).selectOption(origin);
        await page.getByLabel('weight kg', { exact: true }).fill(String(weight));
        const record = JSON.parse((await page.locator('#record').textContent()) ?? '');
        expect(record).toMatchObject({ origin, weight });
        const expected = createPredictor(model).predictRecord(recordParser(model.schema)(record, 0).row!);
        const shown = await page.locator('.answer-value data').getAttribute('value');
        expect(expected).toEqual({ value: Number(shown) });
      }
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test('the form works while the model is still on its way, and what was typed is then answered', async () => {
      await using host = await servePart(files.get('portfolio/index.html')!);
      const { page, problems } = await browser.openUrl(host.url, {}, 'commit');
      // The script has started: it shows the row.
      await page.locator('#record', { hasText: 'weight' }).waitFor({ state: 'attached' });
      expect(await page.locator('.loading').textContent()).toMatch(/^The model is loading: [\d.]+ MB\.$/);
      const weight = page.getByLabel('weight kg', { exact: true });
      await weight.fill('heavy');
      expect(await page.locator('#answer').textContent()).toContain('One field needs another value');
      await weight.fill('1999.5');
      expect(await page.locator('#answer').textContent()).toContain('The model is loading');
      expect(await page.locator('#record').textContent()).toContain('1999.5');
      host.release();
      await page.locator('.answer-value data').waitFor();
      expect(await page.locator('#answer').textContent()).not.toContain('loading');
      expect(await weight.inputValue()).toBe('1999.5');
      const row = await rowOf(page, portfolio);
      expect(row).toMatchObject({ weight: 1999.5 });
      const shown = await page.locator('.answer-value data').getAttribute('value');
      expect({ value: Number(shown) }).toEqual(createPredictor(portfolio.model).predictRecord(row));
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test('a page that broke off says so in place of an answer, and its form goes on', async () => {
      await using host = await servePart(files.get('portfolio/index.html')!);
      const { page, problems } = await browser.openUrl(host.url, {}, 'commit');
      await page.locator('#record', { hasText: 'weight' }).waitFor({ state: 'attached' });
      host.breakOff();
      await page.locator('.no-model').waitFor();
      expect(await page.locator('#answer').textContent()).toBe(
        'The model did not arrive whole, so there is no answer. Load the page again.',
      );
      await page.getByLabel('weight kg', { exact: true }).fill('1999.5');
      expect(await page.locator('#answer').textContent()).toContain('did not arrive whole');
      expect(problems.join('\n')).toContain('JSON');
      await page.context().close();
    });

    test('a portfolio answers on its page what it answers here, to the bit', async () => {
      const { page, problems } = await browser.open('portfolio/index.html');
      await page.locator('.answer-value data').waitFor();
      const table = sampleTable();
      const records = Array.from({ length: 40 }, (_, row) => rowAt(table, 9 * row));
      const said = await page.evaluate(`JSON.stringify(${JSON.stringify(records)}.map(predictRecord))`);
      const predictor = createPredictor(portfolio.model);
      expect(JSON.parse(String(said))).toEqual(records.map((record) => predictor.predictRecord(record)));
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test.each(['binary', 'multiclass', 'hostile'] as const)(
      '%s: every class has its probability',
      async (name) => {
        const site = sites.find((one) => one.name === name)!;
        const { page, problems } = await browser.open(`${name}/index.html`);
        const expected = createPredictor(site.model).predictRecord(await rowOf(page, site));
        const shown = await page
          .locator('.classes data')
          .evaluateAll((items) =>
            items.map((item) => [item.getAttribute('data-class'), item.getAttribute('value')]),
          );
        const probabilities = 'probabilities' in expected ? Object.entries(expected.probabilities) : [];
        expect(shown.length).toBe(probabilities.length);
        for (const [label, probability] of probabilities) {
          expect(Number(shown.find(([one]) => one === label)?.[1])).toBeCloseTo(probability, 9);
        }
        expect(await page.locator('.answer-value data').getAttribute('value')).toBe(
          'label' in expected ? expected.label : '',
        );
        expect(problems).toEqual([]);
        await page.context().close();
      },
    );

    test('a slider, a chart and a category of a chart set their fields', async () => {
      const { page } = await browser.open('regression/index.html');
      const weight = page.getByLabel('weight kg', { exact: true });
      const value = async (): Promise<number> => Number(await weight.inputValue());
      const chart = page.locator('figure', { hasText: 'weight' }).locator('svg');
      await chart.waitFor(); // the script has drawn: it listens
      await page.getByLabel('weight, slider').focus();
      const before = await value();
      await page.keyboard.press('ArrowRight');
      await expect.poll(value).toBe(Math.round((before + 10) / 10) * 10);
      const isDrawn = page.locator('#effects:not([aria-busy])'); // a chart that is replaced takes no click
      await isDrawn.waitFor();
      const box = (await chart.boundingBox())!;
      await chart.click({ position: { x: box.width - 10, y: box.height / 2 } });
      await expect.poll(value).toBeGreaterThan(2300);
      const category = page.locator('figure', { hasText: 'origin' }).locator('g.row', { hasText: 'Europe' });
      await isDrawn.waitFor();
      await category.click();
      expect(await page.getByLabel('origin', { exact: true }).locator('option:checked').textContent()).toBe(
        'Europe',
      );
      await page.context().close();
    });

    test('the charts show what the predictor gives', async () => {
      const { page } = await browser.open('regression/index.html');
      const row = await rowOf(page, sites[0]!);
      const predictor = createPredictor(sites[0]!.model);
      const answers = ['USA', 'Japan', 'Europe'].map((origin) => predictor.predictRecord({ ...row, origin }));
      const rows = page.locator('figure', { hasText: 'origin' }).locator('g.row');
      await rows.first().waitFor();
      for (const [i, origin] of ['USA', 'Japan', 'Europe'].entries()) {
        const text = await rows.filter({ hasText: origin }).locator('.axis').textContent();
        const answer = answers[i]!;
        expect(Number(text)).toBeCloseTo('value' in answer ? answer.value : Number.NaN, 0);
      }
      await page.context().close();
    });

    test('what cannot be used says so at its field, and what was never seen is a warning', async () => {
      const { page } = await browser.open('regression/index.html');
      const weight = page.getByLabel('weight kg', { exact: true });
      const message = page.locator('#field-0-message');
      for (const [written, said] of [
        ['heavy', '“heavy” is not a number. Enter a number from 1 to 5,000.'],
        ['', 'A value is needed here. Enter a number from 1 to 5,000.'],
        ['9000', '9,000 kg is not allowed. Enter a number from 1 to 5,000.'],
        ['1,5', '“1,5” is not a number. Enter a number from 1 to 5,000. Decimals are written with a point.'],
      ] as const) {
        await weight.fill(written);
        expect(await message.textContent()).toBe(said);
        expect(await weight.getAttribute('aria-invalid')).toBe('true');
        expect(await page.locator('#answer').textContent()).toContain('One field needs another value');
      }
      await weight.fill('4000');
      expect(await message.textContent()).toContain('Training range is 800 kg to 2,400 kg');
      expect(await weight.getAttribute('aria-invalid')).toBeNull();
      expect(await page.locator('.answer-value').count()).toBe(1);
      await page.getByLabel('origin', { exact: true }).selectOption('another value…');
      await page.getByLabel('origin, another value').fill('Mars <b>');
      expect(await page.locator('#field-2-message').textContent()).toContain(
        '“Mars <b>” does not occur in training',
      );
      await page.getByLabel('sold', { exact: true }).fill('');
      const lacking =
        'Hardly any training row, or none, was without this date: the model has not learnt what that means.';
      expect(await page.getByText(lacking).count()).toBe(1);
      expect(await page.locator('.answer-value').count()).toBe(1);
      await page.getByRole('button', { name: 'Back to the typical row' }).click();
      expect(await page.getByText(lacking).count()).toBe(0);
      expect(await message.textContent()).toBe('');
      expect(await page.locator('#field-2-message').textContent()).toBe('');
      await page.context().close();
    });

    test('everything can be done from the keyboard', async () => {
      const { page } = await browser.open('regression/index.html');
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to the content');
      await page.keyboard.press('Enter');
      const reached: string[] = [];
      for (let i = 0; i < 10; i++) {
        await page.keyboard.press('Tab');
        reached.push(
          await page.evaluate(() => document.activeElement?.id || document.activeElement?.tagName || ''),
        );
      }
      expect(reached).toEqual([
        ...['field-0', 'field-0-slider', 'field-1', 'field-1-slider', 'field-2', 'field-3'],
        // A date has three parts.
        ...['field-4', 'field-4', 'field-4', 'field-4'],
      ]);
      await page.locator('#field-0').focus();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('no');
      expect(await page.locator('#field-0').getAttribute('aria-invalid')).toBe('true');
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.type('1500');
      await page.keyboard.press('Enter');
      expect(page.url()).toContain('regression/index.html');
      await page.waitForFunction(() => document.getElementById('announcement')?.textContent?.includes('EUR'));
      await page.context().close();
    });

    test('the interval is the half-width to both sides', async () => {
      const { page } = await browser.open('regression/index.html');
      const value = Number(await page.locator('.answer-value data').getAttribute('value'));
      const text = (await page.locator('.answer-range').textContent()) ?? '';
      const [low, high] = [...text.matchAll(/[\d.]+(?= to|\s+with)/g)].map(Number);
      expect(low).toBeCloseTo(value - 3.25, 1);
      expect(high).toBeCloseTo(value + 3.25, 1);
      expect(text).toContain('90% confidence');
      expect(await page.locator('.levels dt').allTextContents()).toEqual(['50%', '90%']);
      await page.context().close();
    });

    test('works below a path of a server, every link leads somewhere, nothing else is asked for', async () => {
      const server = await serveSite(files);
      const { page, problems } = await browser.openUrl(server.url);
      await page.getByRole('link', { name: 'regression' }).click();
      await page.locator('.answer-value').waitFor();
      await page.getByRole('link', { name: 'Model card' }).click();
      expect(await page.locator('h2').allTextContents()).toContain('Limits');
      await page.getByRole('link', { name: 'Versions' }).click();
      expect(await page.locator('tbody tr').count()).toBe(4);
      await page.getByRole('link', { name: 'Drift' }).click();
      expect(await page.locator('h1').textContent()).toBe('regression');
      expect(await page.locator('table.heat tbody tr').count()).toBe(4);
      await page.getByRole('link', { name: 'Evaluation report' }).click();
      expect(await page.textContent('body')).toContain('The report');
      await page.goBack();
      await page.getByRole('link', { name: 'All models' }).click();
      expect(await page.title()).toBe('Models');
      expect(server.missed).toEqual([]);
      expect(problems).toEqual([]);
      await page.context().close();
      await server.close();
    });

    test('names that are markup or code stay names', async () => {
      const { page, problems } = await browser.open('hostile/index.html');
      expect(await page.locator('img, b:has(img), i').count()).toBe(0);
      expect(await page.locator('h1').textContent()).toBe('hostile');
      expect(await page.locator('label').first().textContent()).toContain('onerror=alert(1)');
      expect(await page.locator('nav a').last().getAttribute('href')).toBe('#');
      const choice = page.locator('#field-2');
      for (let i = 0; i < 3; i++) {
        await choice.selectOption({ index: i });
        expect(await page.locator('.answer-value').count()).toBe(1);
      }
      await page.locator('#field-1').fill('4');
      const record: Record<string, unknown> = JSON.parse((await page.locator('#record').textContent()) ?? '');
      expect(Object.hasOwn(record, '__proto__')).toBe(true);
      expect(problems).toEqual([]);
      await page.context().close();
    });

    test('a script that slipped into a page would not run', async () => {
      const { page } = await browser.open('regression/index.html');
      const refused = await page.evaluate(() => {
        try {
          document.body.innerHTML = '<img src=x onerror="document.title=\'attacked\'">';
          return 'taken';
        } catch (error) {
          return String(error);
        }
      });
      expect(refused).toContain('TrustedHTML');
      await page.context().close();
    });
  },
);
