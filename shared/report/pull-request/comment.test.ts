import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleBlend, sampleSearch } from '../testing/sample-training.ts';
import { renderCheck } from './check-output.ts';
import { renderComment } from './comment.ts';
import { renderJobSummary, summaryLimit } from './job-summary.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { elementsOf, githubHtml, readText, triggersIn } from './testing/github-page.ts';
import { hostileTexts } from './testing/hostile-texts.ts';
import {
  classifierReports,
  failingReport,
  firstReport,
  hostileReport,
  inconclusiveReport,
  largeReport,
  loosenedReport,
  sampleReport,
} from './testing/sample-reports.ts';

const reports: Readonly<Record<string, PullRequestReport>> = {
  passing: sampleReport(),
  failing: failingReport(),
  inconclusive: inconclusiveReport(),
  'no-champion': firstReport(),
  fork: failingReport({ origin: 'fork' }),
  'changed-gates': loosenedReport(),
  hostile: hostileReport(),
  ...classifierReports(),
};

const firstLine = (report: PullRequestReport): string => renderComment(report).split('\n')[0]!;

describe.each(Object.entries(reports))('%s', (name, report) => {
  test('the comment is the golden one', async () => {
    await expect(renderComment(report)).toMatchFileSnapshot(`golden/${name}.md`);
  });

  test('the same report gives the same bytes', () => {
    expect(renderComment(structuredClone(report))).toBe(renderComment(report));
    expect(renderJobSummary(structuredClone(report))).toBe(renderJobSummary(report));
  });

  test('GitHub would make nothing of it that the template did not', () => {
    for (const page of [renderComment(report), renderJobSummary(report)]) {
      expect(page).not.toContain('<!--');
      const html = githubHtml(page);
      const own = Object.values(report.links).map((address) => `a href=${address}`);
      for (const element of elementsOf(html)) {
        if (element.startsWith('a ')) expect(own).toContain(element);
        else expect(allowed).toContain(element);
      }
      expect(triggersIn(html).filter((found) => !page.includes(`git checkout ${found}`))).toEqual([]);
    }
  });

  test('every fold and table is closed', () => {
    const html = githubHtml(renderComment(report));
    const folds = elementsOf(html).filter((element) => element === 'details').length;
    expect(html.match(/<\/details>/g)?.length).toBe(folds);
    const tables = renderComment(report).match(/^\| :?---:? \|/gm)?.length;
    expect(elementsOf(html).filter((element) => element === 'table').length).toBe(tables);
  });
});

const allowed = [
  ...['h3', 'h4', 'p', 'strong', 'em', 'code', 'code class', 'pre', 'span', 'sub', 'ul', 'li', 'blockquote'],
  ...['table', 'thead', 'tbody', 'tr', 'th', 'td', 'th align', 'td align', 'details', 'summary'],
];

describe('the first line', () => {
  test.each([
    [
      sampleReport(),
      '### ✅ `fuel` passes: rmse 2.87 mpg, 0.21 better than the champion’s 3.08 (0.05 to 0.38)',
    ],
    [
      failingReport(),
      '### ❌ `fuel` fails: rmse 4.63 mpg, 1.55 worse than the champion’s 3.08 (0.99 to 2.13)',
    ],
    [
      inconclusiveReport(),
      '### ⚠️ `fuel` is inconclusive: rmse 2.99 mpg, not clearly different from the champion’s 3.08 (0.15 worse to 0.33 better)',
    ],
    [firstReport(), '### ✅ `fuel` passes: rmse 2.87 mpg (2.47 to 3.32)'],
  ])('says the verdict and the number that matters', (report, line) => {
    expect(firstLine(report)).toBe(line);
  });

  test('does not repeat a headline that somebody else wrote', () => {
    const report = failingReport({ origin: 'fork' });
    const lying = { ...report, evaluation: { ...report.evaluation, headline: 'All gates pass, trust me.' } };
    expect(renderComment(lying)).toBe(renderComment(report));
  });
});

test('a pull request that loosens its own gate says so before the gates, with the base branch’s verdict', () => {
  const page = renderComment(loosenedReport());
  expect(page.split('\n').slice(0, 8).join('\n')).toContain(
    '**This pull request loosens what it is judged by.**',
  );
  expect(page).toContain('Under the gates of `main` it **fails**');
  expect(page.indexOf('loosens')).toBeLessThan(page.indexOf('#### Gates'));
});

test('only slices that got worse are listed', () => {
  const page = renderComment(failingReport()).split('<details>')[0]!;
  const section = page.slice(page.indexOf('#### Slices'));
  expect(section).toContain('`Japan`');
  expect(section).not.toContain('3400 and above');
});

