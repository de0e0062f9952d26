import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { systemClock } from '../../../shared/platform/clock.ts';
import { folderSource } from '../../../shared/serving/model-source.ts';
import { startServer } from '../../../shared/serving/start.ts';
import { recordingEvents, serverOptions } from '../../../shared/serving/testing/test-server.ts';
import { quietPorts, refusalOf, warningsOf } from '../../testing/pipeline-folder.ts';
import { driftCheck } from '../drift-check.ts';
import { firstHouses, housesOfYears, monitoredHouses } from '../testing/houses-monitored.ts';

type Houses = Awaited<ReturnType<typeof monitoredHouses>>;
type House = Readonly<Record<string, string>>;

const log = { type: 'file', path: 'log/*.ndjson' };
const labels = { type: 'file', path: 'labels.csv' };

function housesOf(csv: string): House[] {
  const [head, ...lines] = csv
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return lines.map((cells) => Object.fromEntries(cells.map((cell, i) => [head![i]!, cell])));
}

const sold = housesOf(housesOfYears({ years: [2010, 2011], rows: 90, dearer: 60, seed: 'sold' }));

/** Asks a server of the trained model what the houses cost, thirty a request; what it answered by house. */
async function predicted({ folder }: Houses, houses: readonly House[]): Promise<number[]> {
  const server = await startServer(
    folderSource(path.join(folder.path, '.ciclo/model')),
    {
      ...serverOptions,
      host: '127.0.0.1',
      port: 0,
      watch: 0,
      drain: 0,
      predictions: {
        folder: path.join(folder.path, 'log'),
        fileBytes: 2 ** 20,
        files: 3,
        rate: 1,
        seed: 1,
        queueBytes: 2 ** 20,
      },
    },
    { clock: systemClock, events: recordingEvents() },
  );
  const answers: number[] = [];
  for (let from = 0; from < houses.length; from += 30) {
    const records = houses.slice(from, from + 30).map(({ id, year, size, district }) => {
      return { id, year: Number(year), size: Number(size), district };
    });
    const response = await fetch(`${server.url}/predict`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-request-id': `request-${from / 30}` },
      body: JSON.stringify(records),
    });
    answers.push(...((await response.json()) as { predictions: number[] }).predictions);
  }
  await server.stop();
  return answers;
}

async function check({ folder, forge }: Houses) {
  const ports = quietPorts();
  const { report } = await driftCheck(
    { pipeline: await folder.pipeline(), history: [] },
    { ...ports, forge },
  );
  return { performance: report.performance!, warnings: warningsOf(ports.log) };
}

/** Root mean squared error, by its definition. */
function rmse(houses: readonly House[], answers: readonly number[]): number {
  const squares = houses.map(({ price }, i) => (Number(price) - answers[i]!) ** 2);
  return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
}

