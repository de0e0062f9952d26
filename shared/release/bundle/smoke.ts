import { z } from 'zod';
import type { Profile } from '../../dataset/profile/profile.ts';
import type { ColumnProfile } from '../../dataset/profile/profile-schema.ts';
import { hasWholeNumbers } from '../../dataset/profile/whole-numbers.ts';
import { type ColumnSchema, type DatasetSchema, featureColumns } from '../../dataset/schema/schema.ts';
import type { Row } from '../../dataset/table/table.ts';
import type { Predictor } from '../../model/predictor/predictor.ts';
import { namedRecord } from '../../platform/named-record.ts';
import { namedValues } from '../../platform/named-values.ts';

const cell = z.union([z.number(), z.string(), z.boolean(), z.null()]);
const prediction = z.union([
  z.strictObject({ value: z.number() }),
  z.strictObject({ label: z.string(), probabilities: namedRecord(z.number()) }),
]);

/** smoke.json: records, and what the model says of them. */
export const smokeSchema = z.strictObject({
  version: z.literal(1),
  examples: z.array(z.strictObject({ record: namedRecord(cell), prediction })).min(1),
});

export type Smoke = z.output<typeof smokeSchema>;
export type SmokeExample = Smoke['examples'][number];

/** How many examples there are: from low to high, and from the most frequent category down. */
const count = 5;

/** Predictions are of single precision; what comes back must agree to this, relative to its size. */
const tolerance = 1e-5;

/**
 * Examples to try a deployed model with. They are made up, from the published profile: no row of the training data
 * leaves with them.
 */
export function smokeExamples(schema: DatasetSchema, profile: Profile, predictor: Predictor): Smoke {
  const columns = new Map(profile.columns.map((column) => [column.name, column]));
  const examples = Array.from({ length: count }, (_, i) => {
    const record = namedValues<number | string | boolean | null>();
    for (const column of featureColumns(schema)) {
      record[column.name] = allowed(exampleValue(columns.get(column.name), i), column);
    }
    return { record, prediction: predictor.predictRecord(record as Row) };
  });
  return { version: 1, examples };
}

/** Of example `i`: mean − 1, − ½, 0, ½, 1 standard deviations; the i-th most frequent category. */
function exampleValue(column: ColumnProfile | undefined, i: number): number | string | boolean | null {
  if (!column) return null;
  if (column.type === 'boolean') return i % 2 === 1;
  if (column.type === 'category') return column.values[i % Math.max(1, column.values.length)] ?? null;
  const { count: rows, mean, m2 } = column.moments;
  if (rows === 0) return null;
  const value = mean + ((i - 2) / 2) * Math.sqrt(m2 / rows);
  return column.type === 'date' || hasWholeNumbers(column) ? Math.round(value) : value;
}

/** The nearest value that a record may hold: a server refuses others, and should not have to. */
function allowed(
  value: number | string | boolean | null,
  { type, range, nullable, categories }: ColumnSchema,
): number | string | boolean | null {
  if (typeof value === 'number') {
    const [low, high] = range ?? [null, null];
    return Math.min(Math.max(value, low ?? -Infinity), high ?? Infinity);
  }
  if (value !== null || nullable) return value;
  if (type === 'category') return categories?.[0] ?? '';
  return type === 'boolean' ? false : (range?.[0] ?? range?.[1] ?? 0);
}

/** How answers differ from the stored predictions; empty when none does. */
export function smokeDifferences(
  { examples }: Smoke,
  answers: readonly SmokeExample['prediction'][],
): string[] {
  if (answers.length !== examples.length) return [`${answers.length} answers to ${examples.length} records`];
  return examples.flatMap(({ prediction: expected }, i) => {
    const answer = answers[i]!;
    const same = agrees(expected, answer);
    return same ? [] : [`record ${i + 1}: ${JSON.stringify(answer)} in place of ${JSON.stringify(expected)}`];
  });
}

function agrees(a: SmokeExample['prediction'], b: SmokeExample['prediction']): boolean {
  if ('value' in a) return 'value' in b && close(a.value, b.value);
  if (!('label' in b) || a.label !== b.label) return false;
  return Object.entries(a.probabilities).every(([label, p]) =>
    close(p, b.probabilities[label] ?? Number.NaN),
  );
}

function close(a: number, b: number): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a));
}
