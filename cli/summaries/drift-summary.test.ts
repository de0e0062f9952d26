import { describe, expect, test } from 'vitest';
import {
  sampleMonitor,
  samplePerformance,
  undecidedReport,
} from '../../shared/report/testing/sample-drift.ts';
import { createStyle } from '../terminal/style.ts';
import { driftLines } from './drift-summary.ts';

const plain = { style: createStyle(false), width: 80 };

/** Words as they were before lines were broken. */
const unwrapped = (lines: readonly string[]): string => lines.join(' ').replace(/\s+/g, ' ');

describe('a drift check on a terminal', () => {
  test('says all that is to be known of an estimate', () => {
    const reasons = [
      'rmse is estimated at 3.92, worse by 1.05 than the 2.87 of its evaluation',
      '3 labels are too few to measure it; 30 are needed',
      'it assumes that features and target go together as they did in the evaluation',
      '12% of the predictions lie outside those of the evaluation',
    ];
    const performance = samplePerformance({ outcome: 'estimated', degraded: false, reasons });
    const text = unwrapped(driftLines(sampleMonitor({ performance }), plain));
    expect(text).toContain('an estimate');
    for (const reason of reasons) expect(text).toContain(reason);
  });

  test('says every reason why there is no figure', () => {
    const none = { value: null, low: null, high: null };
    const reasons = ['3 labelled rows are not enough; 30 are needed', 'the evaluation has no errors'];
    const performance = samplePerformance({ outcome: 'not-available', current: none, reasons });
    const text = unwrapped(driftLines(sampleMonitor({ performance }), plain));
    for (const reason of reasons) expect(text).toContain(reason);
  });

  test('names every column that cannot be compared', () => {
    const text = unwrapped(driftLines(undecidedReport(), plain));
    expect(text).toContain('Not decided: x0, x1, x2, x3, x4 and 3 more cannot be compared');
    expect(text).toContain('cannot be compared: x0, x1, x2, x3, x4, x5, x6, x7');
  });

  test('keeps to itself the rate that does not hold where too few rows are independent', () => {
    const words = 'effective sample size: 6 of 300 rows (x), because rows close in day are alike';
    const of = (handled: boolean) =>
      unwrapped(driftLines({ ...sampleMonitor(), dependence: { measured: true, handled, words } }, plain));
    expect(of(false)).toContain(words);
    expect(of(false)).not.toContain('at most 5%');
    expect(of(false)).toContain(
      'more than 5% of checks may raise a false alarm: so few rows are independent',
    );
    expect(of(true)).toContain(words);
    expect(of(true)).toContain('at most 5% of checks raise a false alarm');
  });

  test('says what season it was compared with, and minds the weekdays', () => {
    const season = { used: true, words: 'compared with the same days of 3 earlier years: 93 locked rows' };
    const warning = 'the window is 31 days long, no whole number of weeks';
    const report = sampleMonitor({ season, 'weekly-pattern': { columns: ['x'], level: 0.01, warning } });
    const text = unwrapped(driftLines(report, plain));
    expect(text).toContain(season.words);
    expect(text).toContain(warning);
  });

  test('tells every change of structure, those that the headline has no room for too', () => {
    const changes = ['a is constant at 3', 'b is missing in 9% of the rows, after 1%'];
    const { columns, ...report } = sampleMonitor({ headline: `Drift: ${changes[0]}` });
    const structural = changes.map((words) => ({
      change: 'constant' as const,
      words,
      p: 0,
      'adjusted-p': 0,
      drifted: true,
    }));
    const told = columns.map((column, i) => (i < 2 ? { ...column, structural: [structural[i]!] } : column));
    const text = unwrapped(driftLines({ ...report, columns: told }, plain));
    expect(text).toContain(changes[1]);
    expect(text.split(changes[0]!)).toHaveLength(2);
  });

  test('names what is not compared, and how it comes to be', () => {
    const leftOut = Array.from({ length: 14 }, (_, i) => ({
      name: `id${i}`,
      kind: 'row-number' as const,
      why: 'numbers the rows',
    }));
    const text = unwrapped(driftLines({ ...sampleMonitor(), 'left-out': leftOut }, plain));
    expect(text).toContain('not compared: id0 numbers the rows not compared: id1 numbers the rows');
    expect(text).toContain('not compared: 2 more; --include <columns> compares them');
    expect(unwrapped(driftLines(sampleMonitor(), plain))).not.toContain('not compared');
  });

  test('writes shares as everywhere else', () => {
    const text = unwrapped(driftLines(sampleMonitor(), plain));
    expect(text).toContain('if nothing has changed, at most 5% of checks raise a false alarm');
    expect(text).toMatch(/detects [\d.]+% /);
  });

  test('cuts long names where the terminal is narrow, each still told from the others', () => {
    const monitor = sampleMonitor();
    const columns = monitor.columns.map((column, i) => ({
      ...column,
      name: `gross_domestic_product_of_the_country_of_origin_in_local_currency_units_${i}`,
    }));
    const report = { ...monitor, columns };
    const of = (width: number) =>
      driftLines(report, { ...plain, width }).filter((line) => line.includes('gross'));
    expect(of(80)).toHaveLength(columns.length);
    for (const line of of(80)) expect(line.length).toBeLessThanOrEqual(80);
    const names = of(80).map((line) => /gross\S*/.exec(line)?.[0]);
    expect(new Set(names).size).toBe(columns.length);
    expect(of(240).join()).toContain(columns[0]!.name);
  });
});
