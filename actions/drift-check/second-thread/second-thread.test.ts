import { expect, test } from 'vitest';
import { createRandom } from '../../../shared/platform/random.ts';
import { temporaryFolder } from '../../../shared/source/testing/temporary-folder.ts';
import { quietPorts, warningsOf } from '../../testing/pipeline-folder.ts';
import { compareFiles } from '../two-tables/two-tables.ts';
import { secondThreadFor, startThread } from './second-thread.ts';

/** Numbers, whole numbers, categories, dates, truth values and missing ones; one column moves. */
function csvOf(seed: number, moved: number, rows = 400): string {
  const random = createRandom(seed);
  const lines = Array.from({ length: rows }, (_, i) => {
    const day = new Date(Date.UTC(2026, 0, 1 + random.integer(300))).toISOString().slice(0, 10);
    const cells = [random.normal() + moved, random.integer(6), `c${random.integer(12)}`, day, i % 3 === 0];
    return [...cells, random.next() < 0.2 ? '' : random.normal()].join(',');
  });
  return ['x,count,kind,day,flag,gaps', ...lines, ''].join('\n');
}

/** The report or what was refused, with the warnings. */
async function comparedBy(threads: 1 | 2, files: Record<string, string>) {
  await using folder = await temporaryFolder(files);
  const ports = quietPorts();
  const thread = threads === 2 ? startThread() : undefined;
  const inputs = { reference: 'a.csv', current: 'b.csv', directory: folder.path };
  try {
    const report = await compareFiles(inputs, { ...ports, thread });
    return { report, warnings: warningsOf(ports.log) };
  } catch (error) {
    return { refused: error, warnings: warningsOf(ports.log) };
  } finally {
    await thread?.stop();
  }
}

test('two threads give the report of one, to the last bit', async () => {
  const files = { 'a.csv': csvOf(1, 0), 'b.csv': csvOf(2, 0.6) };
  const two = await comparedBy(2, files);
  expect(two).toEqual(await comparedBy(1, files));
  const drifted = two.report?.columns.filter((column) => column.drifted);
  expect(drifted?.map(({ name }) => name)).toEqual(['x']);
});

test.each<[string, Record<string, string>]>([
  ['a file that is not there', { 'a.csv': csvOf(1, 0) }],
  ['two columns of one name', { 'a.csv': 'x\n1\n', 'b.csv': 'x,x\n1,2\n' }],
  ['a reference that is not a table', { 'a.csv': '"', 'b.csv': 'x\n1\n' }],
  ['no rows', { 'a.csv': csvOf(1, 0), 'b.csv': 'x,count,kind,day,flag,gaps\n' }],
])('what the second thread refuses or warns of is said as by one: %s', async (_, files) => {
  const two = await comparedBy(2, files);
  expect(two).toEqual(await comparedBy(1, files));
  expect(two.refused !== undefined || two.warnings.length > 0).toBe(true);
});

test('a thread that is stopped says so to whoever waits for it', async () => {
  await using folder = await temporaryFolder({ 'a.csv': csvOf(1, 0, 20_000) });
  const thread = startThread();
  const file = { path: 'a.csv', directory: folder.path, missingMarkers: [], trim: true, sharedMemory: true };
  const reading = expect(thread.read(file, quietPorts().logger)).rejects.toThrow(
    'the second thread ended before it had an answer',
  );
  await thread.stop();
  await reading;
});

test('a small file, or one that is not there, is not worth a thread', async () => {
  await using folder = await temporaryFolder({ 'a.csv': csvOf(1, 0) });
  expect(await secondThreadFor('a.csv', folder.path)).toBeUndefined();
  expect(await secondThreadFor('b.csv', folder.path)).toBeUndefined();
});
