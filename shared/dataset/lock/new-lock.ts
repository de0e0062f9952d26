import type { Lock, SampleRecord } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { namedValues } from '../../platform/named-values.ts';
import type { KeyHash } from '../identity/key-hash.ts';
import { typesOf } from '../types/infer-types.ts';
import { digestOfPins } from './pin.ts';
import type { PinnedTable } from './pinned-table.ts';

/** What a lock freezes beside rows and types. */
interface FrozenChoices {
  readonly hash: KeyHash;
  readonly key: string[];
  readonly seed: number;
  readonly folds: number | undefined;
  readonly apart: boolean;
  readonly order: string[];
  readonly positive: string | undefined;
  readonly sample: SampleRecord | undefined;
  readonly identifiers: string[];
  readonly personal: string[];
}

/**
 * The lock that pins rows just read: their digest and parts, the types that they were read as, and the choices that
 * later runs keep to.
 */
export function newLock(
  { table, formats, pins, found, sources, engine }: PinnedTable,
  { features }: Config,
  { hash, key, seed, folds, apart, order, identifiers, personal, positive, sample }: FrozenChoices,
): Lock {
  const inferredFormats = [...formats].filter(([name]) => features[name]?.format === undefined);
  return {
    version: hash,
    data: {
      digest: digestOfPins(pins, sample),
      rows: pins.reduce((sum, { rows }) => sum + rows, 0),
      ...(found.window ? { window: found.window } : {}),
      ...(engine ? { engine: { name: engine.engine, rows: engine.rows, digest: engine.digest } } : {}),
      ...(sample ? { sample } : {}),
      parts: pins,
      ...(sources ? { sources } : {}),
    },
    key,
    split: { seed, ...(folds === undefined ? {} : { folds }), ...(apart ? { apart } : {}) },
    ...(positive === undefined ? {} : { positive }),
    types: typesOf(table),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(personal.length === 0 ? {} : { personal }),
    ...(inferredFormats.length === 0 ? {} : { formats: namedValues(inferredFormats) }),
    order,
  };
}
