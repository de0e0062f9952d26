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
import { chosenScore, leadingCandidate } from '../../model/report/leading-candidate.ts';
import { penaltyWords } from '../../model/report/penalty-words.ts';
import { countedSteps, stepsWordOf, stepWordOf } from '../../model/report/step-words.ts';
import type { CandidateReport, TrainingReport } from '../../model/report/training-report.ts';
import { capitalised } from '../../text/capitalised.ts';
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { settingText } from '../../text/setting-text.ts';
import { learningCurves } from '../chart/learning-curve.ts';
import { drawChart } from '../chart/vega-chart.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html } from '../markup/html.ts';
import { rowCurvePart } from './row-curve.ts';
import { searchPart } from './search.ts';
import { disclosure, type ListLimit, omittedNote, type Section } from './section.ts';

const shownCandidates = 30;
const shownWarnings = 20;
const shownOptions = 30;

/** How the candidates learned, and which was chosen. */
export async function learningSection(training: TrainingReport, limit: ListLimit): Promise<Section> {
  const candidates = training.candidates.toSorted(
    (a, b) => Number(b.name === training.chosen) - Number(a.name === training.chosen),
  );
  const shown = candidates.slice(0, limit(shownCandidates));
  const curves = learningCurves(training);
  const [wide, narrow] = curves
    ? await Promise.all([drawChart(curves.chart(720, 260)), drawChart(curves.chart(270, 240))])
    : [];
  return {
    id: 'learning',
    title: 'Learning',
    lead: html`${counted(training.candidates.length, 'candidate')} trained on ${counted(training.rows.train, 'row')}; ${choiceOf(training)}${foldsNote(training)}${modelNote(training)}`,
    body: [
      training.warnings.length > 0 &&
        html`<ul class="warnings">${training.warnings.slice(0, limit(shownWarnings)).map((warning) => html`<li>${warning}</li>`)}</ul>`,
      omittedNote(training.warnings.length, limit(shownWarnings), 'warnings', 'training.json'),
      curves &&
        html`<figure class="learning"><div class="wide">${wide}</div><div class="narrow">${narrow}</div><figcaption>${curves.legend}<span class="sub">${curveNote(training)}</span></figcaption></figure>`,
      dataTable({
        caption: 'Candidates',
        columns: [
          { label: 'Candidate' },
          { label: `${training.folds ? 'Out-of-fold' : 'Validation'} ${training.metric}`, kind: 'number' },
          { label: 'Parameters', kind: 'number' },
          { label: 'Trained for', kind: 'number' },
          { label: 'Best', kind: 'number' },
          { label: 'Stopped by' },
        ],
        rows: shown.map((candidate) => ({ cells: candidateCells(candidate, training) })),
      }),
      omittedNote(candidates.length, shown.length, 'candidates', 'training.json'),
      blendTable(training, limit),
      searchPart(training, limit),
      await rowCurvePart(training),
      shown.map((candidate) =>
        notesOf(candidate).map(
          (note) => html`<p class="note"><b>${dataText(candidate.name)}</b>: ${note}.</p>`,
        ),
      ),
      disclosure(
        'Options of the candidates',
        shown.map(
          (candidate) =>
            html`<h3>${dataText(candidate.name)}</h3><dl class="facts">${Object.entries(candidate.options)
              .slice(0, limit(shownOptions))
              .map(
                ([key, value]) =>
                  html`<div><dt><code>${dataText(key)}</code></dt><dd>${dataText(settingText(value))}</dd></div>`,
              )}</dl>`,
        ),
      ),
    ],
  };
}

/** What is said of a candidate beside the table. */
function notesOf(candidate: CandidateReport): string[] {
  const { conversion } = candidate;
  return [conversion && conversionWords(conversion), penaltyWords(candidate)].filter(
    (note) => note !== undefined,
  );
}

