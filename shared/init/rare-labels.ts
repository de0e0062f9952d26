// Labels that too few rows have to be published with a model: left out with their rows, unless a person agrees.
import { fewestPublishedRows } from '../config/sections/published-rows.ts';
import type { RareLabel } from '../dataset/quality/rare-classes.ts';
import type { Task } from '../metrics/descriptors/descriptor.ts';
import { ConfigurationError, quote } from '../platform/errors.ts';
import { counted } from '../text/counts.ts';
import { listNames } from '../text/nearest-name.ts';
import type { Proposal, RareLabels } from './proposal.ts';

/** What by a command line says that rare labels may be published. */
export const publishFlag = '--publish-rare-labels';

/** What there is to decide on. */
export interface FoundLabels {
  /** All labels of the target, sorted. */
  readonly classes: readonly string[];
  readonly rare: readonly RareLabel[];
}

/** What was decided of rare labels. */
export interface LabelDecision {
  /** Whether a person has agreed that all labels are published. */
  readonly publish: boolean;
  /** The task that somebody asked for. */
  readonly chosen: Task | undefined;
}

type Predicted = Pick<Proposal, 'task' | 'target' | 'rareLabels'>;

/**
 * What is predicted once it is decided about rare labels: with all of them, which publishes them, or without their rows. Two labels
 * that are left make a binary task, unless somebody said otherwise.
 *
 * @throws ConfigurationError when fewer than two labels are left.
 */
export function withRareLabels<Aim extends Predicted>(
  aim: Aim,
  { classes, rare }: FoundLabels,
  { publish, chosen }: LabelDecision,
): Aim {
  const labels = [...(aim.rareLabels?.labels ?? []), ...rare];
  if (publish) return { ...aim, rareLabels: { labels, published: true, values: [...classes] } };
  const values = classes.filter((label) => rare.every((one) => one.label !== label));
  if (values.length < 2) throw tooFew(aim.target.value, labels, values);
  const [first, second, ...others] = values;
  const isPair = others.length === 0 && chosen === undefined;
  return {
    ...aim,
    ...(isPair
      ? { task: { value: 'binary', why: `is ${first} or ${second} where rows of rarer labels are left out` } }
      : {}),
    rareLabels: { labels, published: false, values },
  };
}

function tooFew(target: string, labels: readonly RareLabel[], values: readonly string[]): ConfigurationError {
  const left = values.length === 0 ? 'no label has' : `only ${listNames(values)} has`;
  return new ConfigurationError(
    `${quote(target)} cannot be predicted: ${left} at least ${fewestPublishedRows} training rows, and two labels need as many, since a model's labels are published with it. Too rare: ${namedLabels(labels)}. Bring more rows of them, merge labels, or name another --target. ${publishFlag} publishes them all the same`,
  );
}

/** `Jane Roe (2 rows), left (1 row)` */
function namedLabels(labels: readonly RareLabel[]): string {
  return listNames(
    labels.map(({ label, rows }) => `${label} (${counted(rows, 'row')})`),
    8,
  );
}

/** `grade has labels that fewer than 5 training rows have: Jane Roe (2 rows)` */
export function rareLabelsFound(target: string, labels: readonly RareLabel[]): string {
  return `${target} has labels that fewer than ${fewestPublishedRows} training rows have: ${namedLabels(labels)}`;
}

/** What was decided, and what else could be: for people who were not asked. */
export function rareLabelsWarning(target: string, { labels, published }: RareLabels): string {
  const found = rareLabelsFound(target, labels);
  return published
    ? `${found}. ciclo.yml names them all, by which they are published with the model, as ${publishFlag} agrees`
    : `${found}. A model's labels are published with it, so that the rows of these are left out. Merge such a label with another in the data, or agree by ${publishFlag} that all labels are published`;
}

/** What of it is a comment in ciclo.yml. */
export function rareLabelsReason({ labels, published }: RareLabels): string {
  const rows = counted(
    labels.reduce((sum, one) => sum + one.rows, 0),
    'training row',
  );
  return published
    ? 'some of these have few rows: naming them here publishes them with the model'
    : `${counted(labels.length, 'label')} of ${rows} in all ${labels.length === 1 ? 'is' : 'are'} left out: a model's labels are published, and fewer than ${fewestPublishedRows} rows each are too few`;
}
