/**
 * The whole work by Ciclo, see ingest.ts: ingest_ciclo.ts FILE FOLDER MIN_COUNT; prints JSON. It runs what the verb
 * prepare runs, with its checks, profile and digests, and then the recipe, as training does.
 */
import { open } from 'node:fs/promises';
import path from 'node:path';
import { datasetFiles } from '../../shared/artifacts/folders/dataset-folder.ts';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import { configSchema } from '../../shared/config/sections/schema.ts';
import { prepareDataset, readOptionsFor } from '../../shared/dataset/prepare-dataset.ts';
import { profileTable } from '../../shared/dataset/profile/profile.ts';
import { fitRecipe } from '../../shared/dataset/recipe/recipe.ts';
import { compileRecipe } from '../../shared/dataset/recipe/recipe-runner.ts';
import { heldOutRows } from '../../shared/dataset/split/divided-rows.ts';
import { systemClock } from '../../shared/platform/clock.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { readSource } from '../../shared/source/read-source.ts';

const [file, folder, minCount] = process.argv.slice(2);
if (!file || !folder || !minCount) throw new Error('usage: ingest_ciclo.ts FILE FOLDER MIN_COUNT');
const texts = {
  type: 'category',
  encode: 'one-hot',
  'max-categories': 10_000,
  'min-count': Number(minCount),
};
const config = configSchema.parse({
  task: 'regression',
  target: 'delay',
  data: { source: { type: 'file', path: file } },
  features: { distance: { type: 'number' }, origin: texts, destination: texts },
});
const logger = silentLogger;

const begin = performance.now();
const options = {
  ...readOptionsFor(config),
  columns: new Set(['delay', 'distance', 'origin', 'destination']),
};
const ports = { logger, clock: systemClock, environment: {}, directory: path.dirname(file) };
let source: Awaited<ReturnType<typeof readSource>> | undefined = await readSource(
  config.data.source!,
  options,
  ports,
);
const read = performance.now();
const prepared = heldOutRows(prepareDataset({ source, config }, { logger }));
source = undefined;
const { schema, splits, filteredTest, quality } = prepared;
const train = splits.train.table;
const recipe = fitRecipe(train, schema, config);
const parts = { schema, recipe, profile: profileTable(train, schema), quality };
const fitted = performance.now();
const head = {
  kind: 'dataset',
  pipeline: 'flights',
  fingerprint: sha256('flights'),
  inputs: {},
  seed: 1,
  versions: {},
} as const;
await writeFolder(folder, head, datasetFiles(parts, { kind: 'hold-out', splits, filteredTest }));
const written = performance.now();

const runner = compileRecipe(recipe);
for (const [name, { table }] of Object.entries(splits)) {
  const out = await open(path.join(folder, `${name}.f32`), 'w');
  for (let from = 0; from < table.rows; from += 100_000) {
    const inputs = runner.applyTable(table, { from, to: Math.min(from + 100_000, table.rows) });
    await out.write(new Uint8Array(inputs.buffer, inputs.byteOffset, inputs.byteLength));
  }
  await out.close();
}
const end = performance.now();

const seconds = (from: number, to: number): number => Math.round(to - from) / 1000;
console.log(
  JSON.stringify({
    contender: 'ciclo',
    rows: Object.values(splits).reduce((sum, { table }) => sum + table.rows, 0),
    width: runner.width,
    read: seconds(begin, read),
    prepare: seconds(read, fitted),
    write: seconds(fitted, written),
    transform: seconds(written, end),
    seconds: seconds(begin, end),
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
