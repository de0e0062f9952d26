import { expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { createRandom } from '../../platform/random.ts';
import { loadEngine } from '../engine/engine.ts';
import { createAdam } from './adam.ts';

test('Adam takes the steps of TensorFlow’s Adam', async () => {
  const { tf } = await loadEngine('cpu', silentLogger);
  const random = createRandom(4);
  const weights = Float32Array.from({ length: 20 }, () => random.normal());
  const variable = tf.variable(tf.tensor1d(weights), true, 'w');
  const theirs = tf.train.adam(0.01);
  const ours = createAdam(weights.length);
  for (let step = 0; step < 50; step++) {
    const gradient = Float32Array.from(weights, () => random.normal() * 0.1);
    theirs.applyGradients([{ name: 'w', tensor: tf.tensor1d(gradient) }]);
    ours.step(weights, gradient, 0.01);
  }
  const expected = variable.dataSync();
  for (const [i, value] of weights.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-5);
});
