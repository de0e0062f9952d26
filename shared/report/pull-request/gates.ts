import { measuredWords } from '../../metrics/evaluation/comparison.ts';
import { powerWords } from '../../metrics/evaluation/gate-power-words.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { shareBoundWords } from '../../metrics/evaluation/share-bound-words.ts';
import { fails, gateRank } from '../../metrics/evaluation/verdict.ts';
import { counted } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { metricUnit } from '../metric-words.ts';
import {
  blocks,
  bulletList,
  clippedText,
  code,
  details,
  type Markdown,
  md,
  type Piece,
  table,
} from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { inBrackets, outcomeSigns, restInReport, unitOf } from './words.ts';

/** How many rows are seen at once, and how many more when opened. */
export interface GatesSize {
  readonly shown: number;
  readonly folded: number;
}

const outcomeWords: Readonly<Record<GateResult['outcome'], string>> = {
  pass: 'pass',
  fail: 'fail',
  inconclusive: 'inconclusive',
  'not-applicable': 'not applicable',
};

/** What was declared, what was measured and how it ended, worst first. */
export function gatesSection(report: PullRequestReport, size: GatesSize): Markdown | undefined {
  const rows = gateRows(report.evaluation.gates);
  if (rows.length === 0) return undefined;
  const shown = rows.slice(0, size.shown);
  const folded = rows.slice(size.shown, size.shown + size.folded);
  return blocks([
    md`#### Gates`,
    gatesTable(shown, report),
    folded.length > 0 && details(`${counted(folded.length, 'further gate')}`, [gatesTable(folded, report)]),
    restInReport(report, rows.length - shown.length - folded.length, 'gate'),
    powerDetails(report),
  ]);
}

const mostPowers = 20;

/** What each gate of the whole table can tell on these rows; slices stand in the report. */
function powerDetails(report: PullRequestReport): Markdown | false {
  const lines = report.evaluation.gates.flatMap((gate) => {
    const words = gate.slice ? undefined : powerWords(gate, metricUnit(gate.metric, report.evaluation.unit));
    return words === undefined ? [] : [md`${clippedText(gate.declared, 160)}: ${clippedText(words, 300)}`];
  });
  const shares = shareBoundWords(report.evaluation.gates);
  return (
    lines.length > 0 &&
    details('What the gates can detect', [
      bulletList([...lines.slice(0, mostPowers), ...(shares === undefined ? [] : [md`${shares}`])]),
    ])
  );
}

function gatesTable(rows: readonly GateRow[], report: PullRequestReport): Markdown | undefined {
  return table(
    [{ label: 'Outcome' }, { label: 'Gate' }, { label: 'Measured' }],
    rows.map(({ gate, alike }) => [
      outcomeCell(gate),
      declaredCell(gate, alike),
      measuredCell(gate, unitOf(gate.metric, report)),
    ]),
  );
}

/** Signs go by what a gate means, words by how it ended. */
function outcomeCell(gate: GateResult): Piece {
  const { outcome, doubt } = gate;
  const sign = outcomeSigns[fails(gate) ? 'fail' : outcome];
  if (outcome !== 'fail' && outcome !== 'inconclusive') return md`${sign}&nbsp;${outcomeWords[outcome]}`;
  const beyond = doubt === 'beyond' && ', the value itself is beyond the bound';
  return md`${sign}&nbsp;**${outcomeWords[outcome]}**${beyond}`;
}

/** A gate, standing for so many slices of one declaration that pass as well. */
interface GateRow {
  readonly gate: GateResult;
  readonly alike: number;
}

/** Slices that pass the same gate are one row, the one nearest to the bound. */
function gateRows(gates: readonly GateResult[]): GateRow[] {
  const groups = Map.groupBy(gates, (gate) =>
    gate.slice && gate.outcome === 'pass'
      ? JSON.stringify([gate.index, gate.kind, gate.slice.column])
      : JSON.stringify([gate.index, gate.kind, gate.slice?.column, gate.slice?.label, gate.outcome]),
  );
  return [...groups.values()]
    .map((group) => ({ gate: group.toSorted(nearestFirst)[0]!, alike: group.length }))
    .sort((a, b) => gateRank(a.gate) - gateRank(b.gate) || a.gate.index - b.gate.index);
}

function nearestFirst(a: GateResult, b: GateResult): number {
  const distance = (gate: GateResult) =>
    gate.kind === 'min' ? (gate.low ?? gate.measured ?? 0) : -(gate.high ?? gate.measured ?? 0);
  return distance(a) - distance(b);
}

function declaredCell(gate: GateResult, alike: number): Piece {
  const { slice, bound, declared, relative } = gate;
  const amount =
    declared.endsWith('%') && !relative && bound !== null && md` (${formatNumber(bound, { digits: 3 })})`;
  const where =
    slice && md`${alike > 1 ? md`; closest of ${alike} slices: ` : md`: `}${code(slice.label, 40)}`;
  return md`${clippedText(declared, 160)}${amount}${where}`;
}

function measuredCell(gate: GateResult, unit: string): Piece {
  const words = measuredWords(gate);
  if (words === undefined) return clippedText(gate.message, 200);
  const { direction, size, interval, relative } = words;
  const figure = md`**${size}**${relative ? '' : unit} ${inBrackets(interval)}`;
  return direction === '' ? figure : md`${direction} ${figure}`;
}
