// What a model may hold and take at most, and which part of a blend is left out where it would be more.
import type { TrainConfig } from '../../../config/sections/train-section.ts';
import { type Better, badnessOf } from '../../../metrics/descriptors/direction.ts';
import { counted, formatCount } from '../../../text/counts.ts';
import { mostEnsembleFiles } from '../../ensemble/ensemble-file.ts';
import { engineBytes } from '../../predictor/ensemble-model.ts';
import type { Predictor } from '../../predictor/predictions.ts';
import type { BlendPartReport, BlendReport } from '../../report/training-report.ts';
import type { SavedEngine } from './fit-candidate.ts';
import { membersOf } from './fitted-members.ts';

type Limits = Pick<TrainConfig, 'infer-limit' | 'max-size'>;

/** What a model, or a part of one, holds and takes. */
type ModelSize = Pick<BlendPartReport, 'work' | 'bytes' | 'members'>;

/** Which limit a model is beyond, in words; undefined where it holds all. */
export function beyondLimit(
  { work, bytes, members }: ModelSize,
  { 'infer-limit': mostWork, 'max-size': mostBytes }: Limits,
): string | undefined {
  if (mostWork !== undefined && work > mostWork) {
    return `one prediction takes ${counted(Math.round(work), 'multiplication')}, and train.infer-limit allows ${formatCount(mostWork)}`;
  }
  if (mostBytes !== undefined && bytes > mostBytes) {
    return `its models take ${counted(bytes, 'byte')}, and train.max-size allows ${formatCount(mostBytes)}`;
  }
  // Two files a model, and one that names them all.
  if (2 * members + 1 > mostEnsembleFiles) {
    return `it has ${counted(members, 'model')} in two files each, and an archive of a model holds ${mostEnsembleFiles}`;
  }
  return undefined;
}

/** The size of a whole blend. */
export function blendSize({ work, bytes, parts }: BlendReport): ModelSize {
  return { work, bytes, members: parts.reduce((sum, part) => sum + part.members, 0) };
}

/** The size of one candidate's model; undefined of predictions alone. Nobody knows the work of a command's model. */
export function candidateSize(
  { saved }: { readonly saved: SavedEngine },
  predictor?: Pick<Predictor, 'workOfRow'>,
): ModelSize | undefined {
  if ('predictions' in saved) return undefined;
  if ('onnx' in saved) return { work: 0, bytes: saved.onnx.byteLength, members: 1 };
  const members = membersOf({ saved });
  return {
    work: predictor?.workOfRow ?? 0,
    bytes: members.reduce((sum, { engine }) => sum + engineBytes(engine), 0),
    members: members.length,
  };
}

/** Why a candidate is left out. */
export interface WhyWithout {
  readonly why: string;
  /** The error where no other candidate is left. */
  readonly last: string;
}

const remedy = 'allow more, or declare a smaller candidate under train.candidates';

/** Why a candidate is not chosen. @param beyond see {@link beyondLimit}. */
export function whyTooLarge(name: string, beyond: string): WhyWithout {
  return { why: `${name} is left out: ${beyond}`, last: `train: of ${name} ${beyond}; ${remedy}` };
}

/**
 * The part of a blend that has to go: of those that are beyond a limit by themselves, else of all that have a weight, the one
 * that the blend does best without; of equals the first.
 *
 * @param why which limit the blend is beyond, see {@link beyondLimit}.
 */
export function partToLeave(
  { parts }: BlendReport,
  { better, limits, why }: { readonly better: Better; readonly limits: Limits; readonly why: string },
): WhyWithout & { readonly name: string } {
  const used = parts.filter(({ weight }) => weight > 0);
  const tooLarge = used.filter((part) => beyondLimit(part, limits) !== undefined);
  const badness = ({ without }: BlendPartReport): number =>
    without === undefined ? 0 : badnessOf(better, without);
  const [first, ...others] = tooLarge.length > 0 ? tooLarge : used;
  const least = others.reduce((one, part) => (badness(part) < badness(one) ? part : one), first!);
  const { name } = least;
  const alone = beyondLimit(least, limits);
  return {
    name,
    why:
      alone === undefined
        ? `${name} is left out of the blend, which is worth least to it: ${why}`
        : `${name} is left out of the blend: of it alone ${alone}`,
    last: `train: of the blend only ${name} is left, and still ${why}; ${remedy}`,
  };
}
