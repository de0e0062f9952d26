import type { DeclarationChange } from '../../config/declaration/declaration-changes.ts';
import { formatKeyPath } from '../../config/messages/key-path.ts';
import { counted } from '../../text/counts.ts';
import { alert, bulletList, clippedText, code, type Markdown, md, type Piece } from './markdown.ts';
import type { Declaration, PullRequestReport } from './pull-request-report.ts';
import { gateCounts } from './verdict.ts';
import { outcomeSigns, restInReport } from './words.ts';

/**
 * What the pull request changes in what it is judged by, and what the base branch's gates say of the same model. A gate
 * that was loosened to pass is seen here before anything else.
 *
 * @param limit sentences at most.
 */
export function declarationLines(report: PullRequestReport, limit: number): Markdown | undefined {
  const { declaration } = report;
  if (!declaration || declaration.changes.length === 0) return undefined;
  const { changes } = declaration;
  const loosened = changes.some(({ effect }) => effect === 'loosens');
  return alert(needsCare(declaration, report) || loosened ? 'WARNING' : 'NOTE', [
    md`**${title(changes)}** ${baseVerdict(declaration)}`,
    bulletList(changes.slice(0, limit).map(changeLine)),
    restInReport(report, changes.length - limit, 'change'),
  ]);
}

/** The base branch's gates would say otherwise than the pull request's own. */
function needsCare({ verdict }: Declaration, { evaluation }: PullRequestReport): boolean {
  return (
    verdict !== undefined &&
    verdict !== 'same' &&
    verdict.verdict !== 'pass' &&
    verdict.verdict !== evaluation.verdict
  );
}

function title(changes: readonly DeclarationChange[]): string {
  const loosened = changes.filter(({ effect }) => effect === 'loosens').length;
  if (loosened > 0) return 'This pull request loosens what it is judged by.';
  return changes.every(({ effect }) => effect === 'tightens')
    ? 'This pull request tightens what it is judged by.'
    : 'This pull request changes what it is judged by.';
}

const verdictWords = { pass: 'passes', warn: 'is inconclusive', fail: 'fails' } as const;

function baseVerdict({ base, verdict }: Declaration): Piece {
  if (!verdict) return md`The gates of ${code(base)} could not be evaluated on this model.`;
  if (verdict === 'same') return md`The gates are those of ${code(base)}.`;
  const { gates } = verdict;
  return md`Under the gates of ${code(base)} it **${verdictWords[verdict.verdict]}** ${outcomeSigns[verdict.verdict]}${gates.length === 0 ? '' : md` (${gateCounts(gates)})`}${failing(verdict)}.`;
}

function failing({ gates }: Exclude<Declaration['verdict'], 'same' | undefined>): Piece {
  const failed = gates.filter(({ outcome }) => outcome === 'fail');
  const names = [...new Set(failed.map(({ declared }) => declared))];
  if (names.length === 0) return '';
  const rest = names.length > 2 && md`; ${names.length - 2} more`;
  return md`: ${names.slice(0, 2).map((name, i) => md`${i > 0 && md`; `}${clippedText(name, 120)}`)}${rest}`;
}

function changeLine({ sentence, path, file }: DeclarationChange): Markdown {
  const where =
    file === 'base' ? md` (was ${code(formatKeyPath(path), 80)})` : md` (${code(formatKeyPath(path), 80)})`;
  return md`${clippedText(`${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`, 300)}${where}`;
}

/** The shortest form: how many changes, and the base branch's verdict. */
export function declarationCount({ declaration }: PullRequestReport): Markdown | undefined {
  if (!declaration || declaration.changes.length === 0) return undefined;
  const count = counted(declaration.changes.length, 'change');
  return alert('WARNING', [
    md`**${title(declaration.changes)}** ${baseVerdict(declaration)} There are ${count}.`,
  ]);
}
