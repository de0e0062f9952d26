import { type Better, badnessOf } from '../../metrics/descriptors/direction.ts';
import { descriptorOfKey } from '../../metrics/descriptors/metric-key.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { testRowWord } from '../../metrics/evaluation/judged-rows-words.ts';
import type { SliceResult } from '../../metrics/evaluation/metric-result.ts';
import { formatCount } from '../../text/counts.ts';
import { formatInterval, formatNumber, intervalDecimals } from '../../text/number-format.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { intervalMark, type ScaleEnds, scaleEndsOf } from '../markup/interval-mark.ts';
import { championKey, modelKey, referenceKey } from '../markup/legend.ts';
import { directionWords, metricUnit } from '../metric-words.ts';
import { type ListLimit, omittedNote, type Section } from './section.ts';

/** Limits that keep a report readable and small; the rest is in evaluation.json. */
const shownColumns = 12;
const shownSlices = 20;

/** Where the model is good and where it is not: each slice with its interval, worst first. */
export function slicesSection(evaluation: Evaluation, limit: ListLimit): Section | undefined {
  const groups = groupsOf(evaluation.slices);
  if (groups.length === 0) return undefined;
  const shown = groups.slice(0, limit(shownColumns));
  const smallest = evaluation.slices.some((slice) => !slice.judged);
  return {
    id: 'slices',
    title: titleOf(shown, evaluation),
    lead: html`The same metric on parts of the ${testRowWord(evaluation)}s, worst first.${
      smallest ? ' Pale slices have too few rows to judge.' : ''
    }`,
    body: [
      html`<div class="slice-groups">${shown.map((group) => groupMarkup(group, evaluation, limit))}</div>`,
      omittedNote(groups.length, shown.length, 'columns', 'evaluation.json'),
      html`<p class="legend" aria-hidden="true"><span>${modelKey}this model</span>${
        evaluation.slices.some((slice) => typeof slice.champion === 'number') &&
        html`<span>${championKey}champion</span>`
      }<span>${referenceKey}value over all rows</span></p>`,
    ],
  };
}

/** Metrics where less is better are errors, the others scores. */
function titleOf(groups: readonly Group[], evaluation: Evaluation): string {
  const isScore = groups.some((group) => betterOf(group.metric, evaluation) === 'higher');
  return isScore ? 'Score by slice' : 'Error by slice';
}

function betterOf(name: string, evaluation: Evaluation): Better {
  return evaluation.metrics.find((metric) => metric.name === name)?.better ?? 'lower';
}

interface Group {
  readonly column: string;
  readonly metric: string;
  readonly slices: readonly SliceResult[];
}

function groupsOf(slices: readonly SliceResult[]): Group[] {
  const groups = Map.groupBy(slices, (slice) => JSON.stringify([slice.column, slice.metric]));
  return [...groups.values()].map((members) => ({
    column: members[0]!.column,
    metric: members[0]!.metric,
    slices: members,
  }));
}

function groupMarkup(group: Group, evaluation: Evaluation, limit: ListLimit): Markup {
  const metric = evaluation.metrics.find((candidate) => candidate.name === group.metric);
  const better = betterOf(group.metric, evaluation);
  const sorted = group.slices.toSorted((a, b) => badness(b, better) - badness(a, better));
  const shown = sorted.slice(0, limit(shownSlices));
  const hasChampion = shown.some((slice) => slice.champion !== undefined && slice.champion !== null);
  const domain = withinLimits(
    group.metric,
    scaleEndsOf([
      metric?.value,
      ...shown.flatMap((slice) => (slice.judged ? [slice.value, slice.low, slice.high, slice.champion] : [])),
    ]),
  );
  const unit = metricUnit(group.metric, evaluation.unit);
  return html`<div class="slice-group"><h3>By ${dataText(group.column)}</h3>${dataTable({
    caption: html`<code>${group.metric}</code> by ${dataText(group.column)}${unit === undefined ? '' : html`, in ${dataText(unit, 20)}`}; ${directionWords(better)}`,
    columns: [
      { label: 'Slice' },
      { label: 'Rows', kind: 'number' },
      { label: 'Value', kind: 'number' },
      ...(hasChampion ? [{ label: 'Champion', kind: 'number' } as const] : []),
      { label: 'Interval', kind: 'plot', extra: scaleMarkup(domain) },
    ],
    rows: shown.map((slice) => ({
      quiet: !slice.judged,
      cells: sliceCells(slice, {
        hasChampion,
        domain,
        reference: metric?.value,
        decimals: decimalsOf(shown),
      }),
    })),
  })}${omittedNote(sorted.length, shown.length, 'slices', 'evaluation.json')}</div>`;
}

/** A scale that says no values that the metric cannot have: a recall of 1.02. */
function withinLimits(metric: string, ends: ScaleEnds | undefined): ScaleEnds | undefined {
  const limits = descriptorOfKey(metric)?.limits;
  return ends && limits ? [Math.max(ends[0], limits.low), Math.min(ends[1], limits.high)] : ends;
}

/** Judged slices before the others, and among them the worst first. */
function badness(slice: SliceResult, better: Better): number {
  if (slice.value === null) return slice.judged ? -1e300 : Number.NEGATIVE_INFINITY;
  const error = badnessOf(better, slice.value);
  return slice.judged ? error : error / 1e100 - 1e301;
}

/** What the slices of one table have in common. */
interface SharedScale {
  readonly hasChampion: boolean;
  readonly domain: ScaleEnds | undefined;
  readonly reference: number | null | undefined;
  readonly decimals: number | undefined;
}

/** The decimals of the narrowest interval, for all: a column of numbers is read by comparing them. */
function decimalsOf(slices: readonly SliceResult[]): number | undefined {
  const decimals = slices
    .filter((slice) => slice.judged)
    .map((slice) => intervalDecimals(slice.low, slice.high))
    .filter((count) => count !== undefined);
  return decimals.length > 0 ? Math.max(...decimals) : undefined;
}

function sliceCells(slice: SliceResult, shared: SharedScale): Child[] {
  const { domain, reference, decimals } = shared;
  const format = decimals === undefined ? {} : { decimals };
  return [
    html`${dataText(slice.label)}${slice.judged ? '' : html`<span class="sub">too few rows to judge</span>`}`,
    formatCount(slice.rows),
    slice.value === null
      ? html`<span class="undefined">undefined</span>`
      : html`<b>${formatNumber(slice.value, format)}</b> <span class="interval"><span class="visually-hidden">interval </span>${slice.low === null ? 'no interval' : formatInterval(slice.low, slice.high, format)}</span>`,
    ...(shared.hasChampion
      ? [slice.champion === undefined ? '–' : formatNumber(slice.champion, format)]
      : []),
    domain === undefined ? '–' : intervalMark({ ...slice, domain, reference }),
  ];
}

function scaleMarkup(domain: ScaleEnds | undefined): Child {
  if (!domain) return undefined;
  const digits = { digits: 3 };
  return html`<span class="scale"><span>${formatNumber(domain[0], digits)}</span><span class="visually-hidden"> to </span><span>${formatNumber(domain[1], digits)}</span></span>`;
}
