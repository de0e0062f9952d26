import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../dataset/schema/schema.ts';
import { featureColumns } from '../../dataset/schema/schema.ts';
import { digestOf } from '../../platform/digest.ts';
import type { Bump } from './version.ts';

/** What of a model decides how a new one's version is raised. */
export interface VersionFacts {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  /** Digest of the training configuration. */
  readonly train: string;
  /** Digest of the commands that trained it, and of their files; absent where none did. */
  readonly command?: string | undefined;
}

/** By how much, and why, in words. */
export interface VersionBump {
  readonly bump: Bump;
  readonly reasons: readonly string[];
}

/**
 * Major when callers must change: a required field is new, gone or of another type, another task or target. Minor when
 * recipe, features or trainer changed. Patch when only data did.
 */
export function versionBump(before: VersionFacts, after: VersionFacts): VersionBump {
  const breaks = contractBreaks(before.schema, after.schema);
  if (breaks.length > 0) return { bump: 'major', reasons: breaks };
  const changes = modelChanges(before, after);
  if (changes.length > 0) return { bump: 'minor', reasons: changes };
  return { bump: 'patch', reasons: ['only the data changed'] };
}

function contractBreaks(before: DatasetSchema, after: DatasetSchema): string[] {
  const reasons: string[] = [];
  if (before.task !== after.task) reasons.push(`the task was ${before.task} and is ${after.task}`);
  if (before.target !== after.target) reasons.push(`the target was ${before.target} and is ${after.target}`);
  const old = new Map(featureColumns(before).map(({ name, type }) => [name, type]));
  const now = new Map(featureColumns(after).map(({ name, type }) => [name, type]));
  for (const [name, type] of now) {
    const former = old.get(name);
    if (former === undefined) reasons.push(`the field ${name} is new and callers must send it`);
    else if (former !== type) reasons.push(`the field ${name} was a ${former} and is a ${type}`);
  }
  for (const name of old.keys()) if (!now.has(name)) reasons.push(`the field ${name} is gone`);
  if (before.classes && after.classes) {
    const gone = before.classes.filter((name) => !after.classes!.includes(name));
    if (gone.length > 0) reasons.push(`the classes ${gone.join(', ')} are gone`);
  }
  return reasons;
}

/**
 * A recipe's steps, which are decisions; what was fitted is the data's: numbers, categories, what stands for a missing one, and
 * whether enough are missing for an input that says so.
 */
function stepsOf({ derived, features }: Recipe): unknown {
  const steps = features.map((feature) => ({
    kind: feature.kind,
    column: feature.column,
    ...('transform' in feature ? { transform: feature.transform.type } : {}),
    ...('scaling' in feature ? { scaling: feature.scaling.type } : {}),
    ...('parts' in feature ? { parts: feature.parts.map(({ part }) => part) } : {}),
    ...shapesOf(feature),
    ...('buckets' in feature ? { buckets: feature.buckets } : {}),
  }));
  return { derived: derived.map(({ name, expression }) => ({ name, expression })), steps };
}

/** Bounds and piecewise-linear encodings, where there are any: the edges of the pieces are the data's. */
function shapesOf(feature: Recipe['features'][number]): object {
  const shaped = feature.kind === 'number' ? [feature] : feature.kind === 'date' ? feature.parts : [];
  const shapes = shaped.map((one) => ({
    ...('bound' in one ? { bound: one.bound } : {}),
    ...('pieces' in one ? { encode: 'piecewise-linear' } : {}),
  }));
  return shapes.some((shape) => Object.keys(shape).length > 0) ? { shapes } : {};
}

function modelChanges(before: VersionFacts, after: VersionFacts): string[] {
  return [
    ...(digestOf(stepsOf(before.recipe)) === digestOf(stepsOf(after.recipe)) ? [] : ['the recipe changed']),
    ...(before.train === after.train ? [] : ['the training configuration changed']),
    ...(before.command === after.command ? [] : ['the command that trains, or a file of it, changed']),
  ];
}
