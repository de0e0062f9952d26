import { expect, test } from 'vitest';
import { sampleReplay } from '../../shared/report/testing/sample-replay.ts';
import { createStyle } from '../terminal/style.ts';
import { replayLines } from './replay-lines.ts';

test('means beside each other have the same decimals, as on the page', () => {
  const sample = sampleReplay({ unit: 'mpg' });
  const means = [4.4, 5.891, 4.62, null];
  const policies = sample.policies.map((policy, i) => ({ ...policy, mean: means[i]! }));
  const lines = replayLines({ ...sample, policies }, { style: createStyle(false), width: 120 });
  const said = lines.slice(1).map((line) => /^\S+ +(undefined|\S+ mpg)/.exec(line)?.[1]);
  expect(said).toEqual(['4.40 mpg', '5.89 mpg', '4.62 mpg', 'undefined'].slice(0, policies.length));
});
