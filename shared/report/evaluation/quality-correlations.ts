import { nearDuplicate, type QualityReport } from '../../dataset/quality/quality-report.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { type ListLimit, omittedNote } from './section.ts';
import { signedBar } from './signed-bar.ts';

type Correlations = QualityReport['correlations'];

const shownFeatures = 15;
const shownPairs = 10;
const scale = [-1, 1] as const;

/** Which features go with the target, and which with each other. */
export function correlationsMarkup(
  correlations: Correlations,
  { target, train }: { readonly target: string | undefined; readonly train: number },
  limit: ListLimit,
): Child {
  const { pairs } = correlations;
  const withTarget = correlations.target ?? [];
  if (withTarget.length === 0 && pairs.length === 0) return undefined;
  return [
    html`<h3>Rank correlations</h3>
<p>Spearman’s, ${rowsWords(correlations, train)}: 1 where two columns always rise together, −1 where one always falls as the other rises. Rows without a value are left out pair by pair. Categories have no order and are not here.</p>`,
    nearDuplicatesMarkup(correlations),
    withTarget.length > 0 && targetTable(withTarget, target, limit),
    pairs.length > 0 && pairsTable(correlations, limit),
  ];
}

function rowsWords({ rows }: Correlations, train: number): string {
  return rows < train
    ? `on ${formatCount(rows)} of the ${formatCount(train)} training rows, drawn evenly`
    : `on the ${counted(rows, 'training row')}`;
}

function nearDuplicatesMarkup({ pairs, nearDuplicates }: Correlations): Markup | undefined {
  if (nearDuplicates === 0) return undefined;
  const strongest = html`${pairName(pairs[0]!)} (${written(pairs[0]!.rho)})`;
  const found =
    nearDuplicates === 1
      ? html`One pair of features is nearly redundant, ${strongest}.`
      : html`${formatCount(nearDuplicates)} pairs of features are nearly redundant (${nearDuplicate} or more, either way), most of all ${strongest}.`;
  return html`<p>${found} Such features share their importance, and a model may do as well without one of them.</p>`;
}

function targetTable(
  all: NonNullable<Correlations['target']>,
  target: string | undefined,
  limit: ListLimit,
): Markup {
  const shown = all.slice(0, limit(shownFeatures));
  return html`${dataTable({
    caption: html`Each feature with ${target === undefined ? 'the target' : dataText(target)}, strongest first`,
    columns: [{ label: 'Feature' }, { label: 'Correlation', kind: 'number' }, { label: 'Size', kind: 'bar' }],
    rows: shown.map(({ feature, rho }) => ({
      cells: [dataText(feature), html`<b>${written(rho)}</b>`, signedBar(rho, scale)],
    })),
  })}${omittedNote(all.length, shown.length, 'features', 'quality.json')}`;
}

function pairsTable({ pairs, features, compared }: Correlations, limit: ListLimit): Markup {
  const shown = pairs.slice(0, limit(shownPairs));
  const among =
    compared < features ? ` among ${formatCount(compared)} of ${formatCount(features)} features` : '';
  return html`${dataTable({
    caption: `Features with each other, the strongest pairs${among}`,
    columns: [{ label: 'Pair' }, { label: 'Correlation', kind: 'number' }, { label: 'Size', kind: 'bar' }],
    rows: shown.map((pair) => ({
      cells: [pairName(pair), html`<b>${written(pair.rho)}</b>`, signedBar(pair.rho, scale)],
    })),
  })}${omittedNote(pairs.length, shown.length, 'pairs', 'quality.json')}`;
}

function pairName({ features: [a, b] }: Correlations['pairs'][number]): Markup {
  return html`${dataText(a)} and ${dataText(b)}`;
}

/** Two decimals; 1.00 only where the order is the same to the last row, and 0.9999 where it nearly is. */
function written(rho: number): string {
  const size = Math.abs(rho);
  if (size < 0.995 || size === 1) return formatNumber(rho, { decimals: 2 });
  return formatNumber(Math.sign(rho) * Math.min(size, 0.9999), { decimals: 4 });
}
