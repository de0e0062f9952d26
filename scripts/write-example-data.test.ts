import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../shared/config/load.ts';
import { exampleFiles } from './example-data.ts';

const example = new URL('../example-repo/', import.meta.url);

/** Rows of all files of a folder, as cells; none of them is quoted in the middle of a column that is looked at here. */
async function rowsOf(folder: string): Promise<string[][]> {
  const names = (await readdir(new URL(folder, example))).sort();
  const texts = await Promise.all(
    names.map((name) => readFile(new URL(`${folder}/${name}`, example), 'utf8')),
  );
  return texts.flatMap((text) =>
    text
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')),
  );
}

/** Lines of a file of vega-datasets, without its header. */
async function packagedLines(name: string): Promise<string[]> {
  const file = new URL(`../node_modules/vega-datasets/data/${name}`, import.meta.url);
  return (await readFile(file, 'utf8')).trimEnd().split(/\r?\n/).slice(1);
}

function yearsOf(prefix: string, years: readonly number[]): string[] {
  return years.map((year) => `${prefix}-${year}.csv`);
}

describe('the example repository', () => {
  it('holds the data of the package, as scripts/write-example-data.ts writes them', async () => {
    const files = await exampleFiles();
    for (const [name, text] of files) {
      expect(await readFile(new URL(name, example), 'utf8'), name).toBe(text);
    }
    const folders = new Set([...files.keys()].map((name) => path.dirname(name)));
    expect([...folders].sort()).toEqual([
      'data',
      'flights',
      'flights/data',
      'python/data',
      'strikes/data',
      'weather/data',
    ]);
    for (const folder of folders) {
      const written = [...files.keys()].filter((name) => path.dirname(name) === folder);
      const there = await readdir(new URL(folder, example));
      expect(there.filter((name) => name.endsWith('.csv')).sort()).toEqual(
        written.map((name) => path.basename(name)).sort(),
      );
    }
  });

  it('has a file for each year: cars of 1970 to 1982 but 1981, strikes of 1990 to 2002, weather of 2012 to 2015', async () => {
    const cars = [70, 71, 72, 73, 74, 75, 76, 77, 78, 79, 80, 82].map((year) => 1900 + year);
    const strikes = [...Array(13).keys()].map((i) => 1990 + i);
    const names = async (folder: string) => (await readdir(new URL(folder, example))).sort();
    expect(await names('data')).toEqual(yearsOf('cars', cars));
    expect(await names('strikes/data')).toEqual(yearsOf('strikes', strikes));
    expect(await names('weather/data')).toEqual(yearsOf('weather', [2012, 2013, 2014, 2015]));
  });

  it('keeps the 406 cars and what is missing of them', async () => {
    const rows = await rowsOf('data');
    expect(rows).toHaveLength(406);
    expect(rows.filter((row) => row[1] === '')).toHaveLength(8);
    expect(rows.filter((row) => row[4] === '')).toHaveLength(6);
  });

  it('keeps every cell of the 10,000 strikes, and says damage where it was other than "None"', async () => {
    const packaged = (await packagedLines('birdstrikes.csv')).map((line) => {
      const [airport, aircraft, damage, date, operator, state, phase, size, species, day, ...rest] =
        line.split(',');
      const [other, repair, total, speed] = rest;
      const damaged = damage === 'None' ? 'no' : 'yes';
      return [
        date,
        airport,
        state,
        operator,
        aircraft,
        phase,
        day,
        speed,
        species,
        size,
        damaged,
        repair,
        other,
        total,
      ];
    });
    const rows = await rowsOf('strikes/data');
    expect(rows.map(String).sort()).toEqual(packaged.map(String).sort());
    // "None" in 8,939 of 10,000 rows, as Python's csv module reads them.
    expect(rows.filter((row) => row[10] === 'yes')).toHaveLength(1061);
    expect(rows.filter((row) => row[7] === '')).toHaveLength(2836);
  });

  it('keeps every line of the weather of 1,461 days', async () => {
    const rows = await rowsOf('weather/data');
    expect(rows.map(String)).toEqual(await packagedLines('seattle-weather.csv'));
    expect(rows).toHaveLength(1461);
  });

  it('keeps the 10,000 flights of three months, and where their airports are', async () => {
    const file = new URL('../node_modules/vega-datasets/data/flights-10k.json', import.meta.url);
    const packaged = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[];
    const cells = packaged.map(({ date, delay, distance, origin, destination }) => {
      const [day, time] = String(date).split(' ');
      return [`${day!.replaceAll('/', '-')}T${time}`, delay, distance, origin, destination].map(String);
    });
    const rows = await rowsOf('flights/data');
    expect(rows.map(String).sort()).toEqual(cells.map(String).sort());
    const airports = await packagedLines('airports.csv');
    const known = await readFile(new URL('flights/airports.csv', example), 'utf8');
    const lines = known.trimEnd().split('\n').slice(1);
    for (const line of lines) {
      const [iata, city, state, latitude, longitude] = line.split(',');
      expect(
        airports.some(
          (whole) =>
            whole.startsWith(`${iata},`) && whole.endsWith(`,${city},${state},USA,${latitude},${longitude}`),
        ),
      ).toBe(true);
    }
    expect(new Set(lines.map((line) => line.slice(0, 3)))).toEqual(
      new Set(rows.flatMap((row) => [row[3], row[4]])),
    );
  });

  it('keeps every cell of the 344 penguins', async () => {
    const file = new URL('../node_modules/vega-datasets/data/penguins.json', import.meta.url);
    const packaged = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>[];
    const names = ['Species', 'Island', 'Beak Length (mm)', 'Beak Depth (mm)', 'Flipper Length (mm)'];
    const cells = packaged.map((penguin) =>
      [...names, 'Body Mass (g)', 'Sex'].map((name) => String(penguin[name] ?? '')),
    );
    expect(await rowsOf('python/data')).toEqual(cells);
    expect(cells).toHaveLength(344);
  });

  it('has a configuration of penguins that is right, with a command that is there', async () => {
    const { config } = await loadConfig('example-repo/python/ciclo.yml');
    expect(config).toMatchObject({ name: 'penguins', task: 'regression' });
    expect(config.train.candidates).toMatchObject([{ type: 'command', run: 'python train.py' }]);
    await expect(readFile(new URL('python/train.py', example), 'utf8')).resolves.toMatch(/CICLO_OUTPUT/);
  });

  it('pins what the script needs, with hashes', async () => {
    const text = await readFile(new URL('python/requirements.txt', example), 'utf8');
    const packages = text.split(/\n(?=\S)/).filter((line) => /^[a-z]/.test(line));
    for (const wanted of ['lightgbm==', 'onnxmltools==', 'pandas==']) {
      expect(packages.filter((line) => line.startsWith(wanted))).toHaveLength(1);
    }
    for (const line of packages) expect(line).toMatch(/^\S+==\S+.*\n +--hash=sha256:[0-9a-f]{64}/);
  });

  it.each([
    { config: 'ciclo.yml', name: 'fuel', task: 'regression', types: undefined },
    {
      ...{ config: 'strikes/ciclo.yml', name: 'strikes', task: 'binary' },
      types: ['linear', 'boosted-trees', 'neural-network'],
    },
    { config: 'weather/ciclo.yml', name: 'weather', task: 'multiclass', types: undefined },
  ])(
    'has a configuration of $name that is right, with the portfolio or candidates of its own',
    async (one) => {
      const { config } = await loadConfig(`example-repo/${one.config}`);
      expect(config).toMatchObject({ name: one.name, task: one.task });
      expect(config.train.candidates?.map(({ type }) => type)).toEqual(one.types);
    },
  );
});
