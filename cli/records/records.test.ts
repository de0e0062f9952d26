import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DatasetSchema } from '../../shared/dataset/schema/schema.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { predictionObjects, predictionWriter } from './prediction-writer.ts';
import { formatOfFile, formatOfStart, type PredictionFormat, type RecordFormat } from './record-format.ts';
import { batchSize, readRecords, streamSource } from './record-reader.ts';

const schema: DatasetSchema = {
  version: 1,
  task: 'regression',
  target: 'y',
  key: ['x'],
  columns: [
    { name: 'x', type: 'number', role: 'feature', nullable: true },
    { name: 'code', type: 'category', role: 'feature', nullable: true },
    { name: 'y', type: 'number', role: 'target', nullable: false },
  ],
};

async function* chunksOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function recordsOf(text: string, format?: RecordFormat, size = 1 << 16) {
  const source = streamSource(chunksOf(new TextEncoder().encode(text), size), 'stdin');
  const {
    batches,
    coerce: _,
    ...stream
  } = await readRecords(source, format, { schema, logger: silentLogger });
  const records: unknown[] = [];
  const firsts: number[] = [];
  for await (const batch of batches) {
    firsts.push(batch.first);
    records.push(...batch.records);
  }
  return { ...stream, records, firsts };
}

test('rows of CSV are the same with the index of a table and without it', async () => {
  const expected = [
    { x: 1, code: 'a' },
    { x: 2, code: 'b' },
  ];
  for (const text of [
    'x,code\n1,a\n2,b\n',
    ',x,code\n0,1,a\n1,2,b\n',
    ',x,code\n812,1,a\n77,2,b\n',
    '"","x","code"\n"Mazda RX4",1,"a"\n"Datsun 710",2,"b"\n',
  ]) {
    expect((await recordsOf(text, 'csv')).records, text).toEqual(expected);
  }
});

describe('the format', () => {
  test.each([
    ['rows.csv', 'csv'],
    ['rows.tsv', 'csv'],
    ['a/b.JSON', 'json'],
    ['x.ndjson.gz', 'ndjson'],
    ['x.jsonl', 'ndjson'],
    ['x.parquet', 'parquet'],
    ['x.feather', 'arrow'],
  ])('of %s is %s', (file, format) => {
    expect(formatOfFile(file)).toBe(format);
  });

  test('of a name that tells none is asked for', () => {
    expect(() => formatOfFile('rows.dat')).toThrow(
      'cannot tell the format of rows.dat from its name: add --format json, ndjson, csv, parquet or arrow',
    );
  });

  test.each([
    ['[{"x": 1}]', 'json'],
    ['\uFEFF  [', 'json'],
    ['{\n  "x": 1\n}', 'json'],
    ['{"x": 1}', 'ndjson'],
    ['{"x": 1}\n{"x": 2}\n', 'ndjson'],
    [`{"text": "${'a'.repeat(5000)}`, 'ndjson'],
    ['x,code\n1,a\n', 'csv'],
    ['', 'csv'],
  ])('that begins with %j is %s', (start, format) => {
    expect(formatOfStart(start)).toBe(format);
  });
});

