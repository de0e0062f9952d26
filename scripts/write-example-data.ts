/** Writes the data of the example's five pipelines into example-repo/, from the npm package vega-datasets. */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { exampleFiles } from './example-data.ts';

const example = new URL('../example-repo/', import.meta.url);
const files = await exampleFiles();

for (const [name, text] of files) {
  const file = new URL(name, example);
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, text);
}
console.log(`${files.size} files written to ${fileURLToPath(example)}`);
