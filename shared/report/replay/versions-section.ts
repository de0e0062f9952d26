import { formatNumber } from '../../text/number-format.ts';
import { type TimeLook, timeChart, timeKey } from '../chart/time-chart.ts';
import type { ListLimit, Section } from '../evaluation/section.ts';
import { dataText, html } from '../markup/html.ts';
import { directionWords } from '../metric-words.ts';
import type { ReplayReport, ReplayVersion } from './replay-report.ts';

const shownPeriods = 240;
const looks: readonly TimeLook[] = ['main', 'second', 'third', 'fourth'];

/** The versions of the first policy on the same rows: of each period, those whose data ended before it. */
export function versionsSection(report: ReplayReport, limit: ListLimit): Section | undefined {
  const shown = shownVersions(report.versions);
  if (shown.length < 2) return undefined;
  const periods = report.periods.slice(-limit(shownPeriods));
  const index = new Map(periods.map((period, at) => [period, at]));
  const chart = timeChart({
    periods,
    series: shown.map(({ points }, i) => ({
      look: looks[i]!,
      points: points.flatMap((point) => {
        const at = index.get(point.period);
        return at === undefined ? [] : [{ ...point, at }];
      }),
    })),
    description: `${report.metric} of each version by period: ${shown.map(descriptionOf).join('; ')}.`,
  });
  if (!chart) return undefined;
  const left = report.versions.length - shown.length;
  return {
    id: 'versions',
    title: 'The versions on the same rows',
    lead: html`What a new version changed: each period's rows, predicted by the version that was in production and by earlier ones, none of which had seen them; ${directionWords(report.better)}.`,
    body: html`<figure>${chart}<figcaption><span class="legend">${shown.map(({ version }, i) => html`<span>${timeKey(looks[i]!)}${dataText(version, 20)}</span>`)}${left > 0 && html`<span>${left} more in replay.json</span>`}</span></figcaption></figure>`,
  };
}

/** As many as can be told apart: the newest, the first, and the newest of those between. */
function shownVersions(versions: readonly ReplayVersion[]): ReplayVersion[] {
  const [first] = versions;
  const newest = versions
    .slice(1)
    .toReversed()
    .slice(0, looks.length - 1);
  return first ? [...newest, first] : [];
}

function descriptionOf({ version, points }: ReplayVersion): string {
  const last = points.at(-1);
  if (!last || last.value === null) return version;
  return `${version}, ${formatNumber(last.value, { digits: 3 })} in ${last.period}`;
}
