import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { drawSample, type EngineRows, queryOfSample } from '../engine-sample.ts';
import type { SourceEngine } from '../source-engine.ts';

type Engine = Pick<SourceEngine, 'dialect' | 'query' | 'columns' | 'ask'>;

/** An engine with rows of its own, which it lists by statements. */
export interface SampledEngine {
  /** @param query a SELECT. */
  open(query: string): Promise<Engine & AsyncDisposable>;
  /** A SELECT of whole numbers from 0 on as a column `id`, with others made of it. */
  rows(count: number): string;
}

/** Of an id: its label; none for some. */
const labelOf = (id: number): string | null =>
  id % 11 === 5 ? null : id % 50 === 0 ? "it's" : id % 3 ? 'no' : 'yes';
/** The label in SQL that all three engines read. */
export const labelSql = (id: string): string =>
  `CASE WHEN ${id} % 11 = 5 THEN NULL WHEN ${id} % 50 = 0 THEN 'it''s' WHEN ${id} % 3 = 0 THEN 'yes' ELSE 'no' END`;

const hashOf = (text: string): string => createHash('md5').update(text).digest('hex').slice(0, 13);

/** Ids by stratum, those of the smallest MD5 first, as Node makes it. */
function idsByStratum(count: number): Map<string | null, number[]> {
  const found = new Map<string | null, number[]>();
  for (let id = 0; id < count; id++) found.set(labelOf(id), [...(found.get(labelOf(id)) ?? []), id]);
  for (const ids of found.values()) {
    ids.sort((a, b) => (hashOf(String(a)) < hashOf(String(b)) ? -1 : 1));
  }
  return found;
}

async function idsIn(engine: Engine, query: string): Promise<number[]> {
  const column = engine.dialect.identifier('id');
  const rows = await engine.ask(`SELECT ${column} FROM (${query}) AS drawn`);
  return rows.map(([id]) => Number(id)).sort((a, b) => a - b);
}

/** What holds of a sample in any engine. */
export function samplesAsTold(engine: () => SampledEngine): void {
  const drawn = async (count: number, rows: number, by: string | null = 'label') => {
    await using opened = await engine().open(engine().rows(count));
    const asked: EngineRows = { engine: opened, unit: ['id'], window: undefined };
    const rule = { rows, ...(by === null ? {} : { by }) };
    const { record, newest } = await drawSample(asked, { rule, time: 'id' });
    return { record, newest, ids: await idsIn(opened, queryOfSample(asked, record, true)) };
  };

  test('takes of each value the rows whose keys have the smallest MD5, in proportion', async () => {
    const { record, ids, newest } = await drawn(3000, 500);
    expect(newest).toBe('2999');
    expect(ids).toHaveLength(500);
    const all = idsByStratum(3000);
    expect(record).toMatchObject({ rows: 500, of: 3000, by: 'label' });
    expect(record.strata.map(({ value }) => value)).toEqual(["it's", 'no', 'yes', null]);
    for (const { value, of, upTo } of record.strata) {
      const own = all.get(value ?? null)!;
      expect(of).toBe(own.length);
      const mine = ids.filter((id) => labelOf(id) === value);
      expect(mine.length).toBeGreaterThan((own.length * 500) / 3000 - 4);
      expect(mine.length).toBeLessThan((own.length * 500) / 3000 + 4);
      expect(mine).toEqual(own.slice(0, mine.length).sort((a, b) => a - b));
      expect(upTo).toBe(hashOf(String(own[mine.length - 1])));
    }
  });

  test('takes without a column those of the smallest MD5, and all of a small table', async () => {
    const { record, ids } = await drawn(3000, 77, null);
    const order = Array.from({ length: 3000 }, (_, id) => id);
    order.sort((a, b) => (hashOf(String(a)) < hashOf(String(b)) ? -1 : 1));
    expect(ids).toEqual(order.slice(0, 77).sort((a, b) => a - b));
    expect(record.strata).toEqual([{ of: 3000, upTo: hashOf(String(order[76])) }]);
    const few = await drawn(40, 77);
    expect(few.ids).toHaveLength(40);
    expect(few.record.strata.every(({ upTo }) => upTo === 'f'.repeat(13))).toBe(true);
  });

  test('draws the same rows again as the table grows, and those of a smaller sample', async () => {
    const { record, ids } = await drawn(3000, 500);
    await using opened = await engine().open(engine().rows(9000));
    const asked: EngineRows = { engine: opened, unit: ['id'], window: { column: 'id', until: '2999' } };
    expect(await idsIn(opened, queryOfSample(asked, record, false))).toEqual(ids);
    const again = await drawSample(asked, { rule: { rows: 500, by: 'label' }, time: 'id' });
    expect(again.record).toEqual(record);
    const grown = await drawn(9000, 500);
    const stay = grown.ids.filter((id) => id < 3000);
    expect(stay.length).toBeGreaterThan(100);
    expect(ids.filter((id) => stay.includes(id)).length).toBeGreaterThan(stay.length - 5);
  });

  test('tells the value of a key from that of the next column', async () => {
    await using opened = await engine().open(
      "SELECT * FROM (VALUES ('a', 'bc', 1), ('ab', 'c', 2), (NULL, 'abc', 3), ('abc', NULL, 4)) AS t (one, other, id)",
    );
    const asked: EngineRows = { engine: opened, unit: ['one', 'other'], window: undefined };
    const { record } = await drawSample(asked, { rule: { rows: 1 }, time: undefined });
    expect(await idsIn(opened, queryOfSample(asked, record, true))).toHaveLength(1);
  });

  test('names no value that fewer than five rows have, and draws of these together', async () => {
    await using opened = await engine().open(
      `SELECT id, CASE WHEN id < 3 THEN 'Ada' WHEN id < 5 THEN 'Alan' WHEN id < 7 THEN NULL ELSE 'no' END AS who FROM (${engine().rows(60)}) AS counted`,
    );
    const asked: EngineRows = { engine: opened, unit: ['id'], window: undefined };
    const { record } = await drawSample(asked, { rule: { rows: 20, by: 'who' }, time: undefined });
    expect(record.strata).toMatchObject([
      { others: true, of: 5 },
      { value: 'no', of: 53 },
      { value: null, of: 2 },
    ]);
    const ids = await idsIn(opened, queryOfSample(asked, record, false));
    const firstOf = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => from + i).sort((a, b) =>
        hashOf(String(a)) < hashOf(String(b)) ? -1 : 1,
      );
    // By d'Hondt 1 of 5, 18 of 53 and 1 of 2.
    expect(ids).toEqual(
      [firstOf(0, 5)[0]!, firstOf(5, 7)[0]!, ...firstOf(7, 60).slice(0, 18)].sort((a, b) => a - b),
    );
  });

  test('refuses a column that nearly every row has another value of', async () => {
    await expect(drawn(3000, 500, 'id')).rejects.toThrow(
      'data.sample: column "id" has more than 1,000 different values',
    );
  });
}
