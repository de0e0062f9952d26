import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../../shared/source/testing/temporary-folder.ts';
import { quietPorts, refusalOf, warningsOf } from '../../testing/pipeline-folder.ts';
import { compareFiles, type TwoTablesInputs } from './two-tables.ts';

const rows = (of: (i: number) => string, count = 60): string =>
  Array.from({ length: count }, (_, i) => of(i)).join('\n');

async function compare(files: Record<string, string>, inputs: Partial<TwoTablesInputs> = {}) {
  await using folder = await temporaryFolder(files);
  const ports = quietPorts();
  const [reference = '', current = ''] = Object.keys(files);
  const report = await compareFiles({ reference, current, directory: folder.path, ...inputs }, ports);
  return { report, warnings: warningsOf(ports.log) };
}

describe('two tables by hand', () => {
  test("give scipy's numbers", async () => {
    // scipy.stats.ks_2samp([1, 2, 3, 4], [3, 4, 5, 6, 7]): statistic 0.6, exact p 0.2857142857142857
    // scipy.stats.wasserstein_distance of the same: 2.5
    const { report } = await compare(
      { 'a.csv': 'x\n1\n2\n3\n4\n', 'b.csv': 'x\n3\n4\n5\n6\n7\n' },
      { options: { minRows: 2 } },
    );
    const { statistics } = report.columns[0]!;
    expect(statistics.ks?.value).toBeCloseTo(0.6, 12);
    expect(statistics.ks?.['p-exact']).toBeCloseTo(0.285714285714286, 12);
    expect(statistics.wasserstein?.value).toBeCloseTo(2.5, 12);
  });

  test('may be of different formats', async () => {
    const { report } = await compare({
      'a.csv': `x,c\n${rows((i) => `${i % 7},${i % 2 ? 'a' : 'b'}`)}\n`,
      'b.ndjson': rows((i) => JSON.stringify({ x: i % 7, c: i % 2 ? 'a' : 'b' })),
    });
    expect(report.outcome).toBe('no-drift');
    expect(report.columns.map(({ name, kind }) => [name, kind])).toEqual([
      ['x', 'number'],
      ['c', 'category'],
    ]);
  });

  test('leave out what is excluded, and refuse a name that is not there', async () => {
    const files = {
      'a.csv': `id,x\n${rows((i) => `${i},${i % 5}`)}\n`,
      'b.csv': `id,x\n${rows((i) => `${i + 1000},${i % 5}`)}\n`,
    };
    const { report } = await compare(files, { exclude: ['id'] });
    expect(report.columns.map(({ name }) => name)).toEqual(['x']);
    expect(report.drift).toBe(false);
    expect((await compare(files, { include: ['id'] })).report.drift).toBe(true);
    await using folder = await temporaryFolder(files);
    const asked = { reference: 'a.csv', current: 'b.csv', directory: folder.path, exclude: ['ID'] };
    expect(await refusalOf(compareFiles(asked, quietPorts()))).toContain('--exclude names "ID"');
    const inAndOut = { ...asked, exclude: ['id'], include: ['id'] };
    expect(await refusalOf(compareFiles(inAndOut, quietPorts()))).toBe(
      '--include says to compare "id", and --exclude says not to: take one of them out',
    );
    const unknown = { ...asked, exclude: [], include: ['idd'] };
    expect(await refusalOf(compareFiles(unknown, quietPorts()))).toContain(
      '--include names "idd", which a.csv does not have: its columns are id, x',
    );
  });

  test('do not differ by the numbers and times of their rows, and say so', async () => {
    const minutes = (from: number) => (i: number) =>
      new Date(Date.UTC(2026, 0, 1) + (from + i) * 60_000).toISOString();
    const files = (from: number) =>
      `row,at,x\n${rows((i) => `${from + i},${minutes(from)(i)},${(i * 7) % 11}`, 200)}\n`;
    const { report } = await compare({ 'a.csv': files(1), 'b.csv': files(201) });
    expect(report.drift).toBe(false);
    expect(report.columns.map(({ name }) => name)).toEqual(['x']);
    expect(report['left-out']).toEqual([
      { name: 'row', kind: 'row-number', why: 'numbers the rows' },
      { name: 'at', kind: 'time', why: 'is a time that moves forward from row to row' },
    ]);
    const asked = await compare({ 'a.csv': files(1), 'b.csv': files(201) }, { include: ['row', 'at'] });
    expect(asked.report.drift).toBe(true);
    expect(asked.report.columns.map(({ name }) => name)).toEqual(['row', 'at', 'x']);
    expect(asked.report).not.toHaveProperty('left-out');
  });

  test('that have no index on one side do not differ by it', async () => {
    const indexed = `index,x\n${rows((i) => `${i},${i % 5}`)}\n`;
    const { report } = await compare({ 'a.csv': indexed, 'b.csv': `x\n${rows((i) => String(i % 5))}\n` });
    expect(report.drift).toBe(false);
    expect(report['left-out']?.[0]?.why).toBe('numbers the rows, and the current rows do not have it');
  });

  test('are compared by their only column, whatever it is', async () => {
    const numbered = (from: number) => `n\n${rows((i) => String(from + i))}\n`;
    const { report } = await compare({ 'a.csv': numbered(0), 'b.csv': numbered(60) });
    expect(report.columns.map(({ name }) => name)).toEqual(['n']);
    expect(report.drift).toBe(true);
  });

  test('are compared in their order of time, or by the groups of their rows, which are not compared', async () => {
    const walk = (from: number) =>
      rows(
        (i) =>
          `2026-01-${String(1 + Math.floor(i / 24)).padStart(2, '0')}T${String(i % 24).padStart(2, '0')}:00Z,${Math.floor(i / 6) + from},${Math.floor(i / 20) % 2}`,
        240,
      );
    const files = { 'a.csv': `at,customer,x\n${walk(0)}\n`, 'b.csv': `at,customer,x\n${walk(100)}\n` };
    const { report } = await compare(files, { time: 'at' });
    expect(report.columns.map(({ name }) => name)).toEqual(['customer', 'x']);
    expect(report.dependence?.words).toContain('rows near each other by at are alike');
    const grouped = await compare(files, { group: 'customer' });
    expect(grouped.report.columns.map(({ name }) => name)).toEqual(['x']);
    expect(grouped.report['left-out']?.map(({ name }) => name)).toEqual(['at']);
    expect(grouped.report.dependence?.words).toContain('rows of the same customer are alike');
    await using folder = await temporaryFolder({ ...files, 'c.csv': 'x,at\n1,a\n2,b\n' });
    const asked = { reference: 'a.csv', current: 'b.csv', directory: folder.path };
    const refused = (inputs: Partial<TwoTablesInputs>) =>
      refusalOf(compareFiles({ ...asked, ...inputs }, quietPorts()));
    expect(await refused({ time: 'when' })).toContain('--time names "when", which a.csv does not have');
    expect(await refused({ reference: 'c.csv', current: 'c.csv', time: 'at' })).toContain(
      '--time names "at", which is a category in the table of --reference: an event time is a number or a date',
    );
  });

  test('that are not there are named by their flag', async () => {
    await using folder = await temporaryFolder({ 'a.csv': 'x\n1\n2\n' });
    const asked = { reference: 'a.csv', current: 'b.csv', directory: folder.path };
    const message = await refusalOf(compareFiles(asked, quietPorts()));
    expect(message).toContain(
      '--current: "b.csv" matches no file in the current folder; did you mean "a.csv"?',
    );
    expect(message).not.toMatch(/data\.source|ciclo\.yml/);
  });

  test.each([
    {
      what: 'a name that tells no format',
      files: { 'a.x': 'x\n1\n', 'b.csv': 'x\n1\n' },
      says: 'cannot tell the format of a.x from its name; give it a name that ends in .csv, .json, .ndjson, .parquet or .arrow',
    },
    {
      what: 'objects line by line under the name of a document',
      files: { 'a.json': '{"x":1}\n{"x":2}\n', 'b.csv': 'x\n1\n' },
      says: 'it looks like one object a line: give it a name that ends in .ndjson',
    },
    {
      what: 'rows inside a document',
      files: { 'a.json': '{"page":1,"data":[{"x":1}]}', 'b.csv': 'x\n1\n' },
      says: 'a.json: the document is an object with "page", "data"; rows are an array of objects; there is one at $.data: put it into a file of its own',
    },
    {
      what: 'files of a pattern that differ in their columns',
      files: { 'a-*.csv': '', 'b.csv': 'x\n1\n', 'a-1.csv': 'x\n1\n', 'a-2.csv': 'y\n1\n' },
      says: 'it lacks "x" and has "y" besides; make them the same, or name one of them',
    },
    {
      what: 'files of a pattern that differ in their formats',
      files: { 'a.*': '', 'b.csv': 'x\n1\n', 'a.csv': 'x\n1\n', 'a.json': '[{"x":1}]' },
      says: '--reference matches files of different formats: a.csv is csv, a.json is json',
    },
  ])('advise what helps without a ciclo.yml: $what', async ({ files, says }) => {
    const [reference = '', current = ''] = Object.keys(files);
    const written = Object.entries<string>(files).filter(([name]) => !name.includes('*'));
    await using folder = await temporaryFolder(Object.fromEntries(written));
    const message = await refusalOf(
      compareFiles({ reference, current, directory: folder.path }, quietPorts()),
    );
    expect(message).toContain(says);
    expect(message).not.toMatch(/data\.source|ciclo\.yml/);
  });

  test('count words among numbers as missing, on both sides', async () => {
    const { report, warnings } = await compare({
      'a.csv': `x\n${rows((i) => (i === 3 ? 'lots' : String(i % 9)))}\n`,
      'b.csv': `x\n${rows((i) => (i === 5 ? 'none at all' : String(i % 9)))}\n`,
    });
    expect(report.columns[0]).toMatchObject({
      kind: 'number',
      outcome: 'compared',
      reference: { rows: 60, missing: 1 },
      current: { rows: 60, missing: 1 },
    });
    expect(warnings).toEqual(['x: 1 value is not a number ("none at all") and counts as missing']);
  });
});
