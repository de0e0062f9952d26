import fc from 'fast-check';
import type { Lock } from '../lock/lock.ts';

const digest = fc
  .array(fc.constantFrom(...'0123456789abcdef'), { minLength: 64, maxLength: 64 })
  .map((digits) => `sha256:${digits.join('')}`);
const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 10 })
  .filter((text) => text !== '__proto__');

/** What a lock says of one of several sources. */
const source = fc.record(
  {
    rows: fc.nat({ max: 1e9 }),
    digest,
    snapshot: digest,
    types: fc.dictionary(name, fc.constantFrom('number', 'category', 'boolean', 'date'), { maxKeys: 3 }),
    formats: fc.dictionary(name, fc.constantFrom('d/M/yyyy', '1.234,5 €'), { maxKeys: 2 }),
  },
  { requiredKeys: ['rows', 'digest'] },
);

const sample = fc.record(
  {
    rows: fc.integer({ min: 1, max: 1e9 }),
    of: fc.nat({ max: 1e9 }),
    by: name,
    strata: fc.array(
      fc.record(
        {
          value: fc.option(name),
          others: fc.constant<true>(true),
          of: fc.nat({ max: 1e9 }),
          upTo: fc.maxSafeNat().map((n) => n.toString(16).padStart(14, '0').slice(1)),
        },
        { requiredKeys: ['of', 'upTo'] },
      ),
      { maxLength: 3 },
    ),
  },
  { requiredKeys: ['rows', 'of', 'strata'] },
);

/** Any right ciclo.lock. */
export const anyLock: fc.Arbitrary<Lock> = fc
  .record({
    version: fc.constantFrom<1 | 2>(1, 2),
    parts: fc.uniqueArray(fc.record({ name, rows: fc.nat({ max: 1e9 }), digest }), {
      selector: (part) => part.name,
      maxLength: 5,
    }),
    digest,
    window: fc.option(
      fc.record(
        { column: name, until: name, step: fc.double({ min: 1e-9, max: 1e9, noNaN: true }) },
        { requiredKeys: ['column', 'until'] },
      ),
      { nil: undefined },
    ),
    snapshot: fc.option(digest, { nil: undefined }),
    sample: fc.option(sample, { nil: undefined }),
    engine: fc.option(fc.record({ name, rows: fc.nat(), digest }), { nil: undefined }),
    sources: fc.option(fc.dictionary(name, source, { minKeys: 1, maxKeys: 3 }), { nil: undefined }),
    key: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }),
    seed: fc.nat(),
    folds: fc.option(fc.integer({ min: 3, max: 20 }), { nil: undefined }),
    positive: fc.option(name, { nil: undefined }),
    types: fc.dictionary(name, fc.constantFrom('number', 'category', 'boolean', 'date'), { maxKeys: 5 }),
    identifiers: fc.option(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    personal: fc.option(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    formats: fc.option(
      fc.dictionary(name, fc.constantFrom('d/M/yyyy', '1.234,5 €', "d 'o''clock'"), {
        minKeys: 1,
        maxKeys: 3,
      }),
      { nil: undefined },
    ),
    order: fc.option(fc.uniqueArray(name, { minLength: 1, maxLength: 4 }), { nil: undefined }),
  })
  .map(
    ({
      version,
      parts,
      digest: all,
      window,
      snapshot,
      sample: drawn,
      engine,
      sources,
      key,
      seed,
      folds,
      positive,
      types,
      identifiers,
      personal,
      formats,
      order,
    }) => ({
      version,
      data: {
        digest: all,
        rows: parts.reduce((sum, part) => sum + part.rows, 0),
        parts,
        ...(window ? { window } : {}),
        ...(snapshot ? { snapshot } : {}),
        ...(drawn ? { sample: drawn } : {}),
        ...(engine ? { engine } : {}),
        ...(sources ? { sources } : {}),
      },
      key,
      split: { seed, ...(folds === undefined ? {} : { folds }) },
      ...(positive === undefined ? {} : { positive }),
      types,
      ...(identifiers ? { identifiers } : {}),
      ...(personal ? { personal } : {}),
      ...(formats ? { formats } : {}),
      ...(order ? { order } : {}),
    }),
  );
