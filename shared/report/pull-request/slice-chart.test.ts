import { expect, test } from 'vitest';
import { sampleSlice } from '../testing/sample-parts.ts';
import { sliceChart } from './slice-chart.ts';
import { hostileTexts } from './testing/hostile-texts.ts';
import { classifierReports, failingReport, sampleReport } from './testing/sample-reports.ts';

test('shows the column where a slice got clearly worse, both models, from zero', () => {
  const lines = `${sliceChart(failingReport())}`.split('\n');
  expect(lines).toContain('  x-axis ["USA", "Japan", "Europe"]');
  expect(lines).toContain('  y-axis "rmse (mpg)" 0 --> 8.705');
  expect(lines).toContain('  bar [3.013, 7.914, 4.183]');
  expect(lines).toContain('  line [2.884, 3.402, 3.391]');
});

test.each([
  ['no slice got clearly worse', sampleReport()],
  ['more is better', classifierReports().binary],
])('is left out where %s', (_, report) => {
  expect(sliceChart(report)).toBeUndefined();
});

test.each([1e-9, 1e-4, 1, 1e6, 1e11, 1e14])(
  'writes numbers of size %d without exponents, or nothing',
  (size) => {
    const { evaluation, ...report } = failingReport();
    const slices = [7, 3, 4].map((value, i) =>
      sampleSlice(['origin', `${i}`], 20, [value * size, 2 * size, 9 * size], { champion: size }),
    );
    const chart = sliceChart({ ...report, evaluation: { ...evaluation, slices } });
    expect(drawn(`${chart ?? ''}`).join()).not.toMatch(/\de[+-]?\d/);
    expect(chart === undefined).toBe(size < 1e-6 || size > 1e12);
  },
);

/** Tried with Mermaid 11.12 and 12.3: each of these draws, its labels as they were given. */
test.each(hostileTexts)('%j stays between its quotes', (text) => {
  const { evaluation, ...report } = failingReport();
  const slices = evaluation.slices.map((slice) => ({ ...slice, label: text, column: text }));
  const chart = `${sliceChart({ ...report, evaluation: { ...evaluation, unit: text, slices } })}`;
  const [title, axis, ...rest] = drawn(chart);
  expect(rest.length).toBe(4);
  expect(title).toMatch(/^ {2}title "[^"]+"$/);
  expect(axis).toMatch(/^ {2}x-axis \["[^"]+"(, "[^"]+")*\]$/);
  expect(`${title}${axis}${rest[0]}`.replace(/\["|"\]|0 --> /g, '')).not.toMatch(/[`<>&@$%{}[\]\\]/);
});

/** What follows the configuration. */
function drawn(chart: string): string[] {
  const lines = chart.split('\n');
  return lines.slice(lines.indexOf('xychart-beta') + 1);
}
