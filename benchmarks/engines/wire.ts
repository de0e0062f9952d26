/**
 * Bytes that PostgreSQL sends for a drift check, counted between it and Ciclo: `node benchmarks/engines/wire.ts [--exact]`. Needs PostgreSQL's programs (Debian: `apt-get install postgresql`). Reads all rows once as well, for comparison.
 */
import pg from 'pg';
import { driftCheck } from '../../actions/drift-check/drift-check.ts';
import { planLock, writeLock } from '../../actions/prepare/lock.ts';
import { pipelineFolder, quietPorts } from '../../actions/testing/pipeline-folder.ts';
import { openDeployScene } from '../../shared/forge/testing/github-scene.ts';
import { countingProxy } from '../../shared/source/testing/counting-proxy.ts';
import { postgresServer } from '../../shared/source/testing/postgres-server.ts';

const rows = 1_000_000;

/** Half of the numbers as measurements and prices are written, or all of them with every digit of a double. */
const exact = process.argv.includes('--exact');
const written = (value: string, decimals: number): string =>
  exact ? `(${value})::float8` : `round((${value})::numeric, ${decimals})::float8`;

/** Eight numbers, categories of 5, 50 and 5,000, a date, as in benchmarks/scale; what is new is larger. */
const select = (from: number, to: number, day: string, larger: number) => `
  SELECT date '${day}' + i % 365 AS sold, 18 + i % 72 AS age, i % 17 AS visits,
    ${written(`${larger} + 100 * sin(i)`, 2)} AS price, ${written('sqrt(i % 9973)', 4)} AS distance,
    ${written('50 * cos(i * 1.7)', 6)} AS rate, exp(sin(i)) AS score, ln(1 + i % 7717) AS size,
    ${written('3 * (i % 1009) + 10 * sin(i * 0.3)', 2)} AS amount,
    'c' || i % 5 AS few, 'c' || i % 50 AS more, 'c' || i % 5000 AS many
  FROM generate_series(${from}, ${to}) AS i`;

const config = (monitor: string): string => `
name: wire
task: regression
target: amount
data: { source: { type: file, path: data.csv }, time: sold }
monitor:
  source: { type: postgres, query: SELECT * FROM sales }
${monitor}`;

const things = new AsyncDisposableStack();
const server = things.use(await postgresServer());
const client = new pg.Client(server.url);
await client.connect();
await client.query(`CREATE TABLE sales AS ${select(1, rows, '2026-01-01', 20)}`);
const before = await client.query({ text: select(1, 5000, '2025-01-01', 0), rowMode: 'array' });
const lines = before.rows.map((row: unknown[]) =>
  row.map((cell) => (cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell))).join(','),
);
const csv = [before.fields.map(({ name }) => name).join(','), ...lines, ''].join('\n');
await client.end();

const proxy = things.use(await countingProxy(server.port));
const url = server.url.replace(`:${server.port}/`, `:${proxy.port}/`);
const measured: Record<string, unknown> = { rows, columns: before.fields.length };
for (const [name, monitor] of [
  ['counted', ''],
  ['read', `  read-at-most: ${10 * rows}`],
] as const) {
  const scene = things.use(await openDeployScene());
  const folder = things.use(await pipelineFolder(config(monitor), { 'data.csv': csv }));
  const ports = { ...quietPorts({ CICLO_POSTGRES_URL: url }), forge: scene.forge };
  await writeLock(await planLock({ pipeline: await folder.pipeline() }, ports));
  const [start, cpu] = [proxy.received(), process.cpuUsage()];
  const { report } = await driftCheck({ pipeline: await folder.pipeline() }, ports);
  const { user, system } = process.cpuUsage(cpu);
  measured[name] = {
    bytes: proxy.received() - start,
    'own CPU seconds': (user + system) / 1e6,
    outcome: report.outcome,
    rows: report.rows.current,
  };
}
console.log(JSON.stringify(measured, undefined, 2));
await things.disposeAsync();
