import { expect, test } from 'vitest';
import { candidateSchema } from '../../../config/sections/candidates/candidate.ts';
import { createRandom } from '../../../platform/random.ts';
import { randomOf } from '../fitting/candidate-job.ts';
import { nameCandidates, seededCandidates, shownName } from './named-candidates.ts';

const named = (options: Record<string, unknown>) =>
  nameCandidates([candidateSchema.parse(options)], {
    ...{ size: { rows: 500, columns: 5, inputs: 5, outputs: 1 }, fits: 6 },
  })[0]!;

test('a network is trained once for each seed, under one name', () => {
  const members = seededCandidates({ ...named({ type: 'neural-network' }), fold: 1 });
  expect(members.map(({ name, seed, fold }) => [name, seed, fold])).toEqual([
    ['neural-network', 1, 1],
    ['neural-network', 2, 1],
    ['neural-network', 3, 1],
  ]);
  expect(members.map(shownName)).toEqual([
    'neural-network, seed 1 (fold 2)',
    'neural-network, seed 2 (fold 2)',
    'neural-network, seed 3 (fold 2)',
  ]);
});

test.each([[{ type: 'neural-network', seeds: 1 }], [{ type: 'boosted-trees' }], [{ type: 'linear' }]])(
  '%o is trained once',
  (options) => {
    const candidate = named(options);
    expect(seededCandidates(candidate)).toEqual([candidate]);
    expect(shownName(candidate)).toBe(candidate.name);
  },
);

test('the first seed draws what a candidate without seeds draws, each further one its own', () => {
  const draws = (of: { readonly fold?: number; readonly seed?: number }) => {
    const random = randomOf({ seed: 42 }, { name: 'network', ...of });
    return [random.next(), random.next()];
  };
  const plain = createRandom(42).fork('train').fork('network').fork('fold 3');
  expect(draws({ fold: 2 })).toEqual([plain.next(), plain.next()]);
  expect(draws({ fold: 2, seed: 1 })).toEqual(draws({ fold: 2 }));
  const all = [draws({}), draws({ seed: 2 }), draws({ fold: 2 }), draws({ fold: 2, seed: 2 })];
  expect(new Set(all.map(String)).size).toBe(4);
});

test('a name that is generated is the next free one, and what is declared stays', () => {
  const names = (...options: Record<string, unknown>[]) =>
    nameCandidates(
      options.map((one) => candidateSchema.parse(one)),
      { size: { rows: 500, columns: 5, inputs: 5, outputs: 1 }, fits: 6 },
    ).map(({ name }) => name);
  const trees = { type: 'boosted-trees' };
  expect(names(trees, { type: 'linear' }, trees, trees)).toEqual([
    ...['boosted-trees', 'linear', 'boosted-trees-2', 'boosted-trees-3'],
  ]);
  expect(names(trees, trees, { ...trees, name: 'boosted-trees-2' })).toEqual([
    ...['boosted-trees', 'boosted-trees-3', 'boosted-trees-2'],
  ]);
  expect(names(trees, { type: 'linear', name: 'boosted-trees' })).toEqual([
    'boosted-trees-2',
    'boosted-trees',
  ]);
});
