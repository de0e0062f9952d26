import { createHash } from 'node:crypto';
import { parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import type { HistoryLine } from '../drift/history/history-line.ts';
import { sampleHistory } from '../report/testing/sample-drift.ts';
import { formElement, modelElement } from './data.ts';
import { renderSite } from './site.ts';
import type { PipelineSummary } from './site-input.ts';
import { formatSummary, parseSummary, summaryOf } from './summary.ts';
import { portfolioSite } from './testing/portfolio-site.ts';
import { sampleSite, sampleVersions } from './testing/sample-site.ts';

const decode = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

const other: PipelineSummary = {
  ...{ name: 'a-wine', task: 'multiclass', target: 'grape', versions: 2, version: 'v0.2.0' },
  metric: { name: 'accuracy', value: 0.9, low: null, high: null, better: 'higher' },
};

describe('a site', () => {
  test('has an index, and a folder of pages for each pipeline', async () => {
    const files = await renderSite({ pipelines: [sampleSite('regression'), sampleSite('binary')] });
    expect([...files.keys()].sort()).toEqual([
      ...[
        'binary/badge.json',
        'binary/card.html',
        'binary/index.html',
        'binary/report.html',
        'binary/summary.json',
      ],
      ...['binary/versions.html', 'index.html'],
      ...[
        'regression/badge.json',
        'regression/card.html',
        'regression/index.html',
        'regression/report.html',
        'regression/summary.json',
      ],
      'regression/versions.html',
    ]);
  });

  test('is HTML without a mistake, loads nothing, and every link of it leads to one of its files', async () => {
    const files = await renderSite({ pipelines: [sampleSite('regression')] });
    for (const [name, bytes] of files) {
      if (!name.endsWith('.html')) continue;
      const text = decode(bytes);
      const mistakes: string[] = [];
      parse(text, { onParseError: ({ code }) => mistakes.push(code) });
      expect(name.endsWith('report.html') ? [] : mistakes).toEqual([]);
      expect(text).not.toMatch(/<script[^>]* src=|@import|url\((?!data:)/);
      for (const [, href] of text.matchAll(/<a [^>]*href="([^"#]+)/g)) {
        const target = new URL(href!, `https://example.invalid/${name}`).pathname.slice(1);
        expect(files.has(target), `${href} of ${name}`).toBe(true);
      }
    }
  });

  test('has a history once there was a check, and only then names it in the menu', async () => {
    const without = await renderSite({ pipelines: [sampleSite('binary')] });
    expect(without.has('binary/history.html')).toBe(false);
    expect(decode(without.get('binary/index.html'))).not.toContain('history.html');
    const history = sampleHistory(12);
    const files = await renderSite({ pipelines: [sampleSite('binary', {}, { history })] });
    expect(decode(files.get('binary/index.html'))).toContain('href="history.html"');
    const page = decode(files.get('binary/history.html'));
    expect(page).toContain('Last check: no drift');
    expect(page.match(/<time datetime/g)).toHaveLength(13);
    expect(page).toContain('pull request #12');
  });

  test('says wherever a performance of its history stands that it was estimated without labels', async () => {
    const historyOf = async (lines: readonly HistoryLine[]) => {
      const files = await renderSite({ pipelines: [sampleSite('binary', {}, { history: lines })] });
      return decode(files.get('binary/history.html'));
    };
    const history = sampleHistory(8);
    expect(history.map(({ performance }) => performance?.kind === 'estimated')).toEqual([
      ...[false, false, false, true],
      ...[false, false, false, true],
    ]);
    const page = await historyOf(history);
    expect(page).toMatch(/<code>rmse<\/code> <b>[\d.]+<\/b> \([\d.]+ to [\d.]+\), estimated without labels/);
    expect(page.match(/<\/code> <span class="faint">estimated without labels<\/span>/g)).toHaveLength(2);
    expect(page).toMatch(
      /<span class="legend">.*<\/svg>measured<\/span>.*<\/svg>estimated without labels<\/span>/,
    );
    expect(await historyOf(history.slice(0, 3))).not.toContain('estimated');
  });

  test('needs less than 300 KB for its first page, everything included', async () => {
    const files = await renderSite({ pipelines: [sampleSite('multiclass')] });
    expect(files.get('multiclass/index.html')!.byteLength).toBeLessThan(300_000);
    expect(files.get('index.html')!.byteLength).toBeLessThan(60_000);
  });

  test('needs less than 300 KB until its form works, however large the model is that follows', async () => {
    const files = await renderSite({ pipelines: [portfolioSite('regression')] });
    const page = files.get('portfolio/index.html')!;
    const model = Buffer.from(page).indexOf(`id="${modelElement}"`);
    expect(model).toBeGreaterThan(Buffer.from(page).indexOf('</form>'));
    expect(model).toBeGreaterThan(Buffer.from(page).lastIndexOf('<script>'));
    expect(model).toBeLessThan(300_000);
    expect(page.byteLength).toBeGreaterThan(1_000_000);
  });

  test('has a policy that lets its one script run and nothing else', async () => {
    const files = await renderSite({ pipelines: [portfolioSite('binary')] });
    const page = decode(files.get('portfolio/index.html'));
    const [, policy] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)!;
    const scripts = [...page.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(scripts.map(([, attributes]) => attributes)).toEqual([
      ` type="application/json" id="${formElement}"`,
      '',
      ` type="application/json" id="${modelElement}"`,
    ]);
    const digest = createHash('sha256').update(scripts[1]![2]!).digest('base64');
    expect(policy!.replace(/style-src 'sha256-[^']+'/, 'style-src')).toBe(
      `default-src 'none'; style-src; script-src 'sha256-${digest}'; img-src data:; base-uri 'none'; form-action 'none'; ` +
        `require-trusted-types-for 'script'; trusted-types 'none'`,
    );
  });

  test('is the same bytes for the same input', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(() => renderSite({ pipelines: [sampleSite('binary')] })),
    );
    expect(first).toEqual(second);
  });

  test('lists pipelines whose folders are there already, and their own new one once', async () => {
    const own = sampleSite('binary');
    const files = await renderSite({
      pipelines: [own],
      others: [other, { ...summaryOf(own), versions: 98765 }],
    });
    const names = [...decode(files.get('index.html')).matchAll(/href="([^"]+)\/index\.html"/g)].map(
      ([, name]) => name,
    );
    expect(names).toEqual(['a-wine', 'binary']);
    expect(decode(files.get('index.html'))).not.toContain('98,765');
  });

  test('keeps the columns that models do not see out of the page', async () => {
    const files = await renderSite({ pipelines: [sampleSite('regression')] });
    expect(decode(files.get('regression/index.html'))).not.toContain('"hidden"');
  });

  test('says which version is live, and shows the versions by number whatever their order', async () => {
    const versions = [...sampleVersions(12)].reverse();
    const files = await renderSite({ pipelines: [sampleSite('regression', {}, { versions })] });
    const page = decode(files.get('regression/versions.html'));
    expect(page).toContain('v1.11.0</bdi></b> is live');
    const rows = [...page.matchAll(/scope="row"[^>]*><bdi>(v[\d.]+)/g)].map(([, version]) => version);
    expect(rows).toEqual(versions.map(({ version }) => version));
  });

  test('a site without a history, an importance or a report can be made', async () => {
    const {
      report: _report,
      uncertainty: _uncertainty,
      ...site
    } = sampleSite('regression', {}, { versions: [] });
    const files = await renderSite({ pipelines: [site] });
    expect(decode(files.get('regression/versions.html'))).toContain(
      'No version has a value of this metric yet',
    );
    expect(files.has('regression/report.html')).toBe(false);
  });

  test('refuses a name that is not a folder, one that comes twice, and two live versions', async () => {
    const site = sampleSite('binary');
    await expect(renderSite({ pipelines: [{ ...site, name: '../x' }] })).rejects.toThrow(
      'cannot make the site: "../x" is not a name for a pipeline\'s folder; write small letters, digits and hyphens',
    );
    await expect(renderSite({ pipelines: [site, site] })).rejects.toThrow(
      'two pipelines are called "binary"',
    );
    const versions = sampleVersions(2).map((version) => ({ ...version, live: true }));
    await expect(renderSite({ pipelines: [{ ...site, versions }] })).rejects.toThrow(
      'v1.0.0 and v1.1.0 are all said to be live',
    );
  });

  test('refuses weights of another model', async () => {
    const site = sampleSite('binary');
    if (!('weights' in site.model)) throw new TypeError('the sample has layers');
    const model = { ...site.model, weights: site.model.weights.slice(4) };
    await expect(renderSite({ pipelines: [{ ...site, model }] })).rejects.toThrow(
      'weights.bin: model.json declares',
    );
  });
});

