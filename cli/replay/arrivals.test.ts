import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { pipelineFolder, quietPorts, refusalOf } from '../../actions/testing/pipeline-folder.ts';
import { readArrivals } from './arrivals.ts';

const files = {
  'orders.csv': 'id,t,customer,y\n1,2001,a,1\n2,2001,b,2\n3,2002,a,3\n4,2002,b,4\n',
  'customers.csv': 'id,since,city\na,2000,Rome\nb,2000,Oslo\nb,2002,Bonn\n',
};

function config(join: string, facts = ''): string {
  return `task: regression
target: y
data:
  sources:
    orders: { type: file, path: orders.csv }
    customers: { type: file, path: customers.csv${facts} }
  steps:
    - dedupe: [id]
    - join: { with: customers, on: { customer: id }, columns: [city]${join} }
  time: t
`;
}
const asOf = ', as-of: { time: { t: since } }';

describe('replay of rows that steps make of several sources', () => {
  test('refuses a source that is looked up as it is today, unless it is said to have always held', async () => {
    await using folder = await pipelineFolder(config(''), files);
    expect(await refusalOf(readArrivals(await folder.pipeline(), quietPorts()))).toBe(
      `${folder.config}: steps join customers by keys alone, as it is today, and replay would show that to rows of the past. Join as-of a time; or, where what is said there has always held, write\n  data.sources.customers: { timeless: true }`,
    );
    await folder.write('ciclo.yml', config('', ', timeless: true'));
    expect((await readArrivals(await folder.pipeline(), quietPorts())).periods).toEqual(['2001', '2002']);
  });

  test('lets the finished rows arrive, each with what was known at its time', async () => {
    await using folder = await pipelineFolder(config(asOf), files);
    const arrivals = await readArrivals(await folder.pipeline(), quietPorts());
    const rows = async (period: string): Promise<unknown[]> =>
      [...(await arrivals.files(period))].flatMap(([, bytes]) =>
        new TextDecoder()
          .decode(bytes)
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as unknown),
      );
    expect(await rows('2001')).toEqual([
      { id: 1, t: 2001, customer: 'a', y: 1, city: 'Rome' },
      { id: 2, t: 2001, customer: 'b', y: 2, city: 'Oslo' },
    ]);
    expect(await rows('2002')).toEqual([
      { id: 3, t: 2002, customer: 'a', y: 3, city: 'Rome' },
      { id: 4, t: 2002, customer: 'b', y: 4, city: 'Bonn' },
    ]);
    expect(parse(arrivals.configuration(() => {})).data).toEqual({
      source: { type: 'file', path: 'data/*.ndjson' },
      time: 't',
    });
  });
});
