/**
 * Writes what is made from the code: the JSON Schemas, the tables of docs/guides/configuration.md and of metrics in
 * docs/guides/validation.md (with the measured coverage of intervals), the tables of benchmarks/retraining and
 * benchmarks/accuracy, those of inputs and outputs in the actions' READMEs and docs/guides/github-actions.md, the list of
 * commands, and the pictures of docs/concepts.
 * With --check nothing is written, and files that are out of date fail the run.
 */
import { readFile } from 'node:fs/promises';
import { accuracyTables } from './accuracy-table.ts';
import { actionTables } from './action-tables.ts';
import { commandListFile } from './command-list.ts';
import { conceptImages } from './concept-images.ts';
import { configurationTables } from './configuration-tables.ts';
import { coverageTables } from './coverage-tables.ts';
import { foldCoverageTable } from './fold-coverage-table.ts';
import { type GeneratedFile, replaceBetween, staleFiles, writeFiles } from './generated-file.ts';
import { metricTables } from './metric-tables.ts';
import { publishedSchemas } from './published-schemas.ts';
import { actionNames } from './release-tree.ts';
import { retrainingTable } from './retraining-table.ts';

async function guide(path: string, marker: string, content: string): Promise<GeneratedFile> {
  return { path, content: replaceBetween(await readFile(path, 'utf8'), marker, content) };
}

async function validationGuide(): Promise<GeneratedFile> {
  const { path, content } = await guide('docs/guides/validation.md', 'metrics', metricTables());
  const covered = replaceBetween(content, 'coverage', await coverageTables());
  return { path, content: replaceBetween(covered, 'folds', await foldCoverageTable()) };
}

async function benchmarksReadme(): Promise<GeneratedFile> {
  const { path, content } = await guide('benchmarks/README.md', 'retraining', await retrainingTable());
  return { path, content: replaceBetween(content, 'accuracy', await accuracyTables()) };
}

async function generatedFiles(): Promise<GeneratedFile[]> {
  const guides = [
    await guide('docs/guides/configuration.md', 'configuration', configurationTables()),
    await validationGuide(),
    await benchmarksReadme(),
  ];
  const actions = (await actionNames('.')).filter((name) => name !== 'entry');
  return [
    await commandListFile(),
    ...publishedSchemas(),
    ...guides,
    ...conceptImages(),
    ...(await actionTables('.', actions)),
  ];
}

const stale = await staleFiles(await generatedFiles());
if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is out of date: npm run schemas writes it again`);
  if (stale.length > 0) process.exitCode = 1;
  else console.log('all generated files are up to date');
} else {
  await writeFiles(stale);
  console.log(
    stale.length === 0 ? 'nothing changed' : `written: ${stale.map(({ path }) => path).join(', ')}`,
  );
}
