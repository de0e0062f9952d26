// What a blend is, in words and figures: for the card, the report, and the comment.
import { counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { formatSize } from '../../text/sizes.ts';
import type { BlendPartReport, BlendReport, TrainingReport } from './training-report.ts';

const kinds: Readonly<Record<string, string>> = {
  'boosted-trees': 'boosted trees',
  'neural-network': 'a neural network',
  linear: 'a linear model',
};

/**
 * The parts of a blend, the heaviest first: `boosted trees 62%, a neural network 30% and a linear model 8%`. Those without a weight
 * are not in it; where one is left it is named without a share: `a linear model`.
 */
export function blendWords(blend: Pick<BlendReport, 'parts'>): string {
  const used = usedParts(blend).toSorted((a, b) => b.weight - a.weight);
  const words = used.map(({ weight, ...part }) => {
    const kind = kindOf(part);
    const isAlone = used.filter((other) => kindOf(other) === kind).length === 1;
    return `${kind}${isAlone ? '' : ` (${part.name})`}${used.length === 1 ? '' : ` ${weightShare(weight)}`}`;
  });
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function usedParts({ parts }: Pick<BlendReport, 'parts'>): BlendPartReport[] {
  return parts.filter(({ weight }) => weight > 0);
}

/** Whether a single part has a weight: then there is nothing that is blended. */
export function isOnePart(blend: Pick<BlendReport, 'parts'>): boolean {
  return usedParts(blend).length === 1;
}

/** What is said of a model of one part, after its name. */
export const onePartReason = 'the other candidates add nothing to it';

/** What the model is, as a sentence's end: `a blend of …`, or the one part that is left, and why. */
export function blendOrPart(blend: Pick<BlendReport, 'parts'>): string {
  return isOnePart(blend) ? `${blendWords(blend)}: ${onePartReason}` : `a blend of ${blendWords(blend)}`;
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
      members === 0 ? '–' : formatSize(bytes),
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
  return `The ${isOnePart(blend) ? 'model' : 'blend'} scores ${metric} ${formatNumber(blend.score)} ${rows}: ${sizeWords(blend)}.`;
}

/** What a blend holds and takes: `12 models, 80 KB; one prediction costs 600 multiplications`. */
export function sizeWords({ parts, bytes, work }: BlendReport): string {
  const models = parts.reduce((sum, { members }) => sum + members, 0);
  return `${counted(models, 'model')}, ${formatSize(bytes)}; one prediction costs ${counted(Math.round(work), 'multiplication')}`;
}
