import type { DeclarationChange } from '../../config/declaration/declaration-changes.ts';
import type { KeyPath } from '../../config/messages/key-path.ts';
import type { GateResult } from '../../metrics/evaluation/gate-result.ts';
import { fails } from '../../metrics/evaluation/verdict.ts';
import type { Location } from '../../platform/logger.ts';
import { counted } from '../../text/counts.ts';
import { formatEstimate, formatInterval } from '../../text/number-format.ts';
import { clipText, visibleText } from '../../text/visible-text.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { cutToUnits } from './words.ts';

/** A note on a line of a file; lines count from 1. The forge's own Annotation has the same shape. */
export interface LineNote {
  readonly path: string;
  readonly line: number;
  readonly level: 'notice' | 'warning' | 'failure';
  /** At most 255 characters. */
  readonly title: string;
  /** Plain text, at most 4,096 characters. */
  readonly message: string;
}

/** Where ciclo.yml is and where its keys stand. */
export interface Declarations {
  /** From the repository's root, with forward slashes. */
  readonly configPath: string;
  locate(path: KeyPath): Location;
}

const longestTitle = 255;
const longestMessage = 4096;
/** More are in the summary's table; GitHub takes 50 in a request. */
const mostNotes = 50;
const slicesInNote = 10;

/** Notes on the lines of gates that failed or are inconclusive, and of keys that the pull request loosens; worst first. */
export function annotationsOf(report: PullRequestReport, where: Declarations): LineNote[] {
  const groups = Map.groupBy(
    report.evaluation.gates.filter(({ outcome }) => outcome === 'fail' || outcome === 'inconclusive'),
    (gate) => `${gate.index}/${gate.kind}/${gate.outcome}/${fails(gate)}`,
  );
  const gates = [...groups.values()].map((group) => gateNote(group, where));
  const loosened = (report.declaration?.changes ?? []).filter(
    ({ effect, file }) => effect === 'loosens' && file === 'head',
  );
  const notes = [...gates, ...loosened.map((change) => changeNote(change, where))];
  const isFailure = ({ level }: LineNote) => Number(level === 'failure');
  return notes.sort((a, b) => isFailure(b) - isFailure(a)).slice(0, mostNotes);
}

function gateNote(group: readonly GateResult[], where: Declarations): LineNote {
  const gate = group[0]!;
  const declared = clipText(visibleText(gate.declared), 200);
  const lines = group.slice(0, slicesInNote).map(sentenceOf);
  const rest =
    group.length > slicesInNote ? [`and ${counted(group.length - slicesInNote, 'more slice')}`] : [];
  return {
    ...placeOf(['validate', 'gates', gate.index], where),
    level: fails(gate) ? 'failure' : 'warning',
    title: cutToUnits(
      `Gate ${gate.outcome === 'fail' ? 'failed' : fails(gate) ? 'inconclusive and failing' : 'inconclusive'}: ${declared}`,
      longestTitle,
    ),
    message: cutToUnits([...lines, ...rest].join('\n'), longestMessage),
  };
}

function sentenceOf(gate: GateResult): string {
  const slice = gate.slice ? `${clipText(visibleText(gate.slice.label), 60)}: ` : '';
  const message = clipText(visibleText(gate.message), 300);
  if (gate.measured === null) return `${slice}${message}`;
  const interval =
    gate.low === null || gate.high === null ? 'no interval' : formatInterval(gate.low, gate.high);
  const bound = gate.bound === null ? '' : `, bound ${formatEstimate({ ...gate, value: gate.bound })}`;
  return `${slice}measured ${formatEstimate({ ...gate, value: gate.measured })} (${interval})${bound}. ${message}`;
}

function changeNote({ sentence, path }: DeclarationChange, where: Declarations): LineNote {
  return {
    ...placeOf(path, where),
    level: 'warning',
    title: 'This pull request loosens what it is judged by',
    message: cutToUnits(visibleText(sentence), longestMessage),
  };
}

function placeOf(path: KeyPath, { configPath, locate }: Declarations): Pick<LineNote, 'path' | 'line'> {
  return { path: configPath, line: locate(path).line ?? 1 };
}
