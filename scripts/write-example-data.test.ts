import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../shared/config/load.ts';

const folder = new URL('../example-repo/data/', import.meta.url);

describe('the example repository', () => {
  it('has a file for each model year from 1970 to 1982 but 1981', async () => {
    const years = [70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 82];
    expect((await readdir(folder)).sort()).toEqual(years.map((year) => `cars-19${year}.csv`));
  });

  it('keeps the 406 cars and what is missing of them', async () => {
    const files = (await readdir(folder)).map((name) => readFile(new URL(name, folder), 'utf8'));
    const rows = (await Promise.all(files)).flatMap((text) => text.trimEnd().split('\n').slice(1));
    const cells = rows.map((row) => row.split(','));
    expect(rows).toHaveLength(406);
    expect(cells.filter((row) => row[1] === '')).toHaveLength(8);
    expect(cells.filter((row) => row[4] === '')).toHaveLength(6);
  });

  it('has a configuration that is right', async () => {
    const { config } = await loadConfig('example-repo/ciclo.yml');
    expect(config.train.candidates.map((candidate) => candidate.type)).toEqual(['linear', 'neural-network']);
  });
});
