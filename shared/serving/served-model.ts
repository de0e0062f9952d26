import { presentColumns } from '../dataset/profile/present-columns.ts';
import type { Profile } from '../dataset/profile/profile.ts';
import type { Recipe } from '../dataset/recipe/recipe.ts';
import { type ParsedRecord, recordParser } from '../dataset/schema/record.ts';
import {
  type ColumnSchema,
  type DatasetSchema,
  featureColumns,
  featureOrder,
} from '../dataset/schema/schema.ts';
import type { Predictor } from '../model/predictor/predictor.ts';
import { mostListed } from './problems.ts';

/** A verified model, as a source gives it. */
export interface ServedModel {
  /** The pipeline's name, which is the model's in every address. */
  readonly name: string;
  /** `v1.2.0`; of a model that was never released the first digits of its digest. */
  readonly version: string;
  readonly digest: string;
  readonly schema: DatasetSchema;
  /** What the example of a typical record is made of. */
  readonly recipe: Recipe;
  readonly predictor: Predictor;
  /** Of the training rows: the support of the live profile. */
  readonly profile: Profile;
}

/** What an answer says of the model that gave it. */
export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly digest: string;
}

/** A model with all that is made once for it, not once for each request. */
export interface LoadedModel extends ServedModel {
  readonly identity: ModelIdentity;
  readonly features: readonly ColumnSchema[];
  /** Their names in the order of the data, for rows without names; undefined where the model does not know it. */
  readonly order: readonly string[] | undefined;
  /** Of a classifier, in the order of its probabilities; empty for a number. */
  readonly classes: readonly string[];
  readonly parse: (value: unknown, index: number) => ParsedRecord;
  /** For records of texts, as CSV has them. */
  readonly parseTexts: (value: unknown, index: number) => ParsedRecord;
  /** Features whose absence is told: training rows hardly ever lacked them. */
  readonly present: ReadonlySet<string>;
  /** Columns beside the features that records may have and the schema does not know. */
  readonly taken: readonly string[];
  /** Columns beside the features that the prediction log keeps of a record; none where nothing is logged. */
  readonly kept: readonly string[];
}

/** What a server makes of the columns that identify a record, which models do not see. */
export interface KeyOptions {
  /** Their names; by default those of `data.key`, where the model's pipeline declares it. */
  readonly keyColumns?: readonly string[] | undefined;
  /** Whether there is a log to keep them in. */
  readonly logsPredictions?: boolean;
}

/** Compiles what requests need of a model. */
export function loadedModel(
  model: ServedModel,
  { keyColumns, logsPredictions = false }: KeyOptions = {},
): LoadedModel {
  const { name, version, digest, schema } = model;
  const features = featureColumns(schema);
  const order = featureOrder(schema);
  const unseen = (keyColumns ?? declaredKey(schema)).filter((column) =>
    features.every((feature) => feature.name !== column),
  );
  const taken = unseen.filter((column) => schema.columns.every((known) => known.name !== column));
  const present = presentColumns(model.profile);
  const asked = { others: taken, present, mostProblems: mostListed };
  return {
    ...model,
    identity: { name, version, digest },
    features: inOrder(features, order),
    order,
    classes: schema.classes ?? [],
    present,
    parse: recordParser(schema, asked),
    parseTexts: recordParser(schema, { ...asked, coerce: true }),
    taken,
    kept: logsPredictions ? unseen : [],
  };
}

/** Features as the data has them: everything that lists them to clients does so in this order. */
function inOrder(features: readonly ColumnSchema[], order: readonly string[] = []): readonly ColumnSchema[] {
  const place = new Map(order.map((name, i) => [name, i]));
  const placeOf = ({ name }: ColumnSchema): number => place.get(name) ?? order.length;
  return features.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** The key, when the pipeline names one: without, it is all columns but the target. */
function declaredKey({ key, columns, target }: DatasetSchema): readonly string[] {
  return columns.every(({ name }) => name === target || key.includes(name)) ? [] : key;
}

/** Whether an address names the version: `v1.2.0`, or `1.2.0`. */
export function isVersion(model: LoadedModel, asked: string): boolean {
  return asked === model.version || `v${asked}` === model.version;
}
