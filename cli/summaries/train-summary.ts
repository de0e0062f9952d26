import type { TrainOutputs } from '../../actions/train/train.ts';
import { blendWords, isOnePart, sizeWords } from '../../shared/model/report/blend-words.ts';
import { judgedRowWord, lastTraining, otherChoices } from '../../shared/model/report/judged-rows.ts';
import { chosenPenalty, penaltyText } from '../../shared/model/report/penalty-words.ts';
import { rowCurveWords } from '../../shared/model/report/row-curve-words.ts';
import { sameBytesWords } from '../../shared/model/report/same-bytes.ts';
import { searchWords, settingText } from '../../shared/model/report/search-words.ts';
import { countedSteps } from '../../shared/model/report/step-words.ts';
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
    const time = timeOf(candidate.name, times);
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
    `${counted(rows.length, 'candidate')}, compared on the ${judgedRowWord(report)}s by ${report.metric}`,
    ...foldLines(report),
    ...textTable(rows, ['left', 'left', 'left', 'left', 'right', 'left']),
    ...blendLines(report, style),
    ...searchLines(report),
    ...(report.learningCurve ? [rowCurveWords(report.learningCurve)] : []),
    ...importanceLine(outputs),
    ...decisionLine(report),
    ...report.warnings.map((warning) => `${style.doubtful('warning')} ${warning}`),
    `${engine.name} ${engine.version}, ${engine.backend}, seed ${report.seed}${engine.reproducible ? `: ${sameBytesWords(true)}` : ''}`,
    style.dim(`${outputs.folder}  ${shortDigest(outputs.digest)}`),
  ]);
}

/** Milliseconds of a candidate's training, in all folds. */
function timeOf(name: string, times: ReadonlyMap<string, number>): number | undefined {
  const own = [...times].filter(
    ([task]) =>
      task === `train ${name}` ||
      task.startsWith(`train ${name} (fold `) ||
      task.startsWith(`train ${name}, seed `) ||
      task.startsWith(`train ${name}, trial `),
  );
  return own.length === 0 ? undefined : own.reduce((sum, [, time]) => sum + time, 0);
}

function foldLines(report: TrainOutputs['report']): string[] {
  const { folds } = report;
  if (!folds) return [];
  const others = otherChoices(report);
  const last = lastTraining(report);
  return [
    `${folds.length}-fold cross-validation${last === undefined ? '' : `; then ${last}`}`,
    ...(others === undefined ? [] : [others]),
  ];
}

/** What the model is where it is a blend, and what is said where none was made. */
function blendLines(report: TrainOutputs['report'], style: TextLayout['style']): string[] {
  const { blend, metric, note } = report;
  if (!blend) return note === undefined ? [] : [note];
  return [
    `${style.good('→')} ${isOnePart(blend) ? style.bold(blendWords(blend)) : `${style.bold(report.chosen)} of ${blendWords(blend)}`}: ${metric} ${formatNumber(blend.score)}`,
    sizeWords(blend),
  ];
}

/** What a search bought, and what it kept of each candidate. */
function searchLines(report: TrainOutputs['report']): string[] {
  const { search } = report;
  if (!search) return [];
  return [
    `search: ${searchWords(search, report)}`,
    ...search.candidates.flatMap(({ name, settings, deployed }) =>
      deployed === 0 ? [] : [`  ${name}: ${settingText(settings[deployed - 1]!.options)}`],
    ),
  ];
}

function decisionLine(report: TrainOutputs['report']): string[] {
  const { decision } = report;
  if (!decision) return [];
  const { threshold, costs, rows = 0, cost } = decision;
  const chosen =
    costs && cost != null
      ? `, where a row costs ${formatNumber(cost)} on ${counted(rows, judgedRowWord(report))}`
      : '';
  return [
    `predicts the positive class at a probability of ${formatNumber(threshold, { digits: 3 })} or more${chosen}`,
  ];
}

function lengthWords(candidate: CandidateReport): string {
  const { epochs, bestEpoch } = candidate;
  const all = countedSteps(candidate);
  const penalty = chosenPenalty(candidate);
  if (penalty) return `${all}, best ${penaltyText(penalty)}`;
  return epochs <= 1 ? '' : bestEpoch === epochs ? all : `${all}, best ${bestEpoch}`;
}

function importanceLine({ report }: TrainOutputs): string[] {
  const names = [...report.importance]
    .sort((a, b) => b.mean - a.mean)
    .filter(({ mean }) => mean > 0)
    .slice(0, importantOnes)
    .map(({ feature }) => feature);
  return names.length === 0 ? [] : [`most important: ${names.join(', ')}`];
}