test('the page of a model that no browser runs says so, names no file of it, and shows what its server takes', async () => {
  const attack = `</pre><script>alert(1)</script>`;
  const site = sampleSite('regression', { origins: [attack, 'USA', 'Japan'] }, { name: 'outside' });
  const { schema, recipe } = site.model;
  const pipelines = [{ ...site, model: { schema, recipe, onnx: new Uint8Array([1, 2, 3]) } }];
  const files = await renderSite({ pipelines });
  const page = decode(files.get('outside/index.html'));
  const mistakes: string[] = [];
  parse(page, { onParseError: ({ code }) => mistakes.push(code) });
  expect(mistakes).toEqual([]);
  expect(page).toContain('This model cannot be run on this page.');
  expect(page).toContain('<code>ciclo serve outside-v1.3.0.zip</code>');
  expect(page).not.toContain('<script');
  expect(page).not.toContain('<form');
  const shown = /<pre id="record"[^>]*>([^<]*)<\/pre>/.exec(page)![1]!;
  const record = JSON.parse(shown.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
  expect(Object.keys(record)).toEqual(['weight', 'doors', 'origin', 'turbo', 'sold']);
  for (const name of ['card', 'versions', 'report'])
    expect([...files.keys()]).toContain(`outside/${name}.html`);
});

describe('summary.json', () => {
  test('is read as it was written', () => {
    for (const summary of [other, summaryOf(sampleSite('regression'))]) {
      expect(parseSummary(formatSummary(summary))).toEqual(summary);
    }
  });

  test.each([
    ['{', 'it is not JSON'],
    ['{}', 'cannot read name'],
    [formatSummary({ ...other, name: '../a' }), 'cannot read name'],
  ])('%s is refused', (text, message) => {
    expect(() => parseSummary(text)).toThrow(message);
  });
});