/** How rows in folds were used. */
function foldsNote(training: TrainingReport): string {
  const { folds } = training;
  if (!folds) return '';
  const others = otherChoices(training);
  return ` Each row was predicted out-of-fold, in ${folds.length}-fold cross-validation${curvesOf(training)}.${others === undefined ? '' : ` ${capitalised(others)}.`}`;
}

function curvesOf({ engine, blend }: TrainingReport): string {
  if (engine.name === 'command') return '';
  const curves = '; the curves are of the fold with the median best step';
  return blend ? curves : `${curves}, and the final training on all rows ran for that many steps`;
}

/** What the models of a blend are, and what is said where none was made. */
function modelNote(training: TrainingReport): string {
  const words = blendModelWords(training) ?? training.note;
  return words === undefined ? '' : ` ${capitalised(words)}.`;
}

function choiceOf(training: TrainingReport): Child {
  const { blend, metric, rows, chosen } = training;
  return blend
    ? isOnePart(blend)
      ? html`the model is <b>${dataText(blendWords(blend))}</b>: ${onePartReason}.`
      : html`the model is a blend: <b>${dataText(blendWords(blend))}</b>.`
    : html`the best <code>${metric}</code> on ${counted(rows.validation, judgedRowWord(training))} was chosen: <b>${dataText(chosen)}</b>.`;
}

/** The parts of a blend, and what each is worth. */
function blendTable(training: TrainingReport, limit: ListLimit): Child {
  const { blend } = training;
  if (!blend) return undefined;
  const rows = blendRows(blend);
  const shown = rows.slice(0, limit(shownCandidates));
  const [first, ...further] = blendHead(training);
  return html`<p class="note">${blendSummary(blend, training)}</p>${dataTable({
    caption: 'Parts of the blend',
    columns: [{ label: first! }, ...further.map((label) => ({ label, kind: 'number' as const }))],
    rows: shown.map(([name, ...figures]) => ({ cells: [dataText(name!), ...figures] })),
  })}${omittedNote(rows.length, shown.length, 'parts', 'training.json')}`;
}

/** What the dot in the curves is. */
function curveNote(training: TrainingReport): string {
  const kept = leadingCandidate(training);
  const word = kept ? stepWordOf(kept) : 'epoch';
  const what = word === 'round' ? 'round up to which the trees were kept' : `${word} whose weights were kept`;
  const order = word === 'penalty' ? ', from the strongest to the weakest' : '';
  return `Loss by ${word}${order}; the lower, the better. The dot marks the ${what}.`;
}

function stopWords(candidate: CandidateReport): string {
  switch (candidate.stopped) {
    case 'patience':
      return 'no better validation loss';
    case 'epochs':
      return stepWordOf(candidate) === 'penalty'
        ? `all ${stepsWordOf(candidate)} tried`
        : `all ${stepsWordOf(candidate)} done`;
    case 'converged':
      return 'converged';
    case 'command':
      return 'its command ended';
  }
}

function candidateCells(candidate: CandidateReport, training: TrainingReport): Child[] {
  return [
    html`${dataText(candidate.name)}${candidate.name === training.chosen ? html` <span class="tag">chosen</span>` : ''}${candidate.name === candidate.type ? '' : html`<span class="sub">${candidate.type}</span>`}`,
    formatNumber(candidate.validation, { decimals: scoreDecimals(training) }),
    ...(candidate.stopped === 'command'
      ? ['–', '–', '–']
      : [
          formatCount(candidate.parameters),
          countedSteps(candidate),
          html`${formatCount(candidate.bestEpoch)}${candidate.refitted === undefined ? '' : html`<span class="sub">on all rows ${formatCount(candidate.refitted)}</span>`}`,
        ]),
    stopWords(candidate),
  ];
}

/** Decimals that give the chosen candidate's score four digits, for all: a column of numbers is read by comparing them. */
function scoreDecimals(training: TrainingReport): number {
  const score = Math.abs(chosenScore(training) ?? 1);
  const decimals = 3 - Math.floor(Math.log10(score > 0 ? score : 1));
  return Math.min(8, Math.max(0, decimals));
}
