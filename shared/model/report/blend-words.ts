// What a blend is, in words and figures: for the card, the report, and the comment.
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import type { BlendPartReport, BlendReport, TrainingReport } from './training-report.ts';

const kinds: Readonly<Record<string, string>> = {
  'boosted-trees': 'boosted trees',
  'neural-network': 'a neural network',
  linear: 'a linear model',
};

/**
 * The parts of a blend, the heaviest first: `boosted trees 62%, a neural network 30% and a linear model 8%`. Those without a weight
 * are not in it.
 */
export function blendWords({ parts }: Pick<BlendReport, 'parts'>): string {
  const used = parts.filter(({ weight }) => weight > 0).toSorted((a, b) => b.weight - a.weight);
  const words = used.map(({ weight, ...part }) => {
    const kind = kindOf(part);
    const isAlone = used.filter((other) => kindOf(other) === kind).length === 1;
    return `${kind}${isAlone ? '' : ` (${part.name})`} ${used.length === 1 ? 'alone' : weightShare(weight)}`;
  });
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function kindOf({ type, target }: Pick<BlendPartReport, 'type' | 'target'>): string {
  const kind = kinds[type] ?? type;
  return target === undefined ? kind : `${kind} of the log target`;
}

/** A weight as a share: whole per cent, `under 1%` where that would be none. */
function weightShare(weight: number): string {
  if (weight === 0) return '0%';
  return weight < 0.005 ? 'under 1%' : `${Math.round(100 * weight)}%`;
}

/** Head of a table of parts. */
export function blendHead({ metric }: Pick<TrainingReport, 'metric'>): string[] {
  return ['Part', 'Weight', `${metric} alone`, `${metric} of the blend without it`, 'Models', 'Size'];
}

/** The parts as rows of a table, the heaviest first: what stands under {@link blendHead}. */
export function blendRows({ parts }: BlendReport): string[][] {
  return parts
    .toSorted((a, b) => b.weight - a.weight)
    .map(({ name, weight, score, without, members, bytes }) => [
      name,
      weightShare(weight),
      formatNumber(score),
      without === undefined ? '–' : formatNumber(without),
      members === 0 ? '–' : formatCount(members),
      members === 0 ? '–' : byteWords(bytes),
    ]);
}

/** What the blend as a whole scores, holds and takes. Without folds the rows that judge it also ended its models' training. */
export function blendSummary(
  blend: BlendReport,
  { metric, folds }: Pick<TrainingReport, 'metric' | 'folds'>,
): string {
  const rows = folds
    ? 'on rows that neither its models nor its weights have seen'
    : 'on the validation rows, which said when to end the training of its models, each by weights found on others of them';
  return `The blend scores ${metric} ${formatNumber(blend.score)} ${rows}: ${sizeWords(blend)}.`;
}

/** What a blend holds and takes: `12 models, 80 KB; one prediction costs 600 multiplications`. */
export function sizeWords({ parts, bytes, work }: BlendReport): string {
  const models = parts.reduce((sum, { members }) => sum + members, 0);
  return `${counted(models, 'model')}, ${byteWords(bytes)}; one prediction costs ${counted(Math.round(work), 'multiplication')}`;
}

function byteWords(bytes: number): string {
  return bytes < 1_000_000 ? `${formatCount(Math.ceil(bytes / 1000))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
