import { judgedRowWord } from '../../model/report/judged-rows.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { counted } from '../../text/counts.ts';
import { formatEstimate } from '../../text/number-format.ts';
import { dataTable } from '../markup/data-table.ts';
import { dataText, html, type Markup } from '../markup/html.ts';
import { foldedRows, type ListLimit, omittedNote, type Section } from './section.ts';
import { signedBar } from './signed-bar.ts';

const shownFeatures = 30;
/** The others of those shown are folded. */
const openFeatures = 10;

/** Which features matter most to the model. */
export function importanceSection(training: TrainingReport, limit: ListLimit): Section | undefined {
  if (training.importance.length === 0) return undefined;
  const features = training.importance.toSorted((a, b) => b.mean - a.mean);
  const shown = features.slice(0, limit(shownFeatures));
  const low = Math.min(0, ...shown.map((feature) => feature.mean - feature.deviation));
  const high = Math.max(0, ...shown.map((feature) => feature.mean + feature.deviation));
  return {
    id: 'importance',
    title: 'Feature importance',
    lead: html`How much <code>${training.metric}</code> worsens on the ${judgedRowWord(training)}s when a feature's values are shuffled among them${training.folds ? ', in each fold by its model' : ''}. The thin line is one standard deviation over the repeats${training.folds ? ' in all folds' : ''}. Features that say the same thing share their importance.`,
    body: [
      foldedRows(shown, openFeatures, {
        table: (rows, folded) =>
          dataTable({
            caption: folded
              ? 'Permutation importance of the other features'
              : 'Permutation importance, largest first',
            hideCaption: true,
            columns: [
              { label: 'Feature' },
              { label: 'Worsening', kind: 'number' },
              { label: 'Size', kind: 'bar' },
            ],
            rows: rows.map((feature) => ({
              cells: [
                dataText(feature.feature),
                amount(feature),
                signedBar(feature.mean, [low, high > low ? high : low + 1], feature.deviation),
              ],
            })),
          }),
        rest: (count) => counted(count, 'less important feature'),
      }),
      omittedNote(features.length, shown.length, 'features', 'training.json'),
    ],
  };
}

interface Importance {
  readonly mean: number;
  readonly deviation: number;
}

function amount({ mean, deviation }: Importance): Markup {
  const [value, spread] = [mean, deviation].map((size) =>
    formatEstimate({ value: size, low: -deviation, high: deviation }),
  );
  return html`<b>${value}</b> <span class="interval beside-value">± ${spread}</span>`;
}
