// What a blend may hold and take at most, and which part is left out where it would be more.
import type { TrainConfig } from '../../config/sections/train-section.ts';
import { type Better, badnessOf } from '../../metrics/descriptors/direction.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { counted, formatCount } from '../../text/counts.ts';
import type { BlendReport } from '../report/training-report.ts';

type Limits = Pick<TrainConfig, 'infer-limit' | 'max-size'>;

/** Which limit a blend is beyond, in words; undefined where it holds all. */
export function beyondLimit(
  { work, bytes }: Pick<BlendReport, 'work' | 'bytes'>,
  { 'infer-limit': mostWork, 'max-size': mostBytes }: Limits,
): string | undefined {
  if (mostWork !== undefined && work > mostWork) {
    return `one prediction takes ${counted(Math.round(work), 'multiplication')}, and train.infer-limit allows ${formatCount(mostWork)}`;
  }
  if (mostBytes !== undefined && bytes > mostBytes) {
    return `its models take ${counted(bytes, 'byte')}, and train.max-size allows ${formatCount(mostBytes)}`;
  }
  return undefined;
}

/**
 * The part that a blend does best without; of equals the first.
 *
 * @throws ConfigurationError when it has only one.
 */
export function leastUseful({ parts }: BlendReport, better: Better, why: string): string {
  const used = parts.filter(({ weight, without }) => weight > 0 && without !== undefined);
  const [first, ...others] = used;
  if (!first || others.length === 0) {
    const [only] = parts.filter(({ weight }) => weight > 0);
    throw new ConfigurationError(
      `train: of the blend only ${only?.name ?? 'one part'} is left, and still ${why}; allow more, or declare a smaller candidate under train.candidates`,
    );
  }
  const badness = ({ without }: (typeof parts)[number]): number => badnessOf(better, without!);
  return others.reduce((least, part) => (badness(part) < badness(least) ? part : least), first).name;
}
