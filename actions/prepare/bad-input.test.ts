import { describe, expect, test } from 'vitest';
import { readDatasetParts } from '../../shared/artifacts/folders/dataset-folder.ts';
import { pipelineFolder, quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { prepare } from './prepare.ts';

const config = (parts = '', task = 'regression'): string =>
  `task: ${task}\ntarget: y\ndata: { source: { type: file, path: "*.csv" } }\n${parts}`;

/** A CSV file with a column `id`, an `x` and a `y`. */
function csv(rows: number, x: (i: number) => unknown, y: (i: number) => unknown): string {
  const lines = Array.from({ length: rows }, (_, i) => `${i},${x(i)},${y(i)}`);
  return `id,x,y\n${lines.join('\n')}\n`;
}
const some = (i: number): number => (i * 7) % 11;
const other = (i: number): number => ((i * 7) % 11) + ((i * 5) % 13);

async function refusal(text: string, configuration = config()): Promise<string> {
  await using folder = await pipelineFolder(configuration, { 'rows.csv': text });
  return await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()));
}

describe('bad input', () => {
  test('a word among numbers is found, wherever it is', async () => {
    const text = csv(50_000, (i) => (i === 48_212 ? 'broken' : some(i)), other);
    expect(await refusal(text)).toBe(
      `column "x": 49,999 of 50,000 values are numbers, one is not:
  rows.csv row 48213: "broken"
fix the data; if these texts mean missing, add to ciclo.yml
  prepare: { missing-markers: { add: ["broken"] } }
or, to keep the texts as they are,
  features: { x: { type: category } }`,
    );
    expect(await refusal(text, config('features: { x: { type: number } }\n'))).toBe(
      `column "x": features.x.type is number, but one value is not a number:
  rows.csv row 48213: "broken"
fix the data, add the text to prepare.missing-markers if it means missing, or declare features.x.type: category`,
    );
  });

  test('a word in a column that the lock froze as numbers is found by file and row', async () => {
    await using folder = await pipelineFolder(
      'task: regression\ntarget: y\ndata: { source: { type: file, path: "*.csv" }, key: id, time: t }\n',
      {
        '1.csv': `id,x,y,t\n${Array.from({ length: 60 }, (_, i) => `${i},${some(i)},${other(i)},1`).join('\n')}\n`,
      },
    );
    await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    await folder.write(
      '1.csv',
      `id,x,y,t\n${Array.from({ length: 60 }, (_, i) => `${i},${i < 30 ? 'red' : some(i)},${other(i)},1`).join('\n')}\n`,
    );
    expect(await refusalOf(prepare({ pipeline: await folder.pipeline() }, quietPorts()))).toBe(
      `column "x": ciclo.lock froze its type as number, but 30 values are not a number:
  1.csv row 1: "red"
  1.csv row 2: "red"
  1.csv row 3: "red"
  1.csv row 4: "red"
  1.csv row 5: "red"
  and 25 more
fix the data, add the text to prepare.missing-markers if it means missing, or declare features.x.type: category`,
    );
  });

  test('a target that is missing everywhere', async () => {
    const message =
      'target: "y" is missing in every row: is it the right column, and are prepare.missing-markers right?';
    expect(await refusal(csv(60, some, () => ''))).toBe(message);
    expect(
      await refusal(
        csv(60, some, () => 'NA'),
        config('', 'binary'),
      ),
    ).toBe(message);
  });

  test('a target that is constant', async () => {
    expect(await refusal(csv(60, some, () => 3.5))).toBe(
      'target: "y" is 3.5 in every row: there is nothing to learn. Bring rows with other values, or name another target',
    );
    expect(
      await refusal(
        csv(60, some, () => 'yes'),
        config('', 'multiclass'),
      ),
    ).toBe(
      'target: "y" is "yes" in every row: there is nothing to learn. A classifier needs rows of at least two labels: bring rows of another, or name another target',
    );
  });

  test('a target that does not fit the task', async () => {
    expect(await refusal(csv(60, some, (i) => ['cat', 'dog', 'cow'][i % 3]))).toBe(
      'target: "y" is a category ("cat", "cow", "dog"); task: regression needs a number. For labels use task: binary or multiclass',
    );
    expect(
      await refusal(
        csv(60, some, (i) => ['cat', 'dog', 'cow'][i % 3]),
        config('', 'binary'),
      ),
    ).toBe(
      'target: "y" has 3 different labels (cat, cow, dog); task: binary needs exactly two. Use task: multiclass, or task: regression for a number',
    );
    expect(
      await refusal(
        csv(500, some, (i) => i),
        config('', 'multiclass'),
      ),
    ).toBe(
      'target: "y" has 500 different labels; task: multiclass takes at most 100. They are numbers: use task: regression',
    );
  });

  test('columns of one name', async () => {
    expect(await refusal('id,x,x,y\n1,2,3,4\n')).toBe(
      'rows.csv:1: columns 2 and 3 are both named "x"; every column needs a name of its own',
    );
  });

  test('NaN and Infinity are missing, and infinite numbers are counted', async () => {
    await using folder = await pipelineFolder(config(), {
      'rows.csv': csv(
        60,
        (i) => (i === 7 ? 'Infinity' : i === 8 ? '-inf' : i === 9 ? 'NaN' : some(i)),
        other,
      ),
    });
    const { quality } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect(quality.columns.find(({ name }) => name === 'x')).toMatchObject({ type: 'number', missing: 3 });
    expect(quality.changes).toEqual([
      {
        rule: 'non-finite',
        effect: 'set-missing',
        column: 'x',
        rows: 2,
        examples: [
          { part: 'rows.csv', row: 8, value: 'Infinity' },
          { part: 'rows.csv', row: 9, value: '-Infinity' },
        ],
      },
    ]);
  });

  test('a category of 100,000 texts is hashed, with a warning', async () => {
    await using folder = await pipelineFolder(config(), {
      'rows.csv': csv(100_000, (i) => `text ${i}`, other),
    });
    const { quality, folder: written } = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    expect(quality.checks.find(({ check }) => check === 'many-categories')).toMatchObject({
      status: 'warn',
      column: 'x',
      message:
        'x has 100,000 different texts, which the recipe hashes into buckets: is it an identifier? prepare.exclude leaves it out',
    });
    const { recipe } = await readDatasetParts(written);
    expect(JSON.stringify(recipe)).not.toContain('text 1');
    expect(JSON.stringify(recipe).length).toBeLessThan(10_000);
  });

  test('no rows at all', async () => {
    expect(await refusal('id,x,y\n')).toBe('data.source: there are no rows');
  });

  test('too few rows for three sides', async () => {
    expect(await refusal('id,x,y\n1,2,3\n2,3,4\n')).toMatch(
      /^split: no row is left for test \(train 1, validation 1, test 0\): 2 rows .*\. Bring more rows/,
    );
  });

  test('every column that ciclo.yml names and the data lacks, with a guess', async () => {
    const wrong = config('features: { weigth: { type: number } }\nprepare: { exclude: [nmae] }\n').replace(
      'target: y',
      'target: why',
    );
    expect(await refusal('id,weight,name,y\n1,2,a,3\n', wrong)).toBe(
      `target: the data has no column "why"
features: the data has no column "weigth"; did you mean weight?
prepare.exclude: the data has no column "nmae"; did you mean name?
the columns are: id, weight, name, y`,
    );
  });
});
