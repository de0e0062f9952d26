import type { MonitorReport } from '../../shared/drift/history/monitor-report.ts';
import type { Performance } from '../../shared/drift/performance/performance-report.ts';
import type { ColumnDrift, DriftReport, Effect } from '../../shared/drift/report/drift-report.ts';
import { structuralWords } from '../../shared/drift/verdict/column-drift.ts';
import { isIncomparable } from '../../shared/drift/verdict/incomparable.ts';
import { keepsRate, rateWords } from '../../shared/drift/verdict/rate-words.ts';
import { directionWords } from '../../shared/report/drift/column-words.ts';
import { byCount, counted, formatCount } from '../../shared/text/counts.ts';
import {
  formatChance,
  formatEstimate,
  formatInterval,
  plainNumber,
} from '../../shared/text/number-format.ts';
import { measuredShare } from '../../shared/text/percent.ts';
import { clipApart, visibleText } from '../../shared/text/visible-text.ts';
import { textTable } from './text-table.ts';
import { block, type TextLayout, visibleLength } from './words.ts';

/** Columns that are listed; the report has them all. */
const mostColumns = 12;

/** What a check found, for people at a terminal. */
export function driftLines(report: DriftReport | MonitorReport, layout: TextLayout): string[] {
  const { style } = layout;
  const headline = report.drift ? style.bad(report.headline) : report.headline;
  const weekdays = report['weekly-pattern']?.warning;
  const rest = 'window' in report ? pipelineLines(report) : [];
  const rows = `${counted(report.rows.current, 'row')} against ${formatCount(report.rows.reference)}`;
  return [
    ...block('Check', layout, [
      headline,
      ...structureLines(report),
      ...incomparableLines(report),
      ...rest,
      style.dim(`${rows}; ${rateLine(report)}`),
      ...(report.dependence ? [style.dim(report.dependence.words)] : []),
      ...(weekdays === undefined ? [] : [style.dim(weekdays)]),
      ...leftOutLines(report).map((line) => style.dim(line)),
    ]),
    ...columnLines(report, layout),
    ...('performance' in report && report.performance ? performanceLines(report.performance, layout) : []),
  ];
}

function rateLine(report: DriftReport | MonitorReport): string {
  return `${rateWords(report)}${keepsRate(report) ? '' : ': so few rows are independent'}`;
}

function pipelineLines({ window, production, check, season }: MonitorReport): string[] {
  const against = production ? `the rows of ${production.tag}` : 'the rows of ciclo.lock';
  return [
    `${window.words}, against ${against}${check > 1 ? `; check ${check} of this version` : ''}`,
    ...(season ? [season.words] : []),
    ...(window.late > 0
      ? [
          `${counted(window.late, 'row')} came late into the locked window and ${byCount(window.late, 'waits', 'wait')} for the next lock`,
        ]
      : []),
  ];
}

function columnLines({ columns, prediction }: DriftReport, { style, width }: TextLayout): string[] {
  const all = [...columns, ...(prediction ? [prediction] : [])].filter(
    ({ outcome }) => outcome !== 'no-labels',
  );
  const shown = all.toSorted(byMatter).slice(0, mostColumns);
  if (shown.length === 0) return [];
  const rows = (names: readonly string[]) =>
    shown.map((column, i) => [
      column.drifted ? style.bad('drifted') : style.dim('-'),
      column.role === 'target' ? `${names[i]} (target)` : names[i]!,
      column['adjusted-p'] === null
        ? column.outcome.replaceAll('-', ' ')
        : `p ${formatChance(column['adjusted-p'])}`,
      changeText(column),
      style.dim(effectWords(column)),
      style.dim(seenWords(column)),
    ]);
  const left = all.length - shown.length;
  const names = shown.map(({ name }) => visibleText(name));
  return [
    '',
    ...fittingTable(rows, names, width - 2).map((line) => `  ${line}`),
    ...(left > 0 ? [style.dim(`  and ${left} more`)] : []),
    '',
  ];
}

/** Characters of a name where the terminal is narrow, and where it is narrower. */
const nameLengths = [36, 24, 16];

