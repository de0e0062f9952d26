import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LargeMap, LargeSet } from './large-map.ts';
import { Numbering } from './numbering.ts';

const words = fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 80 });

describe('a map of several', () => {
  it('is what one would be, whatever comes in which order', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 9 }), (keys, most) => {
        const one = new Map<number, number>();
        const several = new LargeMap<number, number>([], most);
        for (const [i, key] of keys.entries()) {
          one.set(key, i);
          several.set(key, i);
          expect(several.size).toBe(one.size);
        }
        expect([...several]).toEqual([...one]);
        expect([...several.keys()]).toEqual([...one.keys()]);
        expect([...several.values()]).toEqual([...one.values()]);
        for (let key = 0; key <= 30; key++) {
          expect(several.get(key)).toBe(one.get(key));
          expect(several.has(key)).toBe(one.has(key));
        }
      }),
    );
  });
});

it('a set of several is what one would be', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 9 }), (values, most) => {
      const several = new LargeSet(values, most);
      expect([...several]).toEqual([...new Set(values)]);
      expect(several.size).toBe(new Set(values).size);
    }),
  );
});

it('a numbering counts values in the order of their first coming', () => {
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 9 }), (values, most) => {
      const numbering = new Numbering<number>([7], most);
      const distinct = [...new Set([7, ...values])];
      expect(values.map((value) => numbering.of(value))).toEqual(
        values.map((value) => distinct.indexOf(value)),
      );
      expect(numbering.values).toEqual(distinct);
      expect(numbering.find(31)).toBeUndefined();
      expect(numbering.find(7)).toBe(0);
    }),
  );
});
