/**
 * Writes what is made from the code: the JSON Schemas, the tables of docs/guides/configuration.md, and the tables of
 * inputs and outputs in the actions' READMEs and docs/guides/github-actions.md.
 * With --check nothing is written, and files that are out of date fail the run.
 */
import { readFile } from 'node:fs/promises';
import { actionTables } from './action-tables.ts';
import { configurationTables } from './configuration-tables.ts';
import { type GeneratedFile, replaceBetween, staleFiles, writeFiles } from './generated-file.ts';
import { publishedSchemas } from './published-schemas.ts';
import { actionNames } from './release-tree.ts';

const guide = 'docs/guides/configuration.md';

async function generatedFiles(): Promise<GeneratedFile[]> {
  const text = await readFile(guide, 'utf8');
  const content = replaceBetween(text, 'configuration', configurationTables());
  const actions = (await actionNames('.')).filter((name) => name !== 'entry');
  return [...publishedSchemas(), { path: guide, content }, ...(await actionTables('.', actions))];
}

const stale = await staleFiles(await generatedFiles());
if (process.argv.includes('--check')) {
  for (const { path } of stale) console.error(`${path} is out of date: npm run schemas writes it anew`);
  if (stale.length > 0) process.exitCode = 1;
  else console.log('all generated files are up to date');
} else {
  await writeFiles(stale);
  console.log(
    stale.length === 0 ? 'nothing changed' : `written: ${stale.map(({ path }) => path).join(', ')}`,
  );
}