describe('labels that come late', () => {
  test('find the predictions of a server by request and record, those of rows that earlier checks have seen too', async () => {
    const key = ['_request', '_record'];
    await using houses = await monitoredHouses({ monitor: { source: log, labels, key } });
    const answers = await predicted(houses, sold);
    const before = await check(houses);
    expect(before.performance.outcome).toBe('estimated');
    expect(before.warnings.join()).toContain('monitor.labels cannot be read');

    // A column of records and one of requests, in another order, the last thirty still to come.
    const lines = sold.slice(0, 60).map(({ price }, i) => `${price},${i % 30},request-${Math.floor(i / 30)}`);
    await houses.folder.write('labels.csv', ['price,_record,_request', ...lines.reverse(), ''].join('\n'));
    const { performance, warnings } = await check(houses);
    expect(warnings).toEqual([]);
    expect(performance).toMatchObject({
      outcome: 'measured',
      degraded: true,
      rows: { current: 60, unlabelled: 30 },
      labels: { joined: 60, contradicting: 0, 'not-found': 0, 'without-key': 0 },
    });
    expect(performance.current.value).toBeCloseTo(rmse(sold.slice(0, 60), answers), 9);
    expect(performance.reasons.at(-1)).toBe(
      '60 rows have the label that came later for their _request and _record',
    );
    expect(performance.periods.reduce((sum, { rows }) => sum + rows, 0)).toBe(60);
  });

  test('find them by a key of the business, which the log keeps and the model does not see', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels } });
    const answers = await predicted(houses, sold);
    const known = sold.slice(0, 50);
    const lines = [
      ...known.map(({ id, price }) => `${id},${price}`),
      `${sold[0]!.id},${sold[0]!.price}`,
      `${sold[1]!.id},1`,
      'nobody,3',
      ',4',
      `${sold[60]!.id},`,
    ];
    await houses.folder.write('labels.csv', `id,price\n${lines.join('\n')}\n`);
    const { performance } = await check(houses);
    expect(performance.labels).toEqual({ joined: 49, contradicting: 1, 'not-found': 1, 'without-key': 1 });
    expect(performance.rows).toMatchObject({ current: 49, unlabelled: 41 });
    const kept = (_: unknown, i: number): boolean => i !== 1;
    expect(performance.current.value).toBeCloseTo(
      rmse(known.filter(kept), answers.slice(0, 50).filter(kept)),
      9,
    );
    expect(performance.reasons.at(-1)).toBe(
      '49 rows have the label that came later for their id; 1 row has labels that contradict each other, and none counts; 1 label found no row; 1 label lacks a value of the key',
    );
  });

  test('keep identifiers apart that are one number', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels } });
    await predicted(houses, [{ ...sold[0]!, id: '7' }, { ...sold[1]!, id: '007' }, ...sold.slice(2)]);
    const others = sold.slice(2, 40).map((_, i) => `${i + 100},1`);
    await houses.folder.write('labels.csv', `id,price\n007,${sold[1]!.price}\n${others.join('\n')}\n`);
    const { performance } = await check(houses);
    expect(performance.labels).toMatchObject({ joined: 1, 'not-found': 38 });
    expect(performance.reasons).toContain('1 label is too few to measure it; 30 are needed');
  });

  test('are those of data.source without more, and never of rows that the model was made with', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log } });
    const trained = housesOf(housesOfYears(firstHouses)).slice(0, 20);
    const answers = await predicted(houses, [...sold, ...trained]);
    const rows = sold.map(({ id, year, size, district, price, dear }) =>
      [id, year, size, district, price, dear].join(','),
    );
    await houses.folder.write('data/sold.csv', `id,year,size,district,price,dear\n${rows.join('\n')}\n`);
    const { performance } = await check(houses);
    expect(performance.rows).toMatchObject({ current: 90, unlabelled: 20 });
    expect(performance.current.value).toBeCloseTo(rmse(sold, answers.slice(0, 90)), 9);
  });

  test('of another version are left out', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels } });
    await predicted(houses, sold);
    const file = path.join(houses.folder.path, 'log/predictions.ndjson');
    const other = (await readFile(file, 'utf8')).replace(/sha256:[0-9a-f]{64}/, `sha256:${'0'.repeat(64)}`);
    await houses.folder.write('log/predictions.ndjson', other);
    await houses.folder.write(
      'labels.csv',
      `id,price\n${sold.map(({ id, price }) => `${id},${price}`).join('\n')}\n`,
    );
    expect((await check(houses)).performance.labels).toMatchObject({ joined: 89, 'not-found': 1 });
  });

  test('that cannot be joined are refused with what is there', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels, key: 'order' } });
    await predicted(houses, sold);
    await houses.folder.write('labels.csv', 'id,price\n1,2\n');
    const asked = driftCheck(
      { pipeline: await houses.folder.pipeline(), history: [] },
      { ...quietPorts(), forge: houses.forge },
    );
    expect(await refusalOf(asked)).toMatch(
      /^labels cannot be joined to their rows: monitor\.source has no column "order" \(which monitor\.key names\); add it, or name what both sides have in monitor\.key; its columns are _time, _request, /,
    );
  });

  test.each([
    [
      'id,cost\n1,2\n',
      'labels cannot be joined to their rows: monitor.labels has no column "price" (the target); give the labels that name; its columns are id, cost',
    ],
    [
      'name,price\n1,2\n',
      'labels cannot be joined to their rows: monitor.labels has no column "id" (which data.key names); add it, or name what both sides have in monitor.key; its columns are name, price',
    ],
    [
      'id,price\n1,cheap\n2,dear\n',
      'the labels of monitor.labels cannot be read: its column "price" holds category values where the model predicts a number; give it the values that the model was trained on',
    ],
  ])('are refused without what they need: %j', async (csv, message) => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels } });
    await predicted(houses, sold);
    await houses.folder.write('labels.csv', csv);
    const asked = driftCheck(
      { pipeline: await houses.folder.pipeline(), history: [] },
      { ...quietPorts(), forge: houses.forge },
    );
    expect(await refusalOf(asked)).toBe(message);
  });

  test('of which a few are not numbers are reported, and the others count', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels } });
    await predicted(houses, sold);
    const lines = sold.map(({ id, price }, i) => `${id},${i === 7 ? 'asked' : price}`);
    await houses.folder.write('labels.csv', `id,price\n${lines.join('\n')}\n`);
    const { performance } = await check(houses);
    expect(performance.rows).toMatchObject({ current: 89, unlabelled: 1 });
    expect(performance.reasons.at(-1)).toBe(
      '89 rows have the label that came later for their id; 1 label is not a number ("asked")',
    );
  });

  test('and have not come at all are reported with the name of their source', async () => {
    await using houses = await monitoredHouses({ monitor: { source: log, labels } });
    await predicted(houses, sold);
    await houses.folder.write('labels.csv', 'id,price\n');
    const { performance, warnings } = await check(houses);
    expect(performance.outcome).toBe('estimated');
    expect(warnings).toEqual(['monitor.labels has no rows (labels.csv)']);
  });
});
