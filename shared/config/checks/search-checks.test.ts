import { expect, it } from 'vitest';
import { problemsOf, smallestConfig } from '../testing/problems-of.ts';

/** The problems of the smallest configuration with some lines under train, without their places. */
function problems(train: string): string[] {
  return problemsOf(`${smallestConfig}train:\n${train}`).map((line) =>
    line.replace(/^ciclo\.yml:\d+:\d+: /, ''),
  );
}

it('takes ranges, lists, an empty map for nothing, and no search at all', () => {
  expect(
    problems(`  search:
    trials: 12
    work: 1e12
    ranges:
      linear: { encoding: [encoded, plain] }
      boosted-trees: { leaves: { from: 4, to: 200 }, min-rows: [5, 10], row-share: { from: 50%, to: 1 } }
      neural-network: {}
`),
  ).toEqual([]);
  expect(problems('  search: {}\n')).toEqual([]);
});

it('takes no number that the candidate itself could not have, and no range that ends before it begins', () => {
  expect(
    problems(`  search:
    ranges:
      boosted-trees: { leaves: { from: 1, to: 20 }, learning-rate: { from: 0.2, to: 0.1 }, min-rows: [4, 5], column-share: [50%, 0%] }
      neural-network: { dropout: { from: 0, to: 1 }, weight-decay: [-1] }
`),
  ).toEqual([
    'train.search.ranges.boosted-trees.leaves.from: 1 is not allowed; allowed: a whole number from 2 to 4096',
    'train.search.ranges.boosted-trees.learning-rate: from is 0.2 and to is 0.1; from is the smaller one',
    'train.search.ranges.boosted-trees.min-rows[0]: 4 is not allowed; allowed: auto; or a whole number of at least 5',
    'train.search.ranges.boosted-trees.column-share[1]: 0 is not allowed; allowed: a percentage such as 80%, or a number above 0 and up to 1',
    'train.search.ranges.neural-network.dropout.to: 1 is not allowed; allowed: a number of at least 0 and below 1; or a list of: a number of at least 0 and below 1',
    'train.search.ranges.neural-network.weight-decay[0]: -1 is not allowed; allowed: a number of at least 0',
  ]);
});

it('varies only what there is', () => {
  expect(
    problems(`  candidates: [{ type: linear }, { type: neural-network, dropout: [0.1, 0.2] }]
  search:
    ranges:
      boosted-trees: { leaves: [7, 15] }
      neural-network: { layers: [[8], [8, 4]] }
      linear: { l2: [1, 2] }
`).toSorted(),
  ).toEqual(['train.search.ranges.linear.l2: unknown key; allowed: encoding']);
  expect(
    problems(`  candidates: [{ type: linear }, { type: neural-network, dropout: [0.1, 0.2] }]
  search:
    ranges:
      boosted-trees: { leaves: [7, 15] }
      neural-network: { layers: [[8], [8, 4]] }
`),
  ).toEqual([
    'train.search.ranges.boosted-trees: no candidate under train.candidates is of type boosted-trees; leave boosted-trees out',
    'train.search.ranges.neural-network.layers: candidate 1 has a dropout for each of its layers, which other layers cannot have; give dropout a range, too',
  ]);
});
