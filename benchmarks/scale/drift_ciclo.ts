/**
 * `drift-check` of rows that DuckDB makes and counts, see scale.ts: drift_ciclo.ts ROWS FOLDER; prints JSON. CICLO_DUCKDB is
 * a folder that @duckdb/node-api is resolved from.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { driftCheck } from '../../actions/drift-check/drift-check.ts';
import { loadPipeline } from '../../actions/pipeline/pipeline.ts';
import { prepare } from '../../actions/prepare/prepare.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { silentLogger } from '../../shared/platform/logger.ts';

const [rows, folder] = process.argv.slice(2);
const duckdb = process.env.CICLO_DUCKDB;
if (!rows || !folder || !duckdb) throw new Error('usage: CICLO_DUCKDB=FOLDER drift_ciclo.ts ROWS FOLDER');

/** Eight numbers, categories of 5, 50 and 5,000, and a day, by the row's number; cheap to make, so that counting is what is measured. */
function rowsFrom(first: number, last: number): string {
  const whole = (salt: number, bits: number): string => `(hash(i + ${salt}) & ${2 ** bits - 1})`;
  return [
    'SELECT',
    `round(20 + ${whole(1, 20)} * 1e-4, 2) AS amount,`,
    `CAST(18 + ${whole(2, 6)} AS INTEGER) AS age,`,
    `CAST(${whole(3, 4)} AS INTEGER) AS visits,`,
    `floor(20e2 * (1 + ${whole(4, 20)} * 1e-6 * ${whole(5, 20)} * 1e-6)) / 1e2 AS price,`,
    `sqrt(${whole(6, 20)}) AS distance,`,
    `(${whole(7, 20)} - 524288e0) * 1e-6 AS rate,`,
    `${whole(8, 30)} * 1e-9 AS score,`,
    `CASE WHEN ${whole(9, 10)} > 20 THEN 50 + ${whole(10, 20)} * 1e-5 END AS load,`,
    `['free', 'basic', 'plus', 'team', 'firm'][CAST(hash(i + 11) % 5 AS BIGINT) + 1] AS plan,`,
    'cities.name AS city,',
    'products.name AS product,',
    `DATE '2023-01-01' + CAST(${whole(12, 10)} AS INTEGER) AS day`,
    `FROM (${ranges(first, last)}) AS made(i)`,
    `JOIN (${names('city', 50)}) AS cities ON cities.id = hash(i + 13) % 50`,
    `JOIN (${names('product', 5000)}) AS products ON products.id = hash(i + 14) % 5000`,
  ].join(' ');
}

/** Row numbers in parts, which DuckDB makes on several threads: one range is made by one. */
function ranges(first: number, last: number): string {
  const parts = 8;
  const edge = (part: number): number => first + Math.floor(((last - first) * part) / parts);
  return Array.from(
    { length: parts },
    (_, part) => `SELECT range FROM range(${edge(part)}, ${edge(part + 1)})`,
  ).join(' UNION ALL ');
}

const names = (what: string, count: number): string =>
  `SELECT CAST(range AS UBIGINT) AS id, '${what}-' || range AS name FROM range(${count})`;

const reference = 50_000;
const config = path.join(folder, 'ciclo.yml');
const source = (query: string) => ({ type: 'duckdb', query, timeout: 3600, memory: '500MB' });
writeFileSync(
  config,
  JSON.stringify({
    ...{ name: 'scale', task: 'regression', target: 'amount' },
    data: { source: source(rowsFrom(0, reference)) },
    monitor: { source: source(rowsFrom(reference, reference + Number(rows))) },
  }),
);
const ports = { logger: silentLogger, clock: systemClock, environment: {}, packageFolders: [duckdb] };
await prepare({ pipeline: await loadPipeline(config) }, ports);

const before = process.resourceUsage();
const begin = performance.now();
const pipeline = await loadPipeline(config);
const { report } = await driftCheck({ pipeline }, { ...ports, forge: undefined });
const elapsed = performance.now() - begin;
const after = process.resourceUsage();
const used = after.userCPUTime + after.systemCPUTime - before.userCPUTime - before.systemCPUTime;
console.log(
  JSON.stringify({
    contender: 'ciclo and DuckDB',
    outcome: report.outcome,
    drift: report.drift,
    rows: report.rows,
    seconds: Math.round(used / 1e4) / 100,
    elapsed: Math.round(elapsed / 10) / 100,
    before: Math.round(before.maxRSS / 1024),
    megabytes: Math.round(after.maxRSS / 1024),
  }),
);
