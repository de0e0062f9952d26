import type { PrepareOutputs } from '../../actions/prepare/prepare.ts';
import type { QualityChange, QualityReport } from '../../shared/dataset/quality/quality-report.ts';
import { rowUseWords } from '../../shared/dataset/quality/row-use.ts';
import { sampleWords } from '../../shared/dataset/quality/sample-report.ts';
import { positiveClass } from '../../shared/dataset/schema/positive-class.ts';
import { counted, formatCount } from '../../shared/text/counts.ts';
import { listNames } from '../../shared/text/nearest-name.ts';
import { formatNumber } from '../../shared/text/number-format.ts';
import type { Style } from '../terminal/style.ts';
import { block, shortDigest, type TextLayout } from './words.ts';

/** Findings and changes are listed up to this many; quality.json has all. */
const longest = 8;

/** What prepare did, for people. */
export function prepareSummary(outputs: Omit<PrepareOutputs, 'pipeline'>, layout: TextLayout): string[] {
  const { rows } = outputs.quality;
  const { afterWindow, late } = outputs.leftOut;
  const sample = sampleWords(rows);
  return block('Prepare', layout, [
    ...(sample === undefined ? [] : [`sampled ${sample}`]),
    `${counted(rows.read, 'row')} read, ${formatCount(rows.kept)} kept`,
    rowUseWords(rows),
    ...positiveWords(outputs),
    ...(afterWindow > 0
      ? [`${counted(afterWindow, 'row')} after the lock's window: left for monitoring`]
      : []),
    ...(late > 0
      ? [`${counted(late, 'row')} arrived inside the window after the lock: "ciclo lock" takes them in`]
      : []),
    ...limited(outputs.quality.changes.map(changeWords), 'change'),
    ...limited(findings(outputs, layout.style), 'finding'),
    ...remarkLines(outputs.quality),
    ...nearDuplicateLines(outputs.quality),
    outputs.lock.status === 'written'
      ? `${outputs.lock.file} written: it pins these rows; commit it`
      : `${outputs.lock.file} pins these rows`,
    layout.style.dim(`${outputs.folder}  ${shortDigest(outputs.digest)}`),
  ]);
}

function positiveWords({ schema }: Pick<PrepareOutputs, 'schema'>): string[] {
  const label = positiveClass(schema);
  return label === undefined ? [] : [`positive class: ${label}`];
}

function limited(lines: readonly string[], noun: string): readonly string[] {
  if (lines.length <= longest) return lines;
  const more = counted(lines.length - longest + 1, `more ${noun}`);
  return [...lines.slice(0, longest - 1), `and ${more}: see quality.json`];
}

/** One rule's effect, by rule: `6 rows: horsepower is missing`. */
function changeWords({ rule, column, effect, rows }: QualityChange): string {
  const what: Record<QualityChange['rule'], string> = {
    trim: 'spaces around texts stripped',
    'non-finite': 'not a finite number',
    'missing-marker': 'a number that means missing',
    'out-of-range': 'outside the range allowed',
    'not-allowed': 'not one of the values allowed',
    duplicate: 'equal to an earlier row',
    'missing-value': 'value missing',
    'missing-target': 'target missing',
  };
  const done: Record<QualityChange['effect'], string> = {
    changed: '',
    'set-missing': ': now missing',
    clipped: ': clipped',
    dropped: ': dropped',
  };
  return `${counted(rows, 'row')}${column === undefined ? '' : `, ${column}`}: ${what[rule]}${done[effect]}`;
}

/** `2 remarks, see above: row-number (Id), time (date)`: prepare has warned of each in full. */
function remarkLines({ remarks = [] }: QualityReport): string[] {
  if (remarks.length === 0) return [];
  const named = remarks.map(({ kind, column }) => (column === undefined ? kind : `${kind} (${column})`));
  return [
    `${counted(remarks.length, 'remark')} (quality.json has them in full): ${listNames(named, longest)}`,
  ];
}

/** `displacement and weight are nearly redundant: rank correlation 0.946 (and 2 more pairs: see quality.json)`. */
function nearDuplicateLines({ correlations: { nearDuplicates, pairs } }: QualityReport): string[] {
  const [strongest] = pairs;
  if (nearDuplicates === 0 || !strongest) return [];
  const rho = formatNumber(strongest.rho, { digits: 3 });
  const more =
    nearDuplicates > 1 ? ` (and ${counted(nearDuplicates - 1, 'more pair')}: see quality.json)` : '';
  return [`${strongest.features.join(' and ')} are nearly redundant: rank correlation ${rho}${more}`];
}

function findings({ quality }: Pick<PrepareOutputs, 'quality'>, style: Style): string[] {
  return [
    ...quality.checks.flatMap(({ status, check, message }) =>
      status === 'pass'
        ? []
        : [`${status === 'fail' ? style.bad('failed') : style.doubtful('warning')} ${check}: ${message}`],
    ),
  ];
}