/** `118 → 85`: the way is seen from the numbers. */
function changeText(column: ColumnDrift): string {
  return directionWords(column)?.replace(/^(fell|rose|moved) /, '') ?? '';
}

/** The effect, then what is detectable, and then the middles of long names give way where the terminal is narrow. */
function fittingTable(
  rowsOf: (names: readonly string[]) => readonly (readonly string[])[],
  names: readonly string[],
  width: number,
): string[] {
  const tableOf = (rows: readonly (readonly string[])[], without: readonly number[]): string[] => {
    const kept = rows.map((row) => row.filter((_, i) => !without.includes(i)));
    return textTable(
      kept,
      kept[0]!.map(() => 'left'),
    );
  };
  const tables = [
    ...[[], [4], [4, 5]].map((without) => tableOf(rowsOf(names), without)),
    ...nameLengths.map((length) => tableOf(rowsOf(clipApart(names, length)), [4, 5])),
  ];
  return tables.find((table) => table.every((line) => visibleLength(line) <= width)) ?? tables.at(-1)!;
}

/** What is not tested because of what it is, and how it comes to be. */
function leftOutLines({ 'left-out': leftOut = [] }: DriftReport): string[] {
  if (leftOut.length === 0) return [];
  const shown = leftOut.slice(0, mostColumns).map(({ name, why }) => `not compared: ${name} ${why}`);
  const left = leftOut.length - shown.length;
  const last = `${left > 0 ? `not compared: ${formatCount(left)} more; ` : ''}--include <columns> compares them`;
  return [...shown, last];
}

/** Each change of structure, where the headline does not hold them all. */
function structureLines({ columns, headline }: DriftReport): string[] {
  return columns
    .flatMap(structuralWords)
    .filter((words) => !headline.includes(words))
    .slice(0, mostColumns);
}

/** Of which columns nobody knows whether they drifted: they may be too many for the headline. */
function incomparableLines({ columns }: DriftReport): string[] {
  const names = columns.filter(isIncomparable).map(({ name }) => name);
  return names.length === 0 ? [] : [`cannot be compared: ${names.join(', ')}`];
}

/** Drifted ones first, then the most surprising. */
function byMatter(a: ColumnDrift, b: ColumnDrift): number {
  return Number(b.drifted) - Number(a.drifted) || (a['adjusted-p'] ?? 1) - (b['adjusted-p'] ?? 1);
}

const effectNames: Record<Effect['name'], (value: string) => string> = {
  'wasserstein-normalised': (value) => `shift ${value} SD`,
  ks: (value) => `KS ${value}`,
  'jensen-shannon-distance': (value) => `JS distance ${value}`,
  'total-variation': (value) => `total variation ${value}`,
  'missing-share': (value) => `missing share changed ${value}`,
};

function effectWords({ tests }: ColumnDrift): string {
  const effects = tests.flatMap(({ effects: some }) => some);
  const most = effects.toSorted((a, b) => b.value / b.floor - a.value / a.floor)[0];
  return most ? effectNames[most.name](plainNumber(most.value, 2)) : '';
}

function seenWords(column: ColumnDrift): string {
  const shift = column['detectable-shift'];
  if (shift === null) return '';
  return column['shift-unit'] === 'share-of-rows'
    ? `detects ${measuredShare(shift)}`
    : `detects ${plainNumber(shift, 2)} SD`;
}

function performanceLines(performance: Performance, layout: TextLayout): string[] {
  const { metric, current, reference, outcome, degraded, reasons } = performance;
  if (current.value === null) {
    return block('Model', layout, reasons.length > 0 ? reasons : [`${metric}: ${outcome}`]);
  }
  const interval =
    current.low === null || current.high === null ? '' : ` (${formatInterval(current.low, current.high)})`;
  const value = formatEstimate({ value: current.value, low: current.low, high: current.high });
  const was =
    reference.value === null
      ? ''
      : `, ${formatEstimate({ ...reference, value: reference.value })} in the evaluation`;
  const state = degraded
    ? layout.style.bad('beyond the alarm threshold')
    : outcome === 'estimated'
      ? 'an estimate'
      : '';
  return block('Model', layout, [
    `${metric} ${value}${interval}${was}${state === '' ? '' : `: ${state}`}`,
    ...reasons,
  ]);
}
