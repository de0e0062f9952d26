import { describe, expect, test } from 'vitest';
import type { Recipe } from '../../../dataset/recipe/recipe.ts';
import type { FittedCandidate } from './fit-candidate.ts';
import { joinedMembers, lowerMedian, membersOf, savedParts } from './fitted-members.ts';

const recipeOf = (rows: number) =>
  ({ version: 1, rows, columns: [], derived: [], features: [] }) as unknown as Recipe;
const engineOf = (mark: number) => ({ trees: { mark }, treesBin: Uint8Array.of(mark) });

function fitted(mark: number, own?: Recipe): FittedCandidate {
  return {
    ...{ name: 'network', trainer: 'dense', saved: engineOf(mark), inputs: 3 },
    ...(own ? { recipe: own } : {}),
    report: {
      ...{
        name: 'network',
        type: 'neural-network',
        options: {},
        parameters: 10,
        epochs: 20,
        stopped: 'patience',
      },
      ...{ bestEpoch: mark, history: [] },
    },
  };
}

describe('the models of a candidate', () => {
  test('are one: the mean of all seeds, told of by the one with the median best round', () => {
    const joined = joinedMembers([fitted(9), fitted(4), fitted(6)], undefined);
    if (!('parts' in joined.saved)) throw new TypeError('several models are a blend');
    const [part] = joined.saved.parts;
    expect(joined.saved.parts).toHaveLength(1);
    expect(part).toMatchObject({ name: 'network', type: 'neural-network', weight: 1 });
    expect(part!.members.map(({ engine }) => engine)).toEqual([engineOf(9), engineOf(4), engineOf(6)]);
    expect(joined.report).toMatchObject({ bestEpoch: 6, parameters: 30 });
    expect(joined.bestRounds).toEqual([9, 4, 6]);
  });

  test('stay a single model where there is one, and a blend of one where its answers are turned back', () => {
    expect(joinedMembers([fitted(5)], undefined).saved).toEqual(engineOf(5));
    const target = { type: 'log1p', cap: 30 } as const;
    expect(joinedMembers([fitted(5)], target).saved).toMatchObject({ parts: [{ target, weight: 1 }] });
  });

  test('read rows by a recipe of their own where they have one, else by that of their fold', () => {
    const [own, ofFold] = [recipeOf(1), recipeOf(2)];
    const joined = joinedMembers([fitted(5, own)], undefined);
    expect(joined).not.toHaveProperty('recipe');
    expect(membersOf(joined, ofFold)).toEqual([{ engine: engineOf(5), recipe: own }]);
    expect(membersOf(joinedMembers([fitted(5)], undefined), ofFold)).toEqual([
      { engine: engineOf(5), recipe: ofFold },
    ]);
  });

  test('are saved as what they are where a blend is one model that reads rows by its recipe', () => {
    const part = { name: 'trees', type: 'boosted-trees', weight: 1 };
    const none = { ...part, name: 'none', weight: 0, members: [] };
    expect(savedParts([{ ...part, members: [{ engine: engineOf(1) }] }, none])).toEqual(engineOf(1));
    const several = [{ engine: engineOf(1) }, { engine: engineOf(2) }];
    expect(savedParts([{ ...part, members: several }, none])).toEqual({
      parts: [{ ...part, members: several }],
    });
    const encoded = [{ engine: engineOf(1), recipe: recipeOf(1) }];
    expect(savedParts([{ ...part, members: encoded }])).toHaveProperty('parts');
  });

  test('have the lower one of two middle rounds as their median', () => {
    expect(lowerMedian([7, 1, 5, 3])).toBe(3);
    expect(lowerMedian([7, 1, 5])).toBe(5);
  });
});