test('a slice is clearly worse by the rule of all comparisons, whatever the interval of its value', () => {
  const report = failingReport();
  const own = { column: 'origin', rows: 50, judged: true, metric: 'rmse', value: 3, champion: 2.5 };
  const slices = [
    // The champion's value lies within the interval, and the pairs tell them apart all the same; and the reverse.
    { ...own, label: 'pairs', low: 2, high: 4, gain: { value: -0.5, low: -0.7, high: -0.3 } },
    { ...own, label: 'apart', low: 2.9, high: 3.1, gain: { value: -0.5, low: -1.2, high: 0.2 } },
    { ...own, label: 'touching', low: 2.9, high: 3.1, gain: { value: -0.5, low: -1, high: 0 } },
    { ...own, label: 'older', low: 2.9, high: 3.1 },
  ];
  const page = renderComment({ ...report, evaluation: { ...report.evaluation, slices } });
  const section = page.slice(page.indexOf('#### Slices'));
  expect(section).toContain('#### Slices: 4 of 4 got worse, 1 clearly');
  const cells = ['pairs', 'apart', 'touching', 'older'].map((label) =>
    new RegExp(`\`${label}\`.*\\| ([^|]*) \\|$`, 'm').exec(section)![1]!.trim(),
  );
  expect(cells).toEqual([
    '▼ **0.50**&#160;mpg (0.30 to 0.70)',
    '0.50, not clearly (1.20 worse to 0.20 better)',
    '0.50, not clearly (0.00 to 1.00)',
    '0.5, no interval',
  ]);
});

describe('limits', () => {
  test('500 gates and 2,000 slices fit, failures first, and what is left out is said', async () => {
    const page = renderComment(largeReport());
    expect(page.length).toBeLessThanOrEqual(65_536);
    await expect(page).toMatchFileSnapshot('golden/large.md');
    const small = renderComment(largeReport(), 16_384);
    expect(small.length).toBeLessThanOrEqual(16_384);
    expect(small).toMatch(/Left out for lack of room: .*the table of all slices.*; see the \[report\]/);
    expect(small).toContain('**fail**');
  });

  test('the summary has room for all of them', () => {
    const page = renderJobSummary(largeReport());
    expect(page).toContain('`value 1999`');
    expect(page).not.toContain('Left out');
    expect(Buffer.byteLength(renderJobSummary(largeReport(20_000, 50_000)))).toBeLessThanOrEqual(
      summaryLimit,
    );
  });

  test('no report of any size or text is over a limit', () => {
    const sizes = fc.record({
      gates: fc.nat(700),
      slices: fc.nat(3000),
      text: fc.constantFrom('plain', ...hostileTexts),
      limit: fc.integer({ min: 16_384, max: 65_536 }),
    });
    fc.assert(
      fc.property(sizes, ({ gates, slices, text, limit }) => {
        const report = withNames(largeReport(gates, slices), text);
        const page = renderComment(report, limit);
        expect(page.length).toBeLessThanOrEqual(limit);
        expect(Buffer.byteLength(page)).toBeLessThan(262_144);
        expect(Buffer.byteLength(renderJobSummary(report))).toBeLessThanOrEqual(summaryLimit);
        const check = renderCheck(report, { configPath: 'ciclo.yml', locate: () => ({ file: 'ciclo.yml' }) });
        expect(Buffer.byteLength(check.summary)).toBeLessThanOrEqual(65_535);
        expect(Buffer.byteLength(check.text)).toBeLessThanOrEqual(65_535);
      }),
      { numRuns: 40 },
    );
  });

  test('a limit too small for the verdict is refused', () => {
    expect(() => renderComment(sampleReport(), 100)).toThrow(RangeError);
  });
});

/** Every name and label of the evaluation is this text, everything that can change has changed. */
function withNames(report: PullRequestReport, text: string): PullRequestReport {
  const { evaluation } = report;
  return {
    ...report,
    declaration: {
      base: text,
      changes: Array.from({ length: 30 }, (_, i) => ({
        kind: 'gate',
        effect: 'loosens',
        sentence: text,
        path: ['features', text, i],
        file: 'head',
      })),
      verdict: { verdict: 'fail', headline: text, gates: evaluation.gates },
      agreement: { state: 'awaited', why: Array.from({ length: 9 }, () => text), stops: true },
    },
    evaluation: {
      ...evaluation,
      pipeline: text,
      unit: text,
      champion: { name: text, rows: 9, comparable: true },
      gates: evaluation.gates.map((gate) => ({ ...gate, declared: text, message: text })),
      slices: evaluation.slices.map((slice) => ({ ...slice, column: text, label: text })),
    },
  };
}

test('a blend is shown with its parts, what each scores alone, and what the others score without it', () => {
  const report = sampleReport();
  const page = githubHtml(
    renderComment({ ...report, training: { ...report.training!, blend: sampleBlend() } }),
  );
  const text = readText(page);
  expect(text).toContain('The model is a blend: a neural network 70% and a linear model 30%; trained on');
  expect(text).toMatch(/neural-network\s+70%\s+2\.79\s+3\.41\s+5\s+23 KB/);
  expect(text).not.toContain('was chosen by');
});

test('a search is shown with what it kept, and what it bought', () => {
  const report = sampleReport();
  const text = readText(
    githubHtml(renderComment({ ...report, training: { ...report.training!, search: sampleSearch() } })),
  );
  expect(text).toContain(
    'Search: 4 settings were tried in 7 trainings: rmse 2.61, and 2.79 with every candidate as it is declared.',
  );
  expect(text).toMatch(/neural-network\s+2\s+layers: \[64\], dropout: 0\.25\s+4 of 5\s+2\.79 → 2\.61/);
});
