import { counted, formatCount } from '../../text/counts.ts';
import { measuredShare } from '../../text/percent.ts';
import { dataTable } from '../markup/data-table.ts';
import { dataText, html, type Markup } from '../markup/html.ts';

/** A larger matrix cannot be read; its most frequent confusions are listed as well. */
const shownClasses = 10;
const shownConfusions = 15;

/** The confusion matrix as a table with heat; of many classes the largest and the most frequent confusions. */
export function confusionMarkup(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
): Markup {
  if (classes.length <= shownClasses) {
    return matrixMarkup(confusion, classes);
  }
  const largest = confusion
    .map((row, i) => ({ i, rows: sum(row) }))
    .toSorted((a, b) => b.rows - a.rows || a.i - b.i)
    .slice(0, shownClasses)
    .map(({ i }) => i)
    .toSorted((a, b) => a - b);
  const labels = largest.map((i) => classes[i]!);
  return html`<p class="note">The matrix has the ${shownClasses} largest of ${formatCount(classes.length)} classes; the others are one column.</p>${matrixMarkup(
    largest.map((i) => foldRow(confusion[i]!, largest)),
    labels,
    'other classes',
  )}${confusionsTable(confusion, classes)}`;
}

/** The columns of the given classes, then one for all the others. */
function foldRow(row: readonly number[], kept: readonly number[]): number[] {
  const counts = kept.map((i) => row[i]!);
  return [...counts, sum(row) - sum(counts)];
}

function matrixMarkup(
  matrix: readonly (readonly number[])[],
  labels: readonly string[],
  rest?: string,
): Markup {
  return html`<div class="scroll" role="region" aria-label="Confusion matrix" tabindex="0"><table class="confusion">
<caption>Confusion matrix</caption>
<thead><tr><td class="corner"><span>actual ↓ predicted →</span></td>${labels.map((label) => html`<th scope="col">${dataText(label, 20)}</th>`)}${rest === undefined ? '' : html`<th scope="col">${rest}</th>`}</tr></thead>
<tbody>${matrix.map((row, i) => matrixRow(row, i, labels[i]!))}</tbody>
</table></div>`;
}

function matrixRow(row: readonly number[], diagonal: number, label: string): Markup {
  const total = sum(row);
  return html`<tr><th scope="row">${dataText(label, 20)}<span class="sub">${counted(total, 'row')}</span></th>${row.map(
    (count, j) => {
      const share = total === 0 ? 0 : count / total;
      return html`<td class="${j === diagonal ? 'right' : 'wrong'} heat-${heat(share)}"><b>${formatCount(count)}</b><span class="share">${total === 0 ? '–' : measuredShare(share)}</span></td>`;
    },
  )}</tr>
`;
}

/** Ten steps; anything that is there at all gets the first. */
function heat(share: number): number {
  return Math.ceil(share * 10 - 1e-9);
}

function confusionsTable(confusion: readonly (readonly number[])[], classes: readonly string[]): Markup {
  const confusions = confusion
    .flatMap((row, i) => row.map((count, j) => ({ i, j, count, share: count / Math.max(1, sum(row)) })))
    .filter(({ i, j, count }) => i !== j && count > 0)
    .toSorted((a, b) => b.count - a.count || a.i - b.i || a.j - b.j)
    .slice(0, shownConfusions);
  return dataTable({
    caption: 'The most frequent confusions of all classes',
    compact: true,
    columns: [
      { label: 'Actual' },
      { label: 'Predicted' },
      { label: 'Rows', kind: 'number' },
      { label: 'Share of the actual class', kind: 'number' },
    ],
    rows: confusions.map(({ i, j, count, share }) => ({
      cells: [dataText(classes[i]!), dataText(classes[j]!), formatCount(count), measuredShare(share)],
    })),
  });
}

function sum(numbers: readonly number[]): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
