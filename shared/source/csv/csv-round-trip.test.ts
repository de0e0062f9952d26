import fc from 'fast-check';
import { expect, test } from 'vitest';
import { silentLogger } from '../../platform/logger.ts';
import { memoryBytes } from '../files/memory-bytes.ts';
import { readOptions, rowsOf } from '../testing/read-helpers.ts';
import { readCsv } from './csv-reader.ts';

const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }).map((s) => s.replaceAll('\0', '')),
  fc.string({ unit: fc.constantFrom('"', ',', ';', '\n', '\r', ' ', 'a', 'é', '🚗'), maxLength: 8 }),
  fc.constantFrom('007', '1e3', '-0.50', '', 'NA', '"', '""', '\r\n'),
);

const table = fc.integer({ min: 1, max: 4 }).chain((width) =>
  fc.record({
    rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 12 }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    end: fc.constantFrom('\n', '\r\n', '\r'),
    last: fc.boolean(),
    bom: fc.boolean(),
    width: fc.constant(width),
  }),
);

/** RFC 4180: what could be misread stands in marks. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}

/** The bytes in pieces, as a network gives them. */
function chunked(bytes: Uint8Array, size: number) {
  return {
    ...memoryBytes('t.csv', bytes),
    async *open() {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    },
  };
}

test('any table of texts comes back from CSV as it was, however its bytes are cut into pieces', async () => {
  await fc.assert(
    fc.asyncProperty(
      table,
      fc.integer({ min: 1, max: 40 }),
      async ({ rows, delimiter, end, last, bom, width }, size) => {
        const names = Array.from({ length: width }, (_, i) => `column ${i}`);
        const lines = [names, ...rows].map((cells) => cells.map(quoted).join(delimiter));
        const text = (bom ? '\ufeff' : '') + lines.join(end) + (last ? end : '');
        const options = {
          ...readOptions,
          missingMarkers: [],
          trim: false,
          textColumns: new Set(names),
          delimiter: width === 1 ? delimiter : undefined,
          union: false,
        };
        const answer = await readCsv([chunked(Buffer.from(text), size)], options, silentLogger);
        const expected = rows.map((cells) =>
          Object.fromEntries(cells.map((text, i) => [names[i], text.toWellFormed()])),
        );
        expect(rowsOf(answer.table)).toEqual(expected);
      },
    ),
    { numRuns: 400 },
  );
});

test('numbers come back from their own text to the last bit', async () => {
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), {
    minLength: 1,
    maxLength: 50,
  });
  await fc.assert(
    fc.asyncProperty(numbers, async (values) => {
      const text = `x\n${values.map((v) => (Number.isInteger(v) && Math.abs(v) > 2 ** 53 ? v.toExponential() : String(v))).join('\n')}\n`;
      const { table } = await readCsv(
        [memoryBytes('t.csv', Buffer.from(text))],
        { ...readOptions, delimiter: ',', union: false },
        silentLogger,
      );
      const column = table.columns.get('x')!;
      expect(column).toEqual({ type: 'number', values: Float64Array.from(values, (v) => (v === 0 ? 0 : v)) });
    }),
  );
});
