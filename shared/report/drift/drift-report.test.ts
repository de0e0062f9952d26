import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { niceTicks } from '../chart/nice-ticks.ts';
import { replayHeadline } from '../replay/policy-summary.ts';
import { renderReplayPage } from '../replay/replay-page.ts';
import { attributeOf, elementsOf, readableText, structureOf, textOf } from '../testing/page-structure.ts';
import {
  hostile,
  sampleDriftInputs,
  sampleHistory,
  sampleMonitor,
  samplePerformance,
} from '../testing/sample-drift.ts';
import { sampleReplay } from '../testing/sample-replay.ts';
import { rankedColumns } from './column-words.ts';
import { renderDriftReport } from './drift-report-page.ts';
import { driftSummary } from './drift-summary.ts';

const inputs = sampleDriftInputs();
const sectionTitles = (page: string) =>
  elementsOf(page)
    .filter(({ tagName, attrs }) => tagName === 'h2' && attrs.some(({ name }) => name === 'id'))
    .map(textOf);
const columnOrder = (page: string) =>
  elementsOf(page)
    .filter(({ tagName }) => tagName === 'summary')
    .map(textOf)
    .filter((summary) => summary.includes(': '));

describe('the page of a drift check', () => {
  test('has every part in the order of what the reader decides', () => {
    expect(sectionTitles(renderDriftReport(inputs.monitor))).toEqual([
      'Performance, measured',
      'Columns',
      'Earlier checks',
      'Slices',
      'Predictions',
      'All features together',
      'What was compared',
      'Assumptions',
    ]);
  });

  test('folds all but what decides', () => {
    const folded = elementsOf(renderDriftReport(inputs.monitor))
      .filter((element) => attributeOf(element, 'class') === 'folded')
      .map((element) => attributeOf(element, 'aria-labelledby'));
    expect(folded).toEqual([
      'segments-title',
      'prediction-title',
      'multivariate-title',
      'compared-title',
      'assumptions-title',
    ]);
  });

  test('says which way each column moved, with the unit and the ends of its axis', () => {
    const columns = inputs.monitor.report.columns.map((column) =>
      column.name === 'weight' ? { ...column, medians: { reference: 2920, current: 2470 } } : column,
    );
    const page = renderDriftReport({
      report: { ...inputs.monitor.report, columns },
      units: new Map([['weight', 'lb']]),
    });
    expect(readableText(page)).toContain('fell 2,920 → 2,470 lb');
    expect(readableText(page)).toContain('from 3,567 lb');
    expect(readableText(page)).toMatch(/USA 6[0-9]% → 39%/);
  });

  test('says the verdict first, with the false alarms to expect', () => {
    const text = readableText(renderDriftReport(inputs.monitor));
    expect(text).toMatch(
      /^ ?Skip to the report Drift check of fuel Verdict: Drift and a worse model Drift: columns carrying 96% of feature importance drifted/,
    );
    expect(text).toContain(
      'If nothing has changed, at most 5% of checks raise a false alarm, at most 2.6 in a year.',
    );
    expect(text).toContain(
      '5%, shared out: all columns 2.4%, changes of structure 0.8%, all features together 0.8%, performance (all checks of a version together) 1%',
    );
    expect(text).toContain('those that fuel@v1.2.0 was trained on');
  });

  test('says nowhere "at most" where too few rows are independent', () => {
    const words = 'effective sample size: 6 of 300 rows (x), because rows near each other by day are alike';
    const report = sampleMonitor({ dependence: { measured: true, handled: false, words } });
    for (const text of [readableText(renderDriftReport({ report })), driftSummary(report)]) {
      expect(text).toContain(`more than 5% of checks may raise a false alarm: ${words}`);
      expect(text).not.toMatch(/at most [\d.]+(%| in a year)/);
    }
    expect(readableText(renderDriftReport({ report }))).not.toContain('False alarms in a year');
  });

  test('says what season it was compared with, and minds the weekdays', () => {
    const season = { used: true, words: 'compared with the same days of 3 earlier years: 93 locked rows' };
    const warning = 'the window is 31 days long';
    const report = sampleMonitor({
      season,
      'weekly-pattern': { columns: ['weight'], level: 0.01, days: 31, warning },
    });
    for (const text of [readableText(renderDriftReport({ report })), driftSummary(report)]) {
      expect(text).toContain(season.words);
      expect(text).toContain(`Weekday pattern: ${warning}.`);
    }
    const unused = driftSummary({ ...report, season: { used: false, words: 'not available' } });
    expect(unused).toContain(
      'If nothing has changed, not even the season, at most 5% of checks raise a false alarm',
    );
  });

  test('ranks drifted columns first, by their weight in the model', () => {
    const names = columnOrder(renderDriftReport(inputs.monitor));
    expect(names.slice(0, 3)).toEqual(['weight: drifted', 'horsepower: drifted', 'displacement: drifted']);
    const ranked = rankedColumns(inputs.wide.report);
    const lastDrifted = ranked.findLastIndex(({ drifted }) => drifted);
    expect(ranked.slice(0, lastDrifted + 1).every(({ drifted }) => drifted)).toBe(true);
    expect(ranked).toHaveLength(65);
  });

  test('tells measured and estimated performance apart', () => {
    const estimated = readableText(renderDriftReport(inputs.estimated));
    expect(estimated).toContain('Performance, estimated without labels');
    expect(estimated).toContain('No label of these rows is known yet');
    expect(estimated).toContain('get labels before you act on it');
    const measured = readableText(renderDriftReport(inputs.monitor));
    expect(measured).not.toContain('estimated without labels on');
    expect(measured).toContain(
      'It got worse by 1.05 (0.41 to 1.72), beyond the alarm threshold of 0.287 mpg.',
    );
  });

  test('says what is missing where there is no verdict', () => {
    expect(readableText(renderDriftReport(inputs.few))).toContain('A verdict needs 30 rows on each side.');
    const undecided = readableText(renderDriftReport(inputs.undecided));
    expect(undecided).toContain('Verdict: Not decided');
    expect(undecided).toContain('This is neither an alarm nor an all-clear.');
    expect(undecided).toContain('x0, x1, x2, x3, x4, x5, x6, x7 cannot be compared');
    const nothing = renderDriftReport(inputs.nothing);
    expect(readableText(nothing)).toContain('Nothing to compare');
    expect(sectionTitles(nothing)).toEqual(['What was compared', 'Assumptions']);
  });

  test('shows each check of the history as a column, with what happened', () => {
    const page = renderDriftReport({ report: sampleMonitor(), history: sampleHistory(12) });
    const heat = elementsOf(page).find((element) => attributeOf(element, 'class') === 'heat')!;
    expect(textOf(heat)).toContain('drifted, 4');
    expect(readableText(page)).toContain('v1.3.0 in production');
    expect(readableText(page)).toContain('pull request: #12 opened: Retrain fuel');
  });

  test('stays under 500 KB with 65 columns and 60 checks, all columns named', () => {
    const page = renderDriftReport(inputs.wide);
    expect(Buffer.byteLength(page)).toBeLessThan(500_000);
    expect(columnOrder(page)).toHaveLength(65);
  });

  test('stays under 500 KB with 600 columns, and says how many are left out', () => {
    const columns = Array.from({ length: 600 }, (_, i) => ({
      ...inputs.wide.report.columns[i % 65]!,
      name: `column ${i}`,
    }));
    const page = renderDriftReport({ report: { ...inputs.wide.report, columns } });
    expect(Buffer.byteLength(page)).toBeLessThan(500_000);
    expect(readableText(page)).toMatch(/\d+ more columns are in drift\.json/);
  });

  test('lets hostile names and texts be nothing but text', () => {
    const plain = sampleMonitor({ headline: 'plain' });
    const spoil = (text: string) => ({
      ...plain,
      pipeline: text,
      headline: text,
      columns: plain.columns.map((column) => ({
        ...column,
        name: text,
        reasons: column.reasons.map(() => text),
      })),
      segments: plain.segments.map((segment) => ({ ...segment, label: text, reason: text })),
    });
    const history = (text: string) =>
      sampleHistory(6, [text]).map((line) => ({ ...line, time: text, model: text }));
    const page = (text: string) => renderDriftReport({ report: spoil(text), history: history(text) });
    expect(structureOf(page(hostile))).toEqual(structureOf(page('h'.repeat(hostile.length))));
  });
});

