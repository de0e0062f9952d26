import type { EvaluationReportInput } from '../evaluation-report.ts';
import { sampleBinary, sampleMulticlass } from './sample-classifiers.ts';
import { sampleMinimal, sampleRegression } from './sample-evaluation.ts';
import { sampleQuality, sampleSchema, sampleTraining } from './sample-training.ts';

/** Texts that try to become markup, to leave an attribute, to turn the line around or to fill the page. */
const hostileTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '</title></style><svg/onload=alert(1)>',
  '<!-- --><![CDATA[ ]]>',
  '&lt;b&gt; &amp; &#x3c;',
  '\u202Egpj.exe\u202C \u0007\u0000\u200B',
  'مرحبا بالعالم',
  'x'.repeat(10_000),
  'Donaudampfschifffahrtsgesellschaftskapitän'.repeat(20),
  '👩‍👩‍👧‍👦'.repeat(500),
  '\ud800 lone',
  '${7*7} {{7*7}} `x`',
] as const;

/**
 * A value with its free texts replaced: names, labels, messages; words that the formats themselves define
 * (outcomes, kinds, metric names) stay, so that the result is still valid.
 */
export function withTexts<T>(value: T, text: (path: string, original: string) => string): T {
  return replaceTexts(value, '', text) as T;
}

const fixedWords: ReadonlySet<string> = new Set([
  'task',
  'verdict',
  'primary',
  'metric',
  'kind',
  'outcome',
  'better',
  'inconclusive',
  'doubt',
  'means',
  'within',
  'beyond',
  'unmeasured',
  'method',
  'rule',
  'effect',
  'status',
  'stopped',
  'backend',
  'role',
]);

function replaceTexts(
  value: unknown,
  path: string,
  text: (path: string, original: string) => string,
): unknown {
  const key = path.slice(path.lastIndexOf('/') + 1);
  if (typeof value === 'string') return isFixed(path, key, value) ? value : text(path, value);
  if (Array.isArray(value)) return value.map((item) => replaceTexts(item, path, text));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      path.endsWith('/options') ? text(`${path}/name`, name) : name,
      replaceTexts(item, `${path}/${name}`, text),
    ]),
  );
}

function isFixed(path: string, key: string, value: string): boolean {
  return (
    fixedWords.has(key) ||
    path.endsWith('metrics/name') ||
    path.endsWith('engine/name') ||
    (key === 'type' && (path.includes('columns') || value === 'linear'))
  );
}

/** What the reports are tried with, by name. */
export function sampleInputs(): Record<
  'regression' | 'binary' | 'multiclass' | 'minimal' | 'hostile',
  EvaluationReportInput
> {
  const regression: EvaluationReportInput = {
    evaluation: sampleRegression(),
    training: sampleTraining(),
    quality: sampleQuality(),
    schema: sampleSchema(),
  };
  return {
    regression,
    binary: {
      evaluation: sampleBinary(),
      training: sampleTraining({ metric: 'roc-auc', ...classifierScores }),
      quality: sampleQuality(),
    },
    multiclass: {
      evaluation: sampleMulticlass(),
      training: sampleTraining({
        metric: 'f1-macro',
        ...classifierScores,
        warnings: ['There are more inputs (120) than training rows (112): expect overfitting.'],
      }),
    },
    minimal: { evaluation: sampleMinimal() },
    hostile: hostileInput(regression),
  };
}

const classifierScores = {
  candidates: sampleTraining().candidates.map((candidate, i) => ({
    ...candidate,
    validation: [0.804, 0.831][i] ?? 0,
  })),
  importance: sampleTraining().importance.map(({ feature, mean, deviation }) => ({
    feature,
    mean: mean / 40,
    deviation: deviation / 40,
  })),
};

function hostileInput(input: EvaluationReportInput): EvaluationReportInput {
  let next = 0;
  const seen = new Map<string, string>();
  return withTexts(
    { ...input, evaluation: { ...sampleBinary(), slices: sampleRegression().slices, unit: 'mpg' } },
    (path, original) => {
      // The same original stays the same text, so that names still refer to each other; none is repeated.
      const key =
        path.endsWith('classes') ||
        path.endsWith('/positive') ||
        path.endsWith('chosen') ||
        path.endsWith('/name')
          ? original
          : `${path}:${original}`;
      const text = seen.get(key) ?? `${hostileTexts[next++ % hostileTexts.length]}`;
      seen.set(key, text);
      return text;
    },
  );
}
