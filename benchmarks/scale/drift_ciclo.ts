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

/** Eight numbers, categories of 5, 50 and 5,000, and a day, by the row's number. */
function rowsFrom(first: number, last: number): string {
  const share = (salt: number): string => `(hash(i + ${salt}) % 1000003) / 1000003.0`;
  return [
    'SELECT',
    `round(20 + 80 * ${share(1)} + 9 * ${share(2)}, 2) AS amount,`,
    `CAST(18 + 72 * ${share(2)} AS INTEGER) AS age,`,
    `CAST(12 * ${share(3)} * ${share(4)} AS INTEGER) AS visits,`,
    `round(exp(3 + ${share(5)}), 2) AS price,`,
    `round(-4 * ln(${share(6)} + 0.000001), 4) AS distance,`,
    `round(${share(7)} - ${share(8)}, 6) AS rate,`,
    `${share(9)} AS score,`,
    `CASE WHEN hash(i + 10) % 50 = 0 THEN NULL ELSE 50 + 9 * (${share(11)} + ${share(12)}) END AS load,`,
    `'plan-' || CAST(5 * ${share(13)} AS INTEGER) AS plan,`,
    `'city-' || CAST(50 * ${share(14)} * ${share(15)} AS INTEGER) AS city,`,
    `'product-' || CAST(5000 * ${share(16)} * ${share(17)} AS INTEGER) AS product,`,
    `DATE '2023-01-01' + CAST(1095 * ${share(18)} AS INTEGER) AS day`,
    `FROM range(${first}, ${last}) AS made(i)`,
  ].join(' ');
}

const reference = 50_000;
const config = path.join(folder, 'ciclo.yml');
const source = (query: string) => ({ type: 'duckdb', query, timeout: 3600 });
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
