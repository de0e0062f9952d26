import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { codeFence, type Markdown } from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { comparedSlices, type WorseSlice, worseSlices } from './slices.ts';
import { unitOf } from './words.ts';

/** Fewer say nothing that a table does not; more have no room for their names. */
const fewest = 3;
const mostBars = 12;
/** Seen on a light ground and on a dark one. */
const colors = '#6ca6e8, #d4762c';

/**
 * One metric by slice, this model as bars, the champion as a line: where the line crosses a bar, the model is worse there.
 * Only where a slice got clearly worse: otherwise there is nothing to see. Errors only: bars start at zero, where scores near
 * one look all alike. The same numbers are in the table of slices.
 */
export function sliceChart(report: PullRequestReport): Markdown | undefined {
  const slices = chartedSlices(report.evaluation);
  if (slices.length < fewest) return undefined;
  const { column, metric } = slices[0]!;
  const largest = Math.max(...slices.flatMap(({ value, champion }) => [value, champion]));
  const decimals = Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(largest))));
  const numbers = (values: readonly number[]) => values.map((value) => value.toFixed(decimals)).join(', ');
  const unit = unitOf(metric, report).trim();
  return codeFence('mermaid', [
    '---',
    'config:',
    '  xyChart:',
    '    width: 800',
    '    height: 240',
    '    titleFontSize: 15',
    '  themeVariables:',
    '    xyChart:',
    '      backgroundColor: transparent',
    `      plotColorPalette: "${colors}"`,
    '---',
    'xychart-beta',
    `  title "${label(`${metric} by ${clipText(column, 40)}: bars this model, line the champion`, 100)}"`,
    `  x-axis [${slices.map((slice) => `"${label(slice.label, Math.floor(90 / slices.length))}"`).join(', ')}]`,
    `  y-axis "${label(unit === '' ? metric : `${metric} (${unit})`, 40)}" 0 --> ${(largest * 1.1).toFixed(decimals)}`,
    `  bar [${numbers(slices.map(({ value }) => value))}]`,
    `  line [${numbers(slices.map(({ champion }) => champion))}]`,
  ]);
}

/** The slices by the column where this model got worse most clearly. */
function chartedSlices(evaluation: Evaluation): WorseSlice['slice'][] {
  const better = new Map(evaluation.metrics.map((metric) => [metric.name, metric.better]));
  const compared = comparedSlices(evaluation).filter(
    ({ metric, value, champion }) =>
      better.get(metric) === 'lower' && [value, champion].every(drawable) && Math.max(value, champion) > 1e-6,
  );
  const first = worseSlices(evaluation).find(({ slice, clear }) => clear && compared.includes(slice))?.slice;
  if (!first) return [];
  const same = compared.filter(({ column, metric }) => column === first.column && metric === first.metric);
  const largest = same.toSorted((a, b) => b.rows - a.rows).slice(0, mostBars);
  return same.filter((slice) => largest.includes(slice));
}

/** Mermaid's numbers have no exponent. */
function drawable(value: number): boolean {
  return value >= 0 && value < 1e12;
}

/** A text between quotes in Mermaid: all but letters, digits and plain signs by number, which it resolves when it draws. */
function label(value: string, length: number): string {
  const shown = visibleText(value).replace(/\s+/g, ' ').trim() || '(empty)';
  return clipText(shown, Math.max(6, length)).replace(
    /[^\p{L}\p{N}\p{M} .,:’()_+−–…-]/gu,
    (character) => `#${character.codePointAt(0)};`,
  );
}
