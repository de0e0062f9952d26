import { boundWords, measuredWords } from '../../metrics/evaluation/comparison.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { powerWords } from '../../metrics/evaluation/gate-power-words.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { holdsAbove } from '../../metrics/evaluation/gate-side.ts';
import { shareBoundWords } from '../../metrics/evaluation/share-bound-words.ts';
import { gateRank } from '../../metrics/evaluation/verdict.ts';
import { clipText } from '../../text/visible-text.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html, type Markup } from '../markup/html.ts';
import { outcomeBadge } from '../markup/icon.ts';
import { intervalMark } from '../markup/interval-mark.ts';
import { boundKey, modelKey } from '../markup/legend.ts';
import { metricUnit } from '../metric-words.ts';
import { type ListLimit, omittedNote, type Section } from './section.ts';

const shownGates = 60;

const meant = {
  pass: 'passes',
  warn: 'is a warning',
  fail: 'fails',
} as const;

/** What inconclusive gates mean, as a sentence. */
function policyWords({ inconclusive: policy }: Pick<Evaluation, 'inconclusive'>): Markup {
  if (typeof policy === 'string') {
    return html`An inconclusive gate ${meant[policy]} (<code>validate.inconclusive: ${policy}</code>).`;
  }
  const { within, beyond, unmeasured } = policy;
  const softer = beyond === 'fail' ? ' (by slice and of a train gap it is a warning)' : '';
  return html`Then a value within the bound ${meant[within]}, one beyond it ${meant[beyond]}${softer}, and one without an interval ${meant[unmeasured]} (<code>validate.inconclusive</code>).`;
}

/** What was declared in validate.gates, what was measured, and how each ended. */
export function gatesSection(evaluation: Evaluation, limit: ListLimit): Section {
  const gates = evaluation.gates.toSorted((a, b) => gateRank(a) - gateRank(b) || a.index - b.index);
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
    ...leadOf(evaluation, shown),
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

/**
 * What stands above the gates. What inconclusive would mean is in the glossary: of a page on which no gate is inconclusive it is
 * not the first thing to read.
 */
function leadOf({ inconclusive, gates }: Evaluation, shown: readonly GateResult[]): { lead?: Child } {
  const isDoubtful = gates.some(({ outcome }) => outcome === 'inconclusive');
  const shares = shareBoundWords(shown);
  if (!isDoubtful && shares === undefined) return {};
  const doubt = isDoubtful
    ? html`A gate is inconclusive when its interval reaches across the bound. ${policyWords({ inconclusive })} `
    : '';
  return { lead: html`${doubt}${shares ?? ''}` };
}

function gateCells(gate: GateResult, evaluation: Evaluation): Child[] {
  const unit = metricUnit(gate.metric, evaluation.unit);
  const measured = measuredWords(gate);
  const label = boundWords(gate);
  const power = powerWords(gate, unit);
  return [
    html`<span class="gate-declared">${clipText(gate.declared, 160)}</span>${
      gate.slice
        ? html` <span class="gate-slice">${dataText(gate.slice.column, 40)}: ${dataText(gate.slice.label, 40)}</span>`
        : ''
    }<span class="gate-message">${clipText(gate.message, 300)}${power === undefined ? '' : ` ${clipText(power, 300)}`}</span>`,
    gate.means === 'fail' ? outcomeBadge('fail', 'Inconclusive, fails') : outcomeBadge(gate.outcome),
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
          : {
              at: gate.bound,
              holds: holdsAbove(gate.kind) ? 'above' : 'below',
              ...(label === undefined ? {} : { label }),
            },
    }) ?? html`<span class="faint">–</span>`,
  ];
}
