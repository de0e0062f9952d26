import { describe, expect, test } from 'vitest';
import type { SqlColumn } from './dialect.ts';
import { duckdbDialect } from './duckdb-dialect.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { countStrata, lastHashes, type SampledRows, sampledQuery } from './sample-statements.ts';
import { recordOf, stratumShares } from './stratum-shares.ts';
import { trinoDialect } from './trino-dialect.ts';

const id: SqlColumn = { name: 'id', kind: 'number', type: 'bigint' };
const label: SqlColumn = { name: 'label', kind: 'text', type: 'varchar' };
const rows = { query: 'SELECT * FROM sales;', where: ['day <= 1e3'] };
const sampled: SampledRows = { dialect: trinoDialect, rows, unit: [id], by: label, declared: ["it's"] };
const columns = [id, label];

const key = `coalesce(CAST("id" AS varchar), '\u001e')`;
const hash = `substr(lower(to_hex(md5(to_utf8(${key})))), 1, 13)`;
const stratum = `coalesce(CAST("label" AS varchar), '\u001e')`;
const hashed = `(SELECT ${stratum} AS s, ${hash} AS h FROM (SELECT * FROM sales\n) AS rows_of_source WHERE (day <= 1e3)) AS hashed`;

describe('statements that draw a sample in Trino', () => {
  test('count rows by stratum and beginning of the hash, in an answer of bounded size', () => {
    expect(countStrata(sampled).sql).toBe(
      `SELECT s, substr(h, 1, 2), count(*) FROM ${hashed} GROUP BY s, substr(h, 1, 2) LIMIT 256001`,
    );
  });

  test('sort only the rows of the bucket in which a share ends', () => {
    const strata = countStrata(sampled).read([
      ...[
        ['no', '00', '40'],
        ['no', '7f', '60'],
        ['no', 'ff', '100'],
      ],
      ...[
        ['\u001e', '01', 1],
        ["it's", '00', 2],
        ["it's", 'a0', 2],
      ],
    ]);
    expect(strata?.map(({ value }) => value)).toEqual(["it's", 'no', null]);
    const shares = stratumShares(strata!, 103);
    // 200, 4 and 1 rows of 205: by d'Hondt 100, 2 and 1.
    expect(shares).toEqual([
      { value: "it's", of: 4, prefix: '00', rank: 2 },
      { value: 'no', of: 200, prefix: '7f', rank: 60 },
      { value: null, of: 1 },
    ]);
    const statement = lastHashes(sampled, shares)!;
    expect(statement.sql).toBe(
      `SELECT s, h FROM (SELECT s, h, row_number() OVER (PARTITION BY s ORDER BY h) AS n FROM ${hashed} ` +
        `WHERE substr(h, 1, 2) = CASE s WHEN 'it''s' THEN '00' WHEN 'no' THEN '7f' END) AS ranked ` +
        `WHERE n = CASE s WHEN 'it''s' THEN 2 WHEN 'no' THEN 60 END`,
    );
    const last = statement.read([
      ["it's", '00ffffffffff1'],
      ['no', '7faaaaaaaaaa2'],
    ]);
    const record = recordOf(sampled, 103, shares, last);
    expect(record).toEqual({
      ...{ rows: 103, of: 205, by: 'label' },
      strata: [
        { value: "it's", of: 4, upTo: '00ffffffffff1' },
        { value: 'no', of: 200, upTo: '7faaaaaaaaaa2' },
        { value: null, of: 1, upTo: 'fffffffffffff' },
      ],
    });
    expect(sampledQuery(sampled, record, { columns, ordered: false })).toBe(
      'SELECT "id", "label" FROM (SELECT * FROM sales\n) AS rows_of_source WHERE (day <= 1e3) AND ' +
        `(${hash} <= CASE ${stratum} WHEN 'it''s' THEN '00ffffffffff1' WHEN 'no' THEN '7faaaaaaaaaa2' WHEN '\u001e' THEN 'fffffffffffff' END)`,
    );
  });

  test('name no value that fewer than five rows have', () => {
    const asked: SampledRows = { ...sampled, declared: [] };
    const strata = countStrata(asked).read([
      ...[
        ['no', '00', 40],
        ['no', '7f', 60],
      ],
      ['Ada', '01', 2],
      ['Alan', '01', 4],
      ['\u001e', '30', 3],
    ]);
    const shares = stratumShares(strata!, 20);
    expect(shares.map(({ of }) => of)).toEqual([6, 100, 3]);
    const last = lastHashes(asked, shares)!;
    const one = `CASE WHEN ${stratum} IN ('\u001e', 'no') THEN ${stratum} ELSE '\u001d' END`;
    expect(last.sql).toContain(`(SELECT ${one} AS s, ${hash} AS h FROM `);
    const record = recordOf(asked, 20, shares, last.read([['\u001d', '0111111111111']]));
    expect(record.strata[0]).toEqual({ others: true, of: 6, upTo: '0111111111111' });
    const query = sampledQuery(asked, record, { columns, ordered: false });
    expect(query).toContain(`CASE ${one} WHEN '\u001d' THEN '0111111111111' WHEN 'no'`);
    expect(JSON.stringify([query, record])).not.toMatch(/Ada|Alan/);
  });

  test('compare with one hash where there are no strata, and ask nothing more where all rows fit', () => {
    const whole: SampledRows = { ...sampled, by: undefined };
    const strata = countStrata(whole).read([['\u001e', '00', 40]]);
    const shares = stratumShares(strata!, 50);
    expect(lastHashes(whole, shares)).toBeUndefined();
    const record = recordOf(whole, 50, shares, new Map());
    expect(record).toEqual({ rows: 50, of: 40, strata: [{ of: 40, upTo: 'fffffffffffff' }] });
    expect(sampledQuery(whole, record, { columns, ordered: true })).toContain(
      `(${hash} <= 'fffffffffffff') ORDER BY ${hash}, CAST("id" AS varchar), CAST("label" AS varchar)`,
    );
  });
});

test('a hash is written as each engine has it', () => {
  expect(duckdbDialect.hash('x')).toBe('substr(md5(x), 1, 13)');
  expect(postgresDialect.hash('x')).toBe('(substr(md5(x), 1, 13) COLLATE "C")');
  expect(trinoDialect.hash('x')).toBe('substr(lower(to_hex(md5(to_utf8(x)))), 1, 13)');
});
