import {
  blendHead,
  blendRows,
  blendSummary,
  blendWords,
  isOnePart,
  onePartReason,
} from '../../model/report/blend-words.ts';
import { conversionWords } from '../../model/report/conversion-words.ts';
import { blendModelWords, judgedRowWord, otherChoices } from '../../model/report/judged-rows.ts';
import { penaltyWords } from '../../model/report/penalty-words.ts';
import { rowCurveWords } from '../../model/report/row-curve-words.ts';
import { searchFairness, searchHead, searchRows, searchWords } from '../../model/report/search-words.ts';
import { countedSteps, stepsWordOf } from '../../model/report/step-words.ts';
import type { CandidateReport, TrainingReport } from '../../model/report/training-report.ts';
import { capitalised } from '../../text/capitalised.ts';
import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import {
  bulletList,
  clippedText,
  code,
  details,
  joinedPieces,
  type Markdown,
  md,
  type Piece,
  table,
} from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { restInReport } from './words.ts';

/** How the model came to be, to be opened. @param limit candidates at most. */
export function trainingDetails(report: PullRequestReport, limit: number): Markdown | undefined {
  const { training } = report;
  if (!training) return undefined;
  const chosen = (name: string) => Number(name === training.chosen);
  const candidates = training.candidates.toSorted((a, b) => chosen(b.name) - chosen(a.name));
  return details(`Training · ${counted(candidates.length, 'candidate')}`, [
    md`${choiceOf(training)}; trained on ${counted(training.rows.train, 'row')}, ${counted(training.inputs, 'input')}, seed ${String(training.seed)}.`,
    table(
      [
        { label: 'Candidate' },
        {
          label: `${training.metric.slice(0, 40)} ${training.folds ? 'out-of-fold' : 'on validation'}`,
          align: 'right',
        },
        { label: 'Parameters', align: 'right' },
        { label: 'Trained for', align: 'right' },
        { label: 'Stopped by' },
      ],
      candidates
        .slice(0, limit)
        .map((candidate) => [
          candidate.name === training.chosen ? md`**${code(candidate.name)}**, chosen` : code(candidate.name),
          formatNumber(candidate.validation),
          ...(candidate.stopped === 'command'
            ? ['–', '–']
            : [
                formatNumber(candidate.parameters),
                md`${countedSteps(candidate)} (best ${formatNumber(candidate.bestEpoch)})`,
              ]),
          stopWords(candidate),
        ]),
    ),
    restInReport(report, candidates.length - limit, 'candidate'),
    ...blendParts(report, limit),
    ...searchBlocks(report, limit),
    training.learningCurve && clippedText(`Learning curve: ${rowCurveWords(training.learningCurve)}.`, 400),
    bulletList(
      candidates
        .slice(0, limit)
        .flatMap((candidate) =>
          [candidate.conversion && conversionWords(candidate.conversion), penaltyWords(candidate)]
            .filter((words) => words !== undefined)
            .map((words) => md`${code(candidate.name)}: ${words}.`),
        ),
    ),
    foldChoices(training),
    modelNote(training),
    importance(report),
    bulletList(training.warnings.slice(0, limit).map((warning) => clippedText(warning, 300))),
  ]);
}

function stopWords(candidate: CandidateReport): string {
  switch (candidate.stopped) {
    case 'patience':
      return 'no further gain';
    case 'epochs':
      return `all ${stepsWordOf(candidate)}`;
    case 'converged':
      return 'converged';
    case 'command':
      return 'its command';
  }
}

function choiceOf({ blend, chosen, metric, rows, folds }: TrainingReport): Markdown {
  return blend
    ? isOnePart(blend)
      ? md`The model is ${clippedText(blendWords(blend), 300)}: ${onePartReason}`
      : md`The model is a blend: ${clippedText(blendWords(blend), 300)}`
    : md`${code(chosen)} was chosen by ${code(metric, 40)} on ${counted(rows.validation, judgedRowWord({ folds }))}${folds && md` of ${counted(folds.length, 'fold')}`}`;
}

/** The parts of a blend, and what each is worth. */
function blendParts(report: PullRequestReport, limit: number): (Markdown | undefined)[] {
  const { training } = report;
  if (!training?.blend) return [];
  const rows = blendRows(training.blend);
  const [first, ...figures] = blendHead(training);
  return [
    md`${blendSummary(training.blend, training)}`,
    table(
      [
        { label: first! },
        ...figures.map((label) => ({ label: label.slice(0, 80), align: 'right' as const })),
      ],
      rows.slice(0, limit).map(([name, ...cells]) => [code(name!), ...cells]),
    ),
    restInReport(report, rows.length - limit, 'part'),
  ];
}

/** What a search tried, kept and bought. */
function searchBlocks(report: PullRequestReport, limit: number): (Markdown | undefined)[] {
  const { training } = report;
  if (!training?.search) return [];
  const { search } = training;
  const rows = searchRows(search);
  return [
    clippedText(`Search: ${searchWords(search, training)}. ${searchFairness}.`, 400),
    table(
      searchHead(search).map((label) => ({ label })),
      rows
        .slice(0, limit)
        .map(([name, ...cells]) => [code(name!), ...cells.map((cell) => clippedText(cell, 200))]),
    ),
    restInReport(report, rows.length - limit, 'candidate'),
  ];
}

function foldChoices(training: NonNullable<PullRequestReport['training']>): Piece {
  const others = otherChoices(training);
  return others === undefined ? undefined : clippedText(`${capitalised(others)}.`, 300);
}

/** What the models of a blend are, and what is said where none was made. */
function modelNote(training: NonNullable<PullRequestReport['training']>): Piece {
  const words = blendModelWords(training) ?? training.note;
  return words === undefined ? undefined : clippedText(`${capitalised(words)}.`, 400);
}

const importantFeatures = 5;

function importance({ training }: PullRequestReport): Piece {
  const features = training?.importance.toSorted((a, b) => b.mean - a.mean).slice(0, importantFeatures) ?? [];
  if (!training || features.length === 0) return undefined;
  const named = features.map(
    ({ feature, mean }) => md`${code(feature, 40)} ${formatNumber(mean, { digits: 3 })}`,
  );
  return md`How much ${code(training.metric, 40)} worsens when a feature is shuffled: ${joinedPieces(named, ', ')}.`;
}
