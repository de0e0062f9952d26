// ensemble.json: the parts of a blend, and the files in which each of their models lies.
import { z } from 'zod';
import { memberFileNames, recipeFileName } from './member-files.ts';

/** So many files at most: an archive of a result holds 256, of which a model's other files and examples are a few. */
export const mostEnsembleFiles = 220;

/** Rounding of weights that add up to 1. */
const weightTolerance = 1e-9;

const member = z.strictObject({
  engine: z.enum(['layers', 'trees']),
  /** Number of its recipe, from 1: `recipe-1.json`; absent: the model's `recipe.json`. */
  recipe: z.int().min(1).max(mostEnsembleFiles).optional(),
});

const part = z.strictObject({
  /** Of the candidate. */
  name: z.string().min(1).max(200),
  /** Of the candidate: `linear`, `neural-network`, `boosted-trees`. */
  type: z.string().min(1).max(100),
  weight: z.number().gt(0).max(1),
  /** Regression: what its members predict in place of the target. */
  target: z.strictObject({ type: z.literal('log1p'), cap: z.number().gt(0) }).optional(),
  /** Models of which the part is the mean: of folds, of seeds. */
  members: z.array(member).min(1).max(mostEnsembleFiles),
});

export const ensembleFileSchema = z
  .strictObject({
    version: z.literal(1),
    /** Recipes beside the model's own. */
    recipes: z.int().min(0).max(mostEnsembleFiles),
    parts: z.array(part).min(1).max(100),
  })
  .superRefine(({ recipes, parts }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['parts'], message });
    const sum = parts.reduce((total, { weight }) => total + weight, 0);
    if (!(Math.abs(sum - 1) <= weightTolerance)) refuse(`their weights add up to ${sum}, not to 1`);
    if (new Set(parts.map(({ name }) => name)).size < parts.length) refuse('two have the same name');
    const used = new Set(parts.flatMap(({ members }) => members.map((one) => one.recipe ?? 0)));
    const unknown = [...used].find((number) => number > recipes);
    if (unknown !== undefined) refuse(`one reads recipe-${unknown}.json, and there are ${recipes} recipes`);
    const unused = Array.from({ length: recipes }, (_, at) => at + 1).find((number) => !used.has(number));
    if (unused !== undefined) refuse(`none reads recipe-${unused}.json`);
  });

export type EnsembleFile = z.output<typeof ensembleFileSchema>;

/** All files of an ensemble, sorted. */
export function ensembleFileNames({ recipes, parts }: EnsembleFile): string[] {
  const members = parts.flatMap(({ members }, part) =>
    members.flatMap(({ engine }, member) => Object.values(memberFileNames(part, member, engine))),
  );
  const own = Array.from({ length: recipes }, (_, at) => recipeFileName(at + 1));
  return ['ensemble.json', ...own, ...members].sort();
}
