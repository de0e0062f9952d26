import { capitalised } from '../../text/capitalised.ts';
import { counted } from '../../text/counts.ts';
import { escapeMarkdown as literal, markdownTable } from '../../text/markdown.ts';
import { blendHead, blendRows, blendSummary, isOnePart } from '../report/blend-words.ts';
import { conversionWords } from '../report/conversion-words.ts';
import { blendModelWords, lastTraining, otherChoices } from '../report/judged-rows.ts';
import { penaltyWords } from '../report/penalty-words.ts';
import { rowCurveMethod, rowCurveWords } from '../report/row-curve-words.ts';
import { searchFairness, searchHead, searchRows, searchWords } from '../report/search-words.ts';
import { stepWordOf } from '../report/step-words.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { cardNumber } from './card-input.ts';

/** How the model was made: the candidates, how one was chosen or all were blended, what a search kept. */
export function trainingSection(training: TrainingReport): string {
  const rows = training.candidates.map((candidate) => [
    literal(candidate.name) + (candidate.name === training.chosen ? ' (chosen)' : ''),
    literal(candidate.type),
    ...(candidate.stopped === 'command'
      ? ['–', '–']
      : [
          cardNumber(candidate.parameters),
          `${stepWordOf(candidate)} ${candidate.bestEpoch} of ${candidate.epochs}${candidate.refitted === undefined ? '' : `; ${candidate.refitted} on all rows`}`,
        ]),
    cardNumber(candidate.validation),
  ]);
  const head = [
    'Candidate',
    'Type',
    'Parameters',
    'Kept',
    `${literal(training.metric)} (${training.folds ? 'out-of-fold' : 'validation'})`,
  ];
  return [
    '## Training',
    training.folds ? foldWords(training) : splitWords(training),
    markdownTable(head, rows),
    ...blendTable(training),
    ...searchTable(training),
    ...curveWords(training),
    ...(training.note === undefined ? [] : [`${literal(capitalised(training.note))}.`]),
    ...training.candidates.flatMap((candidate) =>
      [candidate.conversion && conversionWords(candidate.conversion), penaltyWords(candidate)]
        .filter((words) => words !== undefined)
        .map((words) => `${literal(candidate.name)}: ${literal(words)}.`),
    ),
  ].join('\n\n');
}

/** Whether more rows would help. */
function curveWords({ learningCurve }: TrainingReport): string[] {
  if (!learningCurve) return [];
  const words = `${capitalised(rowCurveWords(learningCurve))}. ${rowCurveMethod(learningCurve)}.`;
  return [literal(words)];
}

/** How training and validation rows were used. */
function splitWords(training: TrainingReport): string {
  const { train, validation } = training.rows;
  const last = blendModelWords(training);
  if (last !== undefined) {
    return `${counted(validation, 'validation row')} stopped the training and set the weights of the blend. ${last}.`;
  }
  return `Trained on ${counted(train, 'row')}; ${counted(validation, 'validation row')} stopped the training${training.blend ? '' : ' and chose the candidate'}.`;
}

function foldWords(training: TrainingReport): string {
  const { folds = [], rows } = training;
  const others = otherChoices(training);
  return (
    `${training.blend && !isOnePart(training.blend) ? 'Blended' : 'Chosen'} by ${counted(rows.validation, 'row')}, each predicted out-of-fold in ${folds.length}-fold cross-validation${training.engine.name === 'command' ? '. ' : '; '}` +
    foldRest(training) +
    (others === undefined ? '' : ` ${literal(capitalised(others))}.`)
  );
}

/** What came after the models of the folds. */
function foldRest(training: TrainingReport): string {
  const ofBlend = blendModelWords(training);
  if (ofBlend !== undefined) return `another fold stopped the training. ${ofBlend}.`;
  const last = lastTraining(training);
  if (last === undefined) return 'No model was trained after that: only these predictions exist.';
  if (training.engine.name === 'command') return `The model was then ${last}.`;
  return `another fold stopped the training. The model was then ${last}, for the median best number of steps.`;
}

/** The parts of a blend. */
function blendTable(training: TrainingReport): string[] {
  const { blend } = training;
  if (!blend) return [];
  return [
    literal(blendSummary(blend, training)),
    markdownTable(
      blendHead(training).map(literal),
      blendRows(blend).map((row) => row.map(literal)),
    ),
  ];
}

/** What a search kept. */
function searchTable(training: TrainingReport): string[] {
  const { search } = training;
  if (!search) return [];
  return [
    literal(
      `A search chose settings of the candidates: ${searchWords(search, training)}. ${searchFairness}.`,
    ),
    markdownTable(
      searchHead(search).map(literal),
      searchRows(search).map((row) => row.map(literal)),
    ),
  ];
}
