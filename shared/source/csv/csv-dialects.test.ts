import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { readFiles, rowsOf } from '../testing/read-helpers.ts';

const { cases, numbers } = z
  .object({
    cases: z.array(z.object({ delimiter: z.string(), text: z.string(), rows: z.array(z.array(z.string())) })),
    numbers: z.tuple([z.array(z.string()), z.array(z.number())]),
  })
  .parse(JSON.parse(readFileSync(new URL('../fixtures/csv_dialects.json', import.meta.url), 'utf8')));

test.each(cases)('pandas and we read the same cells: $text', async ({ text, rows }) => {
  const width = rows[0]?.length ?? 0;
  const textColumns = new Set(Array.from({ length: width }, (_, i) => `column ${i}`));
  const options = { missingMarkers: [], trim: false, textColumns };
  const { table } = await readFiles({ 'a.csv': text }, {}, options);
  expect(rowsOf(table).map((row) => Object.values(row))).toEqual(rows);
});

test('pandas and we read the same numbers, to the last bit', async () => {
  const { table } = await readFiles({ 'a.csv': `x\n${numbers[0].join('\n')}\n` });
  expect(table.columns.get('x')).toEqual({ type: 'number', values: Float64Array.from(numbers[1]) });
});
