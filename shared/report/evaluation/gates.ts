import { boundWords, measuredWords } from '../../metrics/evaluation/comparison.ts';
import type { Evaluation, GateResult } from '../../metrics/evaluation/evaluation.ts';
import { clipText } from '../../text/visible-text.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html } from '../markup/html.ts';
import { outcomeBadge } from '../markup/icon.ts';
import { intervalMark } from '../markup/interval-mark.ts';
import { boundKey, modelKey } from '../markup/legend.ts';
import { metricUnit } from '../metric-words.ts';
import { type ListLimit, omittedNote, type Section } from './section.ts';

const shownGates = 60;

/** Worst first: what must be read is on top. */
const order: Readonly<Record<GateResult['outcome'], number>> = {
  fail: 0,
  inconclusive: 1,
  pass: 2,
  'not-applicable': 3,
};

const policies: Readonly<Record<Evaluation['inconclusive'], string>> = {
  pass: 'An inconclusive gate does not hold the model back',
  warn: 'An inconclusive gate makes the verdict a warning',
  fail: 'An inconclusive gate makes the verdict a fail',
};

/** What was declared in validate.gates, what was measured, and how each ended. */
export function gatesSection(evaluation: Evaluation, limit: ListLimit): Section {
  const gates = evaluation.gates.toSorted((a, b) => order[a.outcome] - order[b.outcome] || a.index - b.index);
  const base = { id: 'gates', title: 'Gates' };
  if (gates.length === 0) {
    return {
      ...base,
      body: html`<p>No gates are declared. Add some under <code>validate.gates</code> in <code>ciclo.yml</code>, for example <code>{ metric: ${evaluation.primary}, champion: { worse-by-at-most: 2% } }</code>.</p>`,
    };
  }
  const shown = gates.slice(0, limit(shownGates));
  return {
    ...base,
    lead: html`A gate passes or fails when the whole interval lies on one side of its bound, and is inconclusive when the interval reaches across. ${policies[evaluation.inconclusive]} (<code>validate.inconclusive: ${evaluation.inconclusive}</code>).`,
    body: [
      dataTable({
        caption: 'Gates, worst outcome first',
        hideCaption: true,
        columns: [
          { label: 'Gate' },
          { label: 'Outcome' },
          { label: 'Measured', kind: 'number' },
          { label: 'Against the bound', kind: 'plot' },
        ],
        rows: shown.map((gate) => ({
          quiet: gate.outcome === 'not-applicable',
          cells: gateCells(gate, evaluation),
        })),
      }),
      omittedNote(gates.length, shown.length, 'gates', 'evaluation.json'),
      html`<p class="legend" aria-hidden="true"><span>${modelKey}measured, with its interval</span><span>${boundKey}bound, and the side where the gate holds</span></p>`,
    ],
  };
}

function gateCells(gate: GateResult, evaluation: Evaluation): Child[] {
  const unit = metricUnit(gate.metric, evaluation.unit);
  const measured = measuredWords(gate);
  const label = boundWords(gate);
  return [
    html`<span class="gate-declared">${clipText(gate.declared, 160)}</span>${
      gate.slice
        ? html` <span class="gate-slice">${dataText(gate.slice.column, 40)}: ${dataText(gate.slice.label, 40)}</span>`
        : ''
    }<span class="gate-message">${clipText(gate.message, 300)}</span>`,
    outcomeBadge(gate.outcome),
    measured === undefined
      ? html`<span class="faint">nothing measured</span>`
      : html`${measured.direction === '' ? '' : `${measured.direction} `}<b>${measured.size}</b>${unit === undefined || measured.relative ? '' : html` ${dataText(unit, 20)}`} <span class="interval"><span class="visually-hidden">interval </span>${measured.interval ?? 'no interval'}</span>`,
    intervalMark({
      value: gate.measured,
      low: gate.low,
      high: gate.high,
      bound:
        gate.bound === null
          ? undefined
          : { at: gate.bound, holds: sideThatHolds(gate.kind), ...(label === undefined ? {} : { label }) },
    }) ?? html`<span class="faint">–</span>`,
  ];
}

function sideThatHolds(kind: GateResult['kind']): 'above' | 'below' {
  return kind === 'min' || kind.endsWith('better-by-at-least') ? 'above' : 'below';
}
