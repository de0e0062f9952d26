import { describe, expect, test } from 'vitest';
import { searchSchema } from '../../config/sections/search-section.ts';
import { createRandom } from '../../platform/random.ts';
import { drawnSettings, settingsBeside } from './drawn-settings.ts';
import { type SearchAxis, searchAxes } from './search-axes.ts';

/** Axes of a kind of candidate. @param ranges as ciclo.yml has them. */
function axesOf(type: string, ranges: object = {}): SearchAxis[] {
  const axes = searchAxes(type, searchSchema.parse({ ranges }).ranges);
  if (!axes) throw new TypeError(`${type} is not searched`);
  return axes;
}

const random = () => createRandom(42).fork('search');

describe('settings that are drawn', () => {
  test('meet each stretch of every range once, by its ratio where doubling it matters', () => {
    const axes = axesOf('boosted-trees', {
      'boosted-trees': {
        'learning-rate': { from: 0.01, to: 0.16 },
        'row-share': { from: 0.2, to: 1 },
        leaves: [15, 31],
      },
    });
    const drawn = drawnSettings(axes, {}, 4, random());
    expect(drawn).toHaveLength(4);
    const stretchOf = (key: string, edges: readonly number[]) =>
      drawn.map((setting) => edges.filter((edge) => (setting[key] as number) >= edge).length).toSorted();
    expect(stretchOf('learning-rate', [0.01, 0.02, 0.04, 0.08])).toEqual([1, 2, 3, 4]);
    expect(stretchOf('row-share', [0.2, 0.4, 0.6, 0.8])).toEqual([1, 2, 3, 4]);
    expect(drawn.map(({ leaves }) => leaves).toSorted()).toEqual([15, 15, 31, 31]);
  });

  test('are numbers of at most three digits in their range, whole ones where the key counts', () => {
    for (const setting of drawnSettings(axesOf('boosted-trees'), {}, 50, random())) {
      expect(Number.isInteger(setting.leaves) && Number.isInteger(setting['min-rows'])).toBe(true);
      for (const value of Object.values(setting) as number[])
        expect(Number(value.toPrecision(3))).toBe(value);
      expect(setting.leaves).toBeGreaterThanOrEqual(7);
      expect(setting.leaves).toBeLessThanOrEqual(127);
      expect(setting['row-share']).toBeGreaterThanOrEqual(0.5);
      expect(setting['row-share']).toBeLessThanOrEqual(1);
    }
  });

  test('of lists with more combinations than can be listed are drawn all the same', () => {
    const counted = Array.from({ length: 10 }, (_, i) => i + 2);
    const shares = counted.map((value) => value / 20);
    const lists = {
      ...{ leaves: counted, 'min-rows': counted, l2: counted, 'category-smoothing': counted },
      ...{ 'learning-rate': shares, 'column-share': shares, 'row-share': shares },
    };
    const axes = axesOf('boosted-trees', { 'boosted-trees': lists });
    expect(settingsBeside(axes, {})).toBe(Number.POSITIVE_INFINITY);
    const drawn = drawnSettings(axes, {}, 10, random());
    expect(drawn).toHaveLength(10);
    // Each value of each list is met once.
    for (const [key, values] of Object.entries(lists)) {
      expect(drawn.map((setting) => setting[key] as number).toSorted((x, y) => x - y)).toEqual(values);
    }
  });

  test('of lists are different ones, and never what the candidate has anyway', () => {
    const axes = axesOf('linear');
    expect(settingsBeside(axes, {})).toBe(1);
    expect(drawnSettings(axes, {}, 5, random())).toEqual([{ encoding: 'plain' }]);
    expect(drawnSettings(axes, { encoding: 'plain' }, 5, random())).toEqual([{ encoding: 'encoded' }]);
    const layers = axesOf('neural-network', {
      'neural-network': { layers: [[8], [16], [16, 8]], encoding: ['plain', 'encoded'] },
    });
    const own = { layers: [16], encoding: 'plain' };
    const drawn = drawnSettings(layers, own, 9, random());
    expect(new Set(drawn.map((setting) => JSON.stringify(setting))).size).toBe(5);
    expect(drawn).not.toContainEqual(own);
  });

  test('are none where nothing is varied', () => {
    expect(settingsBeside(axesOf('linear', { linear: {} }), {})).toBe(0);
    expect(drawnSettings([], {}, 3, random())).toEqual([]);
    expect(searchAxes('command', searchSchema.parse({}).ranges)).toBeUndefined();
  });
});
