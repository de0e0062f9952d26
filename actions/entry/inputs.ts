import { z } from 'zod';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import { didYouMean } from '../../shared/text/nearest-name.ts';
import { setupWish } from './setup-wish.ts';

/** What a composite action hands on is text: `true`, `30`, empty for "not given". */
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
/** `true`: as the repository and the source allow; `results`: all but the dataset; `all`: that too. */
const artifactChoice = z.enum(['true', 'false', 'results', 'all']);
const days = z
  .string()
  .regex(/^\d{1,2}$/, 'a number of days from 1 to 90 is needed')
  .transform(Number)
  .refine((count) => count >= 1 && count <= 90, 'a number of days from 1 to 90 is needed');
const optional = z.string().transform((text) => (text === '' ? undefined : text));

/** Paths, one a line. */
const paths = z
  .string()
  .transform((text) => text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])))
  .refine((lines) => lines.length > 0, 'a path is needed');

const webAddress = optional.refine(
  (text) => text === undefined || (/^https?:\/\//i.test(text) && URL.canParse(text)),
  'an address that begins with https:// is needed',
);

/** Of a result that another job made; empty: the one that is there. */
const digest = optional.refine(
  (text) => text === undefined || /^sha256:[0-9a-f]{64}$/.test(text),
  'sha256: and 64 hexadecimal digits are needed',
);

/** The native library that a training uses; empty: none. */
const acceleration = z.enum(['', 'tfjs-node']).transform((library) => (library === '' ? undefined : library));

const common = {
  config: z.string().min(1),
  'working-directory': z.string().min(1),
  artifacts: artifactChoice,
  'retention-days': days,
  'github-token': optional,
};

const roleArn = optional.refine(
  (text) => text === undefined || /^arn:[\w-]+:iam::\d*:role\/\S+$/.test(text),
  'the ARN of a role is needed, such as arn:aws:iam::123456789012:role/ciclo',
);

/** Where a token of the run is sent, which nobody on the way may read. */
const stsAddress = optional.refine(
  (text) => text === undefined || (/^(https:|http:\/\/127\.0\.0\.1[:/])/i.test(text) && URL.canParse(text)),
  'an address that begins with https:// is needed',
);

/** What actions that read sources are given for them. */
const sourceAccess = { 'source-env': optional, 'aws-role': roleArn, 'sts-endpoint': stsAddress };

/** The inputs of each action, by its name; the same names as in its action.yml. */
export const stepInputs = {
  prepare: z.strictObject({ ...common, ...sourceAccess }),
  train: z.strictObject({ ...common, accelerate: acceleration }),
  validate: z.strictObject({
    ...common,
    champion: optional,
    'fail-on': z.enum(['fail', 'inconclusive', 'never']),
    'on-loosened': z.enum(['fail', 'warn']),
    comment: flag,
    check: flag,
  }),
  deploy: z.strictObject({
    config: common.config,
    'working-directory': common['working-directory'],
    artifacts: artifactChoice,
    'github-token': optional,
    bump: z.enum(['', 'major', 'minor', 'patch']).transform((part) => (part === '' ? undefined : part)),
    'rollback-to': optional,
    'allow-ref': z.string().transform((names) => names.split(/\s+/).filter((name) => name !== '')),
    evaluation: digest,
    attest: z.enum(['auto', 'true', 'false']),
  }),
  'drift-check': z.strictObject({
    ...common,
    ...sourceAccess,
    retrain: z.enum(['auto', 'always', 'never']),
    accelerate: acceleration,
    'fail-on': z.enum(['drift', 'degraded', 'never']),
    'site-url': webAddress,
    propose: flag,
  }),
  propose: z.strictObject({
    config: common.config,
    'working-directory': common['working-directory'],
    'github-token': optional,
    proposal: digest,
    'fail-on': z.enum(['drift', 'degraded', 'never']),
  }),
  setup: z.strictObject({ setup: setupWish, 'working-directory': z.string().min(1) }),
  site: z.strictObject({ folder: z.string().min(1), 'github-token': optional }),
  comment: z.strictObject({
    'run-id': z
      .string()
      .regex(/^\d+$/, 'the number of a workflow run is needed')
      .transform(Number)
      .refine(Number.isSafeInteger, 'the number of a workflow run is needed'),
    config: paths,
    'github-token': optional,
  }),
} as const;

export type Step = keyof typeof stepInputs;
export type StepInputs<S extends Step> = z.output<(typeof stepInputs)[S]>;

/** The action's name, checked. @throws ConfigurationError for one that does not exist. */
export function parseStep(text: string): Step {
  if (Object.hasOwn(stepInputs, text)) return text as Step;
  throw new ConfigurationError(
    `step: there is no action ${quote(text)}; there are ${Object.keys(stepInputs).join(', ')}`,
  );
}

/**
 * The inputs of an action.
 *
 * @param text the composite's `toJSON(inputs)`.
 * @throws ConfigurationError that names each wrong input, quotes it and says what would be right.
 */
export function parseInputs<S extends Step>(step: S, text: string): StepInputs<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ConfigurationError(`inputs of ${step}: not JSON: ${quote(text)}`);
  }
  const parsed = stepInputs[step].safeParse(value);
  if (parsed.success) return parsed.data as StepInputs<S>;
  throw new ConfigurationError(
    parsed.error.issues.flatMap((issue) => problemsOf(step, issue, value)).join('\n'),
  );
}

function problemsOf(step: Step, issue: z.core.$ZodIssue, value: unknown): string[] {
  const names = Object.keys(stepInputs[step].shape);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${key}: the action ${step} has no such input${didYouMean(key, names)}; it has ${names.join(', ')}`,
    );
  }
  const name = String(issue.path[0] ?? 'inputs');
  const given = (value as Record<string, unknown> | null)?.[name];
  const allowed = issue.code === 'invalid_value' ? `allowed: ${issue.values.join(', ')}` : issue.message;
  return [`${name}: ${quote(given)} cannot be used; ${allowed}`];
}