describe('records', () => {
  test('come the same through every format, whatever the chunks', async () => {
    // Whole numbers beyond 2^53 stay texts in CSV: they are taken for identifiers.
    const record = fc.record({
      x: fc.double({ noNaN: true, min: -(2 ** 53) + 1, max: 2 ** 53 - 1 }).map((x) => x + 0),
      code: fc.stringMatching(/^[a-z"é,🚗 ]{0,8}[a-zé🚗]$/u),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 40 }),
        async (rows, size) => {
          const expected = rows.map(({ x, code }) => ({ x, code: code.trim() }));
          const json = JSON.stringify(expected);
          const ndjson = expected.map((row) => JSON.stringify(row)).join('\r\n');
          const cells = expected.map(({ x, code }) => `${x},"${code.replaceAll('"', '""')}"`);
          const csv = ['x,code', ...cells].join('\n');
          expect((await recordsOf(json, undefined, size)).records).toEqual(expected);
          expect((await recordsOf(ndjson, 'ndjson', size)).records).toEqual(expected);
          expect((await recordsOf(csv, 'csv', size)).records).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('of NDJSON come in batches, numbered from 1', async () => {
    const text = Array.from({ length: batchSize + 2 }, (_, x) => JSON.stringify({ x })).join('\n\n');
    const { records, firsts } = await recordsOf(text);
    expect(records).toHaveLength(batchSize + 2);
    expect(firsts).toEqual([1, batchSize + 1]);
  });

  test('one object over several lines is one record', async () => {
    expect(await recordsOf('{\n  "x": 1\n}\n')).toMatchObject({
      single: true,
      format: 'json',
      records: [{ x: 1 }],
    });
  });

  test('an identifier keeps its zeros in CSV', async () => {
    expect((await recordsOf('x,code\n7,007\n')).records).toEqual([{ x: 7, code: '007' }]);
  });

  test.each<[string, RecordFormat | undefined, RegExp]>([
    [
      '{"x": 1}\n{"x": \n',
      undefined,
      /^stdin:2: "\{\\"x\\": " is not JSON: NDJSON has one JSON object on each line$/,
    ],
    ['[{"x": 1},]', undefined, /^stdin is not JSON \(.*\): give an array of objects or one object/],
    ['', 'json', /^stdin is empty: give records as a JSON array, NDJSON or CSV$/],
    ['', undefined, /stdin.*empty/],
    ['x,code\n1,a,b\n', undefined, /stdin:2/],
  ])('of %j (%s) are refused', async (text, format, message) => {
    await expect(recordsOf(text, format)).rejects.toThrow(message);
  });

  test('that are not UTF-8 are refused', async () => {
    const source = streamSource(chunksOf(new Uint8Array([0x7b, 0xff, 0xfe, 0x0a]), 10), 'rows.ndjson');
    const { batches } = await readRecords(source, 'ndjson', { schema, logger: silentLogger });
    await expect(batches[Symbol.asyncIterator]().next()).rejects.toThrow(
      'rows.ndjson is not UTF-8 text: save it as UTF-8',
    );
  });
});

describe('predictions', () => {
  const numbers = predictionObjects({ task: 'regression', predicted: new Float64Array([1.5, -2]) });
  const classes = predictionObjects({
    task: 'binary',
    classes: ['no', 'yes, sure'],
    predicted: new Int32Array([1, 0]),
    probabilities: new Float64Array([0.25, 0.75, 0.5, 0.5]),
  });
  const write = (
    format: PredictionFormat,
    batches: (typeof numbers)[],
    labels: string[] = [],
    single = false,
  ) => {
    const writer = predictionWriter(format, single, labels);
    return writer.begin() + batches.map((batch) => writer.batch(batch)).join('') + writer.end();
  };

  test('are an array, over batches and when there are none', () => {
    expect(JSON.parse(write('json', [numbers, classes]))).toEqual([
      { prediction: 1.5 },
      { prediction: -2 },
      { prediction: 'yes, sure', probabilities: { no: 0.25, 'yes, sure': 0.75 } },
      { prediction: 'no', probabilities: { no: 0.5, 'yes, sure': 0.5 } },
    ]);
    expect(JSON.parse(write('json', []))).toEqual([]);
  });

  test('are one object for one object', () => {
    expect(write('json', [numbers.slice(0, 1)], [], true)).toBe('{"prediction":1.5}\n');
  });

  test('are a line for each record', () => {
    expect(write('ndjson', [numbers])).toBe('{"prediction":1.5}\n{"prediction":-2}\n');
  });

  test('are CSV with a column for each class', () => {
    expect(write('csv', [numbers])).toBe('prediction\n1.5\n-2\n');
    expect(write('csv', [classes], ['no', 'yes, sure'])).toBe(
      'prediction,p_no,"p_yes, sure"\n"yes, sure",0.25,0.75\nno,0.5,0.5\n',
    );
  });

  test('that could not be made keep their place', () => {
    const skipped = [{ prediction: null, problems: ['record 2, x: no'] }];
    expect(write('csv', [skipped])).toBe('prediction\n""\n');
    expect(write('csv', [skipped], ['a', 'b'])).toBe('prediction,p_a,p_b\n,,\n');
    expect(write('ndjson', [skipped])).toBe('{"prediction":null,"problems":["record 2, x: no"]}\n');
  });
});
