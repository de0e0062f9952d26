import { expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { foldedHouses } from '../testing/folded-houses.ts';
import { houses } from '../testing/model-builders.ts';
import { trainFolds } from './train-folds.ts';
import { trainModel } from './train-model.ts';

const network = { type: 'neural-network', layers: [8], epochs: 6, seeds: 3 } as const;
const ports = { logger: silentLogger };

test('a network of three seeds is three models in each fold, each of other random numbers', async () => {
  const input = foldedHouses({
    ...{ rows: 200, candidates: [{ type: 'linear' }, network] },
    train: { blend: true, importance: 'off' },
    target: {
      type: 'number',
      values: Float64Array.from({ length: 200 }, (_, row) => (row % 7) ** 2 + (row % 3)),
    },
  });
  const trained = await trainFolds(input, ports);
  if (!('parts' in trained)) throw new TypeError('the model is no blend');
  const own = trained.parts.find(({ name }) => name === 'neural-network');
  if (!own) throw new TypeError('the network has no weight');
  expect(own.members).toHaveLength(15);
  const weights = own.members.map(({ engine }) => ('weights' in engine ? engine.weights.join() : ''));
  expect(new Set(weights).size).toBe(15);
});

test('alone it is the mean of its three models', async () => {
  const { report, ...trained } = await trainModel(
    houses({ candidates: [network], train: { importance: 'off' } }),
    ports,
  );
  if (!('parts' in trained)) throw new TypeError('three models are one part');
  expect(trained.parts).toMatchObject([{ name: 'neural-network', weight: 1, members: [{}, {}, {}] }]);
  expect(report).toMatchObject({ chosen: 'neural-network', engine: { name: 'ensemble' } });
});
