import type { QualityChange, QualityCheck, QualityReport } from '../../dataset/quality/quality-report.ts';
import { rowUseWords } from '../../dataset/quality/row-use.ts';
import { sampleWords } from '../../dataset/quality/sample-report.ts';
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import {
  bulletList,
  clippedText,
  code,
  joinedPieces,
  type Markdown,
  md,
  type Piece,
  table,
} from './markdown.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { outcomeSigns, restInReport } from './words.ts';

const rules: Readonly<Record<QualityChange['rule'], string>> = {
  trim: 'spaces around texts',
  'non-finite': 'infinite numbers',
  'missing-marker': 'numbers that mean missing',
  'out-of-range': 'values out of range',
  'not-allowed': 'values not allowed',
  duplicate: 'duplicate rows',
  'missing-value': 'missing values',
  'missing-target': 'missing targets',
};

const effects: Readonly<Record<QualityChange['effect'], string>> = {
  changed: 'changed',
  'set-missing': 'set to missing',
  clipped: 'clipped to the range',
  dropped: 'dropped',
};

/** What was read, what cleaning did, and the checks that need a look. @param limit checks and changes at most, each. */
export function qualityBlocks(report: PullRequestReport, limit: number): Piece[] {
  const { quality } = report;
  if (!quality) return [];
  const worrying = worryingChecks(quality);
  const changes = quality.changes.toSorted((a, b) => b.rows - a.rows);
  return [
    rowsLine(quality),
    changes.length > 0 && md`Cleaning: ${joinedPieces(changes.slice(0, limit).map(changeWords), '; ')}.`,
    restInReport(report, changes.length - limit, 'change by cleaning', 'changes by cleaning'),
    worrying.length === 0
      ? md`${checksLine(quality)}`
      : table([{ label: 'Check' }, { label: 'Found' }], worrying.slice(0, limit).map(checkCells)),
    restInReport(report, worrying.length - limit, 'check'),
    remarksList(quality, limit),
    restInReport(report, (quality.remarks?.length ?? 0) - limit, 'remark'),
    nearDuplicateLine(quality),
  ];
}

/** What the table seems to be, where ciclo.yml does not say so. */
function remarksList({ remarks = [] }: QualityReport, limit: number): Piece {
  return bulletList(remarks.slice(0, limit).map(({ message }) => clippedText(message, 400)));
}

/** Checks that warn or fail, those that fail first. */
function worryingChecks({ checks }: QualityReport): QualityCheck[] {
  return checks
    .filter(({ status }) => status !== 'pass')
    .sort((a, b) => Number(b.status === 'fail') - Number(a.status === 'fail'));
}

function checksLine({ checks }: QualityReport): string {
  return checks.length === 0
    ? 'No data checks are declared.'
    : `All ${counted(checks.length, 'data check')} pass.`;
}

function rowsLine({ rows }: QualityReport): Markdown {
  const use = rows.folds
    ? rowUseWords(rows)
    : `${formatCount(rows.train)} train, ${formatCount(rows.validation)} validation, ${formatCount(rows.test)} test`;
  const sample = sampleWords(rows);
  const first = sample === undefined ? '' : md`sampled ${clippedText(sample, 300)}; `;
  return md`Rows: ${first}${formatCount(rows.read)} read, ${formatCount(rows.dropped)} dropped by cleaning, ${formatCount(rows.kept)} kept: ${use}.`;
}

/** The strongest pair of features that are nearly redundant, and how many more there are. */
function nearDuplicateLine({ correlations: { nearDuplicates, pairs } }: QualityReport): Piece {
  const [strongest] = pairs;
  if (nearDuplicates === 0 || !strongest) return false;
  const [a, b] = strongest.features;
  const others = nearDuplicates > 1 && `; ${counted(nearDuplicates - 1, 'more pair')} like it`;
  return md`${code(a)} and ${code(b)} are nearly redundant (rank correlation ${formatNumber(strongest.rho, { digits: 3 })}${others}).`;
}

function changeWords({ rule, column, effect, rows }: QualityChange): Markdown {
  const where = column === undefined ? '' : md` in ${code(column)}`;
  return md`${rules[rule]}${where} ${effects[effect]} (${counted(rows, 'row')})`;
}

function checkCells({ check, column, status, message }: QualityCheck): Piece[] {
  return [
    md`${outcomeSigns[status]} ${code(check)}${column === undefined ? '' : md` of ${code(column)}`}`,
    clippedText(message, 300),
  ];
}

/** `2 checks need a look · 1 remark`; undefined when there is nothing to see. */
export function worryingWords(quality: QualityReport | undefined): string | undefined {
  const checks = quality ? worryingChecks(quality).length : 0;
  const remarks = quality?.remarks?.length ?? 0;
  const words = [
    ...(checks === 0 ? [] : [`${counted(checks, 'check')} ${byCount(checks, 'needs', 'need')} a look`]),
    ...(remarks === 0 ? [] : [counted(remarks, 'remark')]),
  ];
  return words.length === 0 ? undefined : words.join(' · ');
}
