// The files of an ensemble: ensemble.json, and beside it each member's, their names prefixed by part and member.
import { z } from 'zod';
import { type Recipe, recipeSchema } from '../../dataset/recipe/recipe.ts';
import {
  type EnsembleFile,
  ensembleFileNames,
  ensembleFileSchema,
  mostEnsembleFiles,
} from '../../model/ensemble/ensemble-file.ts';
import { memberFileNames, recipeFileName } from '../../model/ensemble/member-files.ts';
import type { EnsembleMember, EnsembleModel } from '../../model/predictor/ensemble-model.ts';
import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { formatJson } from '../../platform/json.ts';
import { bytesOf, jsonOf, type ResultFiles } from './result-files.ts';
import type { FolderFiles } from './run-folder.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

/**
 * Writes an ensemble. Members that share a recipe share its file; those of the model's own recipe have none.
 *
 * @throws ConfigurationError when it has more files than a result can hold.
 */
export function ensembleFiles({ parts }: EnsembleModel, recipe: Recipe): FolderFiles {
  const files = new Map<string, Uint8Array>();
  const common = formatJson(recipe);
  const recipes: string[] = [];
  const recipeOf = ({ recipe: own }: EnsembleMember): number | undefined => {
    const written = own === undefined ? common : formatJson(own);
    if (written === common) return undefined;
    if (!recipes.includes(written)) recipes.push(written);
    return recipes.indexOf(written) + 1;
  };
  const header = parts.map(({ name, type, weight, target, members }, part) => ({
    ...{ name, type, weight },
    ...(target === undefined ? {} : { target }),
    members: members.map((member, at) => {
      const engine = 'trees' in member.engine ? ('trees' as const) : ('layers' as const);
      const names = memberFileNames(part, at, engine);
      const [json, bytes] =
        'trees' in member.engine
          ? [member.engine.trees, member.engine.treesBin]
          : [member.engine.modelJson, member.engine.weights];
      files.set(names.json, text(formatJson(json)));
      files.set(names.bytes, bytes);
      const number = recipeOf(member);
      return { engine, ...(number === undefined ? {} : { recipe: number }) };
    }),
  }));
  for (const [at, written] of recipes.entries()) files.set(recipeFileName(at + 1), text(written));
  const file: EnsembleFile = { version: 1, recipes: recipes.length, parts: header };
  files.set('ensemble.json', text(formatJson(ensembleFileSchema.parse(file))));
  if (files.size > mostEnsembleFiles) {
    throw new ConfigurationError(
      `the blend has ${files.size} files, and a result holds at most ${mostEnsembleFiles} of one: declare fewer candidates, folds or seeds`,
    );
  }
  return files;
}

/**
 * Reads an ensemble's files as far as JSON; whether they are what its engines can run, the predictor checks.
 *
 * @param listed the files that engine.json says are the engine's.
 * @throws IntegrityError when ensemble.json does not fit its format, engine.json lists other files than it names, or one of
 *   them is missing or cannot be read.
 */
export function readEnsemble(result: ResultFiles, listed: readonly string[]): EnsembleModel {
  const file = jsonOf(result, 'ensemble.json', ensembleFileSchema);
  checkListed(result, ensembleFileNames(file), listed);
  const recipes = Array.from({ length: file.recipes }, (_, at) =>
    jsonOf(result, recipeFileName(at + 1), recipeSchema),
  );
  return {
    parts: file.parts.map(({ members, ...part }, p) => ({
      ...part,
      members: members.map(({ engine, recipe }, member): EnsembleMember => {
        const names = memberFileNames(p, member, engine);
        const json: unknown = jsonOf(result, names.json, z.unknown());
        const bytes = bytesOf(result, names.bytes);
        return {
          engine: engine === 'trees' ? { trees: json, treesBin: bytes } : { modelJson: json, weights: bytes },
          ...(recipe === undefined ? {} : { recipe: recipes[recipe - 1]! }),
        };
      }),
    })),
  };
}

function checkListed(
  { place, remedy }: ResultFiles,
  named: readonly string[],
  listed: readonly string[],
): void {
  const lacking = named.find((name) => !listed.includes(name));
  const further = listed.find((name) => !named.includes(name));
  if (lacking === undefined && further === undefined) return;
  throw new IntegrityError(
    lacking === undefined
      ? `${place}/engine.json lists ${further}, which no part of ensemble.json has: ${remedy}`
      : `${place}/engine.json does not list ${lacking}, which ensemble.json names: ${remedy}`,
  );
}
