import { parse } from 'parse5';
import { expect, test } from 'vitest';
import { loopAnimation, type Replayed } from './loop-animation.ts';

const points = ['2001', '2002', '2003'].map((period) => ({ period, value: 4, rows: 50 }));
const ending = (index: number, name: string) => ({ period: points[index]!.period, ending: name });
const kept = {
  ...{ name: 'on-drift', mean: 4.25, points },
  checks: [ending(0, 'too-few-rows'), ending(1, 'deployed'), ending(2, 'not-better')],
  retrainings: [{ period: '2002', change: -0.25, merged: true, version: 'v1.0.1' }],
};
const never = {
  name: 'never',
  mean: 6,
  points,
  checks: points.map((_, index) => ending(index, 'no-alarm')),
  retrainings: [],
};
const replayed: Replayed = {
  metric: 'rmse',
  unit: 'mpg',
  periods: ['2001', '2002', '2003'],
  policies: [kept, never],
};

/** Words of the picture, in order. */
function words(svg: string): string[] {
  return [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map((match) => match[1]!);
}

test('what each check led to is said in a line of its own', () => {
  const said = words(loopAnimation(replayed));
  expect(said).toContain('2001: 50 new cars. Too few to decide; they wait for the next check.');
  expect(said).toContain(
    '2002: 50 new cars. Drift. The challenger is 25% better on unseen rows: merged, v1.0.1 goes live.',
  );
  expect(said).toContain('2003: 50 new cars. Drift. The challenger is not clearly better: an issue says so.');
  expect(said).toContain('Mean rmse: 4.3 mpg with the loop, 6.0 mpg with the first model forever.');
});

test('every animation has its keyframes, and ends where it began', () => {
  const svg = loopAnimation(replayed);
  const used = [...svg.matchAll(/animation: (\w+) \d/g)].map((match) => match[1]);
  const defined = [...svg.matchAll(/@keyframes (\w+) /g)].map((match) => match[1]);
  expect(new Set(used).size).toBeGreaterThan(10);
  expect(defined.toSorted()).toEqual(used.toSorted());
  expect(parse(svg).childNodes.length).toBeGreaterThan(0);
});

test('a replay without the policies that are drawn is named', () => {
  expect(() => loopAnimation({ ...replayed, policies: [never] })).toThrow('no policy on-drift');
});