describe('the summary of a drift check', () => {
  test('begins with the verdict and ends with what happens next', () => {
    const summary = driftSummary(inputs.monitor.report, {
      action: '#12 opened: Retrain fuel',
      reportUrl: 'https://example.com/report',
    });
    const lines = summary.trimEnd().split('\n');
    expect(lines[0]).toBe('### ❌ `fuel`: Drift and a worse model');
    expect(lines.at(-3)).toContain('**What happens next**');
    expect(lines.at(-1)).toContain('(https://example.com/report)');
    expect(summary).toContain('| `weight` | **drifted** | 65% |');
    expect(summary).toContain('**Smallest detectable change**');
  });

  test('has a calm sign where nothing is wrong and none where nothing was judged', () => {
    expect(driftSummary(inputs.steady.report)).toMatch(/^### ✅ No drift\n/);
    expect(driftSummary(inputs.few.report)).toMatch(/^### ⚠️ Not enough data\n/);
    expect(driftSummary(inputs.nothing.report)).toMatch(/^### ➖ Nothing to compare\n/);
    const undecided = driftSummary(inputs.undecided.report);
    expect(undecided).toMatch(/^### ⚠️ Not decided\n/);
    for (let i = 0; i < 8; i++) expect(undecided).toContain(`| \`x${i}\` | cannot be compared |`);
  });

  test('warns of an estimate without calling it a loss', () => {
    const report = sampleMonitor({
      drift: false,
      outcome: 'no-drift',
      severity: 'none',
      performance: samplePerformance({ outcome: 'estimated', degraded: false, suspected: true }),
    });
    const summary = driftSummary(report);
    expect(summary).toMatch(/^### ⚠️ `fuel`: No drift\n/);
    expect(summary).toContain('Estimated, without labels');
  });

  test('stays within 60,000 bytes, whatever the texts', () => {
    const long = `${hostile} `.repeat(40);
    const columns = inputs.wide.report.columns.map((column) => ({ ...column, name: long, reasons: [long] }));
    const report = {
      ...inputs.wide.report,
      columns,
      headline: long,
      reasons: Array.from({ length: 50 }, () => long),
    };
    const summary = driftSummary(report, {
      action: long,
      history: sampleHistory(60).map((line) => ({ ...line, action: { kind: 'issue', reason: long } })),
    });
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(60_000);
    expect(summary.split('\n')[0]).toBe('### ❌ Drift');
  });

  test('mentions nobody and makes no HTML, link or table cell of a name', () => {
    const summary = driftSummary(inputs.wide.report);
    expect(summary).not.toContain('<img');
    expect(summary).not.toContain('@octocat');
    expect(summary).not.toContain('](https://evil');
    const rows = summary.split('\n').filter((line) => line.startsWith('| '));
    expect(rows.length).toBeGreaterThan(10);
    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([9]));
  });
});

describe('the page of a replay', () => {
  test('compares the policies and tells the story', () => {
    const report = sampleReplay();
    const page = renderReplayPage(report);
    const text = readableText(page);
    expect(text).toContain(replayHeadline(report));
    for (const words of ['never retrained', 'retrained with every window', 'retrained on drift'])
      expect(text).toContain(words);
    expect(text).toContain('v1.1.0 goes into production');
    const filled = elementsOf(page).filter(
      (element) => attributeOf(element, 'class') === 'event-sign filled',
    );
    const merged = report.policies
      .find(({ name }) => name === 'on-drift')!
      .retrainings.filter((one) => one.merged);
    // The chart is there in a wide and in a narrow form.
    expect(filled).toHaveLength(2 * merged.length);
  });

  test('can be rendered without periods, policies or story', () => {
    const page = renderReplayPage(sampleReplay({ periods: [], policies: [], story: [] }));
    expect(readableText(page)).toContain('Replay of fuel');
  });

  test('stays under 500 KB over two thousand periods', () => {
    const periods = Array.from({ length: 2000 }, (_, i) => `day ${i}`);
    const policies = sampleReplay().policies.map((policy) => ({
      ...policy,
      points: periods.map((period) => ({ ...policy.points[0]!, period })),
    }));
    expect(Buffer.byteLength(renderReplayPage(sampleReplay({ periods, policies })))).toBeLessThan(500_000);
  });
});

describe('niceTicks', () => {
  test('are evenly spaced, few, and hold both ends', () => {
    expect(niceTicks(2.3, 4.1, 4)).toEqual([2, 2.5, 3, 3.5, 4, 4.5]);
    fc.assert(
      fc.property(
        fc.double({ min: -1e6, max: 1e6, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 2, max: 8 }),
        (low, span, count) => {
          const ticks = niceTicks(low, low + span, count);
          const slack = span * 1e-6;
          expect(ticks[0]!).toBeLessThanOrEqual(low + slack);
          expect(ticks.at(-1)!).toBeGreaterThanOrEqual(low + span - slack);
          expect(ticks.length).toBeLessThanOrEqual(count + 3);
        },
      ),
    );
  });
});
