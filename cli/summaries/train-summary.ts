import type { TrainOutputs } from '../../actions/train/train.ts';
import { stepWordOf } from '../../shared/model/report/step-words.ts';
import type { CandidateReport } from '../../shared/model/report/training-report.ts';
import { counted } from '../../shared/text/counts.ts';
import { formatElapsed } from '../../shared/text/durations.ts';
import { formatNumber } from '../../shared/text/number-format.ts';
import { textTable } from './text-table.ts';
import { block, shortDigest, type TextLayout } from './words.ts';

/** Features named as the most important ones. */
const importantOnes = 3;

/**
 * What train did, for people.
 *
 * @param times milliseconds by task, as progress named them.
 */
export function trainSummary(
  outputs: TrainOutputs,
  times: ReadonlyMap<string, number>,
  layout: TextLayout,
): string[] {
  const { report } = outputs;
  const { style } = layout;
  const rows = report.candidates.map((candidate) => {
    const chosen = candidate.name === report.chosen;
    const time = times.get(`train ${candidate.name}`);
    return [
      chosen ? style.good('→') : ' ',
      chosen ? style.bold(candidate.name) : candidate.name,
      `${report.metric} ${formatNumber(candidate.validation)}`,
      lengthWords(candidate),
      time === undefined ? '' : formatElapsed(time),
      chosen ? style.good('chosen') : '',
    ];
  });
  const { engine } = report;
  return block('Train', layout, [
    `${counted(rows.length, 'candidate')}, compared on the validation rows by ${report.metric}`,
    ...textTable(rows, ['left', 'left', 'left', 'left', 'right', 'left']),
    ...importanceLine(outputs),
    ...decisionLine(report),
    ...report.warnings.map((warning) => `${style.doubtful('warning')} ${warning}`),
    `${engine.name} ${engine.version}, ${engine.backend}, seed ${report.seed}${engine.reproducible ? ': the same bytes on every machine' : ''}`,
    style.dim(`${outputs.folder}  ${shortDigest(outputs.digest)}`),
  ]);
}

function decisionLine({ decision }: TrainOutputs['report']): string[] {
  if (!decision) return [];
  const { threshold, costs, rows = 0, cost } = decision;
  const chosen =
    costs && cost != null
      ? `, where a row costs ${formatNumber(cost)} on ${counted(rows, 'validation row')}`
      : '';
  return [
    `predicts the positive class from a probability of ${formatNumber(threshold, { digits: 3 })} on${chosen}`,
  ];
}

function lengthWords(candidate: CandidateReport): string {
  const { epochs, bestEpoch } = candidate;
  const all = counted(epochs, stepWordOf(candidate));
  return epochs <= 1 ? '' : bestEpoch === epochs ? all : `${all}, best ${bestEpoch}`;
}

function importanceLine({ report }: TrainOutputs): string[] {
  const names = [...report.importance]
    .sort((a, b) => b.mean - a.mean)
    .filter(({ mean }) => mean > 0)
    .slice(0, importantOnes)
    .map(({ feature }) => feature);
  return names.length === 0 ? [] : [`leans most on ${names.join(', ')}`];
}
