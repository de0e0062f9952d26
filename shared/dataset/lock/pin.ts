import type { Lock, SampleRecord } from '../../config/lock/lock.ts';
import { digestOf, sha256 } from '../../platform/digest.ts';
import { namedValues } from '../../platform/named-values.ts';
import { hashRows } from '../identity/row-hash.ts';
import type { SourcePart, StepsRecord, TypedColumns } from '../table/origin.ts';
import type { Table } from '../table/table.ts';
import type { Periods } from '../time/period.ts';

/** What a lock says of each part of the data: its rows and their digest. */
export type Pins = Lock['data']['parts'];

/**
 * Pins by period of event time: the SHA-256 of its rows' content in the source's order, each row 64 bits over all
 * columns in order of name.
 *
 * @param table typed and not yet cleaned: what cleaning does may change without the data having changed.
 */
export function pinPeriods(table: Table, periods: Periods): Pins {
  const { high, low } = hashRows(table, [...table.columns.keys()].sort());
  const { codes, names } = periods;
  const starts = new Uint32Array(names.length + 1);
  for (let row = 0; row < codes.length; row++) starts[codes[row]! + 1]!++;
  for (let i = 1; i < starts.length; i++) starts[i]! += starts[i - 1]!;
  const next = starts.slice();
  const words = new Uint32Array(codes.length * 2);
  for (let row = 0; row < codes.length; row++) {
    const at = 2 * next[codes[row]!]!++;
    words[at] = high[row]!;
    words[at + 1] = low[row]!;
  }
  return names.flatMap((name, code) => {
    const rows = starts[code + 1]! - starts[code]!;
    if (rows === 0) return [];
    return [{ name, rows, digest: sha256(new Uint8Array(words.buffer, starts[code]! * 8, rows * 8)) }];
  });
}

/** Pins by file or page: the digests of their bytes. */
export function pinParts(parts: readonly SourcePart[]): Pins {
  return parts.map(({ name, rows, digest }) => ({ name, rows, digest }));
}

/** What a lock says of each of several sources. */
export type SourcePins = NonNullable<Lock['data']['sources']>;

/** Pins of the sources that steps made a table of; undefined of one source. */
export function pinSources(steps: StepsRecord | undefined): SourcePins | undefined {
  return (
    steps &&
    namedValues(
      [...steps.sources].map(([name, { table, parts }]) => [
        name,
        {
          rows: table.rows,
          digest: digestOfPins(pinParts(parts)),
          ...typesPinned(steps.typed.get(name)),
        },
      ]),
    )
  );
}

function typesPinned(typed: TypedColumns | undefined): Partial<TypedColumns> {
  if (!typed) return {};
  return {
    types: { ...typed.types },
    ...(Object.keys(typed.formats).length > 0 ? { formats: { ...typed.formats } } : {}),
  };
}

/** The digest of all that is pinned. */
export function digestOfPins(pins: Pins, sample?: SampleRecord): string {
  return digestOf(sample ? { pins, sample } : pins);
}
