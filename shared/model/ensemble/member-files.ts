/** File of a recipe that is not the model's own, by its number from 1. */
export const recipeFileName = (number: number): string => `recipe-${number}.json`;

/** The files of one member, by its part's place and its own, from 0. */
export function memberFileNames(
  part: number,
  member: number,
  engine: 'layers' | 'trees',
): { readonly json: string; readonly bytes: string } {
  const prefix = memberPrefix(part, member);
  return engine === 'trees'
    ? { json: `${prefix}.trees.json`, bytes: `${prefix}.trees.bin` }
    : { json: `${prefix}.model.json`, bytes: `${prefix}.weights.bin` };
}

/** What the names of a member's files begin with. */
export const memberPrefix = (part: number, member: number): string => `part-${part + 1}-${member + 1}`;
