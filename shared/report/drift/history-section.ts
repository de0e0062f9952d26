import type { HistoryLine } from '../../drift/history/history-line.ts';
import { byCount, counted } from '../../text/counts.ts';
import { formatEstimate, formatNumber } from '../../text/number-format.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import { type TimePoint, timeChart, timeKey } from '../chart/time-chart.ts';
import type { ListLimit, Section } from '../evaluation/section.ts';
import { dataText, html, type Markup } from '../markup/html.ts';

const shownChecks = 52;
const shownFeatures = 25;
const shownEvents = 20;
/** The effect that has the strongest colour, as lines have it: a multiple of the smallest that counts. */
const fullEffect = 6;

/** How a performance is known, said wherever one stands. */
export const kindWords = { measured: 'measured', estimated: 'estimated without labels' } as const;

/** What earlier checks found: drift by column, the metric, and what was done about it. */
export function historySection(history: readonly HistoryLine[], limit: ListLimit): Section | undefined {
  if (history.length === 0) return undefined;
  const shown = history.slice(-limit(shownChecks));
  return {
    id: 'history',
    title: 'Earlier checks',
    lead: html`${shown.length} of ${history.length}, the oldest on the left.`,
    body: [heatStrip(shown, limit(shownFeatures)), metricChart(shown), eventList(shown)],
  };
}

function day(line: HistoryLine): string {
  return clipText(visibleText(line.time), 11).slice(0, 10);
}

function heatStrip(lines: readonly HistoryLine[], columns: number): Markup | undefined {
  const weight = new Map<string, number>();
  for (const { columns } of lines) {
    for (const { name, drifted, effect } of columns)
      weight.set(name, (weight.get(name) ?? 0) + (drifted ? 1000 : 0) + (effect ?? 0));
  }
  const names = [...weight].toSorted((a, b) => b[1] - a[1]).slice(0, columns);
  if (names.length === 0) return undefined;
  const found = lines.map(({ columns }) => new Map(columns.map((column) => [column.name, column])));
  return html`<h3>Drift by column</h3><div class="scroll" tabindex="0" role="region" aria-label="Drift by column and check"><table class="heat">
<caption>The stronger the colour, the larger the effect; ● drifted</caption>
<thead><tr><th scope="col">Column</th>${lines.map((line) => html`<th scope="col"><span>${day(line)}</span></th>`)}</tr></thead>
<tbody>${names.map(
    ([name]) =>
      html`<tr><th scope="row">${dataText(name, 30)}</th>${found.map((columns) => heatCell(columns.get(name)))}</tr>
`,
  )}</tbody></table></div>${weight.size > names.length && html`<p class="note">${counted(weight.size - names.length, 'more column')} ${byCount(weight.size - names.length, 'is', 'are')} in the history.</p>`}`;
}

function heatCell(column: HistoryLine['columns'][number] | undefined): Markup {
  if (!column) return html`<td><span class="visually-hidden">not looked at</span></td>`;
  const step = Math.round(Math.min(1, Math.abs(column.effect ?? 0) / fullEffect) * 10);
  const effect = column.effect === null ? 'no effect known' : formatNumber(column.effect, { digits: 2 });
  return column.drifted
    ? html`<td class="drifted heat-${step}"><span aria-hidden="true">●</span><span class="visually-hidden">drifted, ${effect}</span></td>`
    : html`<td class="heat-${step}"><span class="visually-hidden">${effect}</span></td>`;
}

function metricChart(lines: readonly HistoryLine[]): Markup | undefined {
  const metric = lines.findLast(({ performance }) => performance)?.performance?.metric;
  if (metric === undefined) return undefined;
  const pointsOf = (kind: 'measured' | 'estimated'): TimePoint[] =>
    lines.map(({ performance }, at) =>
      performance?.metric === metric && performance.kind === kind
        ? { at, value: performance.value, low: performance.low, high: performance.high }
        : { at, value: null },
    );
  const known = lines.flatMap(({ performance }) => (performance?.metric === metric ? [performance] : []));
  const last = known.at(-1)!;
  const keys = (['measured', 'estimated'] as const).filter((kind) =>
    known.some((one) => one.kind === kind && one.value !== null),
  );
  const chart = timeChart({
    periods: lines.map(day),
    series: [
      { look: 'main', points: pointsOf('measured') },
      { look: 'second', points: pointsOf('estimated') },
    ],
    reference: last.reference,
    marks: marksOf(lines),
    description: `${metric} over ${known.length} checks; the last is ${formatEstimate(last)}, ${kindWords[last.kind]}. What happened is listed below.`,
  });
  return (
    chart &&
    html`<h3><code>${metric}</code> over the checks</h3><figure>${chart}<figcaption><span class="legend">${keys.map((kind) => html`<span>${timeKey(kind === 'measured' ? 'main' : 'second')}${kindWords[kind]}</span>`)}<span>▼ a new version</span><span>▽ Ciclo acted</span><span>thin dashes: evaluation</span></span></figcaption></figure>`
  );
}

function marksOf(lines: readonly HistoryLine[]): { at: number; filled: boolean }[] {
  return lines.flatMap((line, at) => {
    const acted = line.action !== undefined && line.action.kind !== 'none';
    const changed = versionChanged(lines, at);
    return acted || changed ? [{ at, filled: changed }] : [];
  });
}

function versionChanged(lines: readonly HistoryLine[], at: number): boolean {
  return at > 0 && lines[at]!.model !== lines[at - 1]!.model;
}

function eventList(lines: readonly HistoryLine[]): Markup | undefined {
  const events = lines.flatMap((line, at) => [
    ...(versionChanged(lines, at)
      ? [
          html`<li><b>${day(line)}</b> ${line.model === null ? 'no version in production' : html`${dataText(line.model)} in production`}</li>`,
        ]
      : []),
    ...(line.structural ?? []).map((words) => html`<li><b>${day(line)}</b> ${words}</li>`),
    ...(line.action && line.action.kind !== 'none'
      ? [html`<li><b>${day(line)}</b> ${line.action.kind.replace('-', ' ')}: ${line.action.reason}</li>`]
      : []),
  ]);
  return events.length === 0
    ? undefined
    : html`<h3>What happened</h3><ul class="events">${events.slice(-shownEvents)}</ul>`;
}
