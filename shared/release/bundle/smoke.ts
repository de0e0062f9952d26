import { z } from 'zod';
import type { Profile } from '../../dataset/profile/profile.ts';
import type { ColumnProfile } from '../../dataset/profile/profile-schema.ts';
import type { Recipe } from '../../dataset/recipe/recipe-schema.ts';
import { typicalValue, writtenValue } from '../../dataset/recipe/typical-row.ts';
import { type ColumnSchema, type DatasetSchema, featureColumns } from '../../dataset/schema/schema.ts';
import type { Value } from '../../dataset/table/table.ts';
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

/**
 * Where in what training saw the values of an example lie: a third and two thirds of the way from the least to the
 * middle, the middle, and as far towards the largest. Each feature begins at another one, so that values that change
 * places are noticed.
 */
const places = [-2, -1, 0, 1, 2];

/** Predictions are of single precision; what comes back must agree to this, relative to its size. */
const tolerance = 1e-5;

/**
 * Examples to try a deployed model with, spread over what training saw. They are made up, from schema, recipe and the
 * categories of the published profile: no row of the training data leaves with them.
 */
export async function smokeExamples(
  schema: DatasetSchema,
  { recipe, profile }: { readonly recipe: Recipe; readonly profile: Profile },
  predictor: Predictor,
): Promise<Smoke> {
  const columns = new Map(profile.columns.map((column) => [column.name, column]));
  const examples: SmokeExample[] = [];
  for (const i of places.keys()) {
    const record = namedValues<Value>();
    for (const [k, column] of featureColumns(schema).entries()) {
      record[column.name] = allowed(
        exampleValue(column, columns.get(column.name), { recipe, i: i + k }),
        column,
      );
    }
    examples.push({ record, prediction: await predictor.predictRecord(record) });
  }
  return { version: 1, examples };
}

function exampleValue(
  column: ColumnSchema,
  profile: ColumnProfile | undefined,
  { recipe, i }: { readonly recipe: Recipe; readonly i: number },
): Value {
  if (column.type === 'boolean') return i % 2 === 1;
  if (column.type === 'category') {
    const values = profile?.type === 'category' ? profile.values : [];
    return values[i % Math.max(1, values.length)] ?? null;
  }
  const middle = typicalValue(column, recipe);
  if (typeof middle !== 'number' || !column.seen) return middle;
  const place = places[i % places.length]!;
  const end = column.seen[place < 0 ? 0 : 1];
  return writtenValue(middle + (end - middle) * (Math.abs(place) / 3), column, recipe);
}

/** The nearest value that a record may hold: a server refuses others, and should not have to. */
function allowed(value: Value, { type, range, nullable, categories }: ColumnSchema): Value {
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
