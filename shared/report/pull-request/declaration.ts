import { type DeclarationChange, needsAgreement } from '../../config/declaration/declaration-changes.ts';
import { formatKeyPath } from '../../config/messages/key-path.ts';
import { fails } from '../../metrics/evaluation/verdict.ts';
import { capitalised } from '../../text/capitalised.ts';
import { counted } from '../../text/counts.ts';
import { agreementLines, isStopped } from './agreement.ts';
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
  const careful = needsCare(declaration, report) || loosened;
  return alert(isStopped(declaration) ? 'CAUTION' : careful ? 'WARNING' : 'NOTE', [
    md`**${title(changes)}** ${baseVerdict(declaration)}`,
    bulletList(changes.slice(0, limit).map(changeLine)),
    restInReport(report, changes.length - limit, 'change'),
    agreementLines(declaration, Math.min(limit, 5)),
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
  if (changes.some(needsAgreement)) return 'This pull request changes what it is judged by.';
  return changes.some(({ effect }) => effect === 'tightens')
    ? 'This pull request tightens what it is judged by.'
    : 'This pull request changes what the model sees.';
}

const verdictWords = { pass: 'passes', warn: 'is inconclusive', fail: 'fails' } as const;

function baseVerdict({ base, verdict }: Declaration): Piece {
  if (!verdict) return md`The gates of ${code(base)} could not be evaluated on this model.`;
  if (verdict === 'same') return md`The gates are those of ${code(base)}.`;
  const { gates } = verdict;
  return md`Under the gates of ${code(base)} it **${verdictWords[verdict.verdict]}** ${outcomeSigns[verdict.verdict]}${gates.length === 0 ? '' : md` (${gateCounts(gates)})`}${failing(verdict)}.`;
}

function failing({ gates }: Exclude<Declaration['verdict'], 'same' | undefined>): Piece {
  const failed = gates.filter(fails);
  const names = [...new Set(failed.map(({ declared }) => declared))];
  if (names.length === 0) return '';
  const rest = names.length > 2 && md`; ${names.length - 2} more`;
  return md`: ${names.slice(0, 2).map((name, i) => md`${i > 0 && md`; `}${clippedText(name, 120)}`)}${rest}`;
}

function changeLine({ sentence, path, file }: DeclarationChange): Markdown {
  const key = code(formatKeyPath(file === 'lock' ? ['ciclo.lock', ...path] : path), 80);
  const where = path.length === 0 ? '' : file === 'base' ? md` (was ${key})` : md` (${key})`;
  return md`${clippedText(capitalised(sentence), 300)}${where}`;
}

/** The shortest form: how many changes, and the base branch's verdict. */
export function declarationCount({ declaration }: PullRequestReport): Markdown | undefined {
  if (!declaration || declaration.changes.length === 0) return undefined;
  const count = counted(declaration.changes.length, 'change');
  return alert('WARNING', [
    md`**${title(declaration.changes)}** ${baseVerdict(declaration)} There are ${count}.`,
    agreementLines(declaration, 0),
  ]);
}
