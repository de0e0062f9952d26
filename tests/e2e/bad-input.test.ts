import { mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { prepareJsonSchema } from '../../cli/json/json-output.ts';
import { type ApiServer, apiServer } from './support/api-server.ts';
import { addFiles, ciclo, type Ended, projectOf, removeAll } from './support/ciclo-process.ts';
import { housesConfig, housesCsv } from './support/small-data.ts';

const folders: string[] = [];
afterAll(() => removeAll(folders));

async function project(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await projectOf('bad input', { 'ciclo.yml': housesConfig(), ...files });
  folders.push(folder);
  return folder;
}

async function prepare(
  files: Readonly<Record<string, string | Uint8Array>>,
  argv: string[] = [],
): Promise<Ended> {
  return ciclo(['prepare', ...argv], { cwd: await project(files) });
}

/** A mistake: exit code 2, nothing on stdout, one message without a stack. Returns the message. */
function mistakeOf(ended: Ended): string {
  expect(ended.stderr).not.toMatch(/^\s+at /m);
  expect(ended.stdout).toBe('');
  expect(ended.code).toBe(2);
  const errors = ended.stderr.split('\n').filter((line) => line.startsWith('error: '));
  expect(errors).toHaveLength(1);
  return ended.stderr.slice(ended.stderr.indexOf('error: ') + 'error: '.length).trimEnd();
}

describe('files', () => {
  test('a file that is not there', async () => {
    const config = housesConfig('', '{ type: file, path: data/house.csv }');
    const ended = await prepare({ 'ciclo.yml': config, 'data/houses.csv': housesCsv(50) });
    expect(mistakeOf(ended)).toBe(
      'data.source.path: "data/house.csv" matches no file in folder data; did you mean "data/houses.csv"?',
    );
  });

  test('a glob without a match', async () => {
    const config = housesConfig('', '{ type: file, path: data/*.parquet }');
    const ended = await prepare({ 'ciclo.yml': config, 'data/houses.csv': housesCsv(50) });
    expect(mistakeOf(ended)).toBe(
      'data.source.path: "data/*.parquet" matches no file in folder data, which holds houses.csv',
    );
  });

  test('an empty file', async () => {
    expect(mistakeOf(await prepare({ 'data/houses.csv': '' }))).toBe(
      'data/houses.csv is empty; a CSV file begins with a row of column names',
    );
  });

  test('a header without rows', async () => {
    expect(mistakeOf(await prepare({ 'data/houses.csv': 'id,area,rooms,town,price\n' }))).toBe(
      'data.source: there are no rows',
    );
  });

  test('a row with too many fields', async () => {
    const csv = housesCsv(50, (row, cells) => (row === 17 ? [...cells, 'more'] : cells));
    expect(mistakeOf(await prepare({ 'data/houses.csv': csv }))).toMatch(
      /^data\/houses\.csv:18: row 17 has 6 fields, the header has 5 \("id, area, rooms, town, price"\): "17,.*,more"\. A text that holds the delimiter must stand in quotation marks\.$/,
    );
  });

  test('two columns of one name', async () => {
    const csv = housesCsv(50).replace('id,area,rooms', 'id,area,area');
    expect(mistakeOf(await prepare({ 'data/houses.csv': csv }))).toBe(
      'data/houses.csv:1: columns 2 and 3 are both named "area"; every column needs a name of its own',
    );
  });

  test('one word in a number column, row 48,213', async () => {
    const csv = housesCsv(50_000, (row, cells) => (row === 48_213 ? cells.with(1, 'about 90') : cells));
    expect(mistakeOf(await prepare({ 'data/houses.csv': csv }))).toBe(
      `column "area": 49,999 of 50,000 values are numbers, one is not:
  data/houses.csv row 48213: "about 90"
fix the data; if these texts mean missing, add to ciclo.yml
  prepare: { missing-markers: { add: ["about 90"] } }
or, to keep the texts as they are,
  features: { area: { type: category } }`,
    );
    const config = housesConfig('features:\n  area: { type: number }\n');
    expect(mistakeOf(await prepare({ 'ciclo.yml': config, 'data/houses.csv': csv }))).toBe(
      `column "area": features.area.type is number, but one value is not a number:
  data/houses.csv row 48213: "about 90"
fix the data, add the text to prepare.missing-markers if it means missing, or declare features.area.type: category`,
    );
  });

  test('a Parquet file cut short', async () => {
    const folder = await project({});
    await mkdir(path.join(folder, 'data'));
    const { tableToArrow } = await import('../../shared/dataset/arrow/arrow.ts');
    const table = {
      rows: 2,
      columns: new Map([['price', { type: 'number' as const, values: new Float64Array([1, 2]) }]]),
    };
    await writeFile(path.join(folder, 'data', 'cut.arrow'), tableToArrow(table).subarray(0, 200));
    await writeFile(path.join(folder, 'data', 'cut.parquet'), `PAR1${'\0'.repeat(500)}`);
    await writeFile(
      path.join(folder, 'ciclo.yml'),
      housesConfig('', '{ type: file, path: data/cut.parquet }'),
    );
    expect(mistakeOf(await ciclo(['prepare'], { cwd: folder }))).toBe(
      'data/cut.parquet is cut short: it begins as a Parquet file but its 504 bytes do not end as one ("PAR1"); copy or write it again',
    );
    await writeFile(path.join(folder, 'ciclo.yml'), housesConfig('', '{ type: file, path: data/cut.arrow }'));
    expect(mistakeOf(await ciclo(['prepare'], { cwd: folder }))).toBe(
      'data/cut.arrow is not a whole Arrow IPC file or stream (it begins as a file but does not end with ARROW1); write it again',
    );
  });
});

describe('values', () => {
  test('a target that is missing everywhere', async () => {
    const csv = housesCsv(100, (_, cells) => cells.with(4, 'NA'));
    expect(mistakeOf(await prepare({ 'data/houses.csv': csv }))).toBe(
      'target: "price" is missing in every row: is it the right column, and are prepare.missing-markers right?',
    );
  });

  test('a target that is constant', async () => {
    const csv = housesCsv(100, (_, cells) => cells.with(4, '7'));
    expect(mistakeOf(await prepare({ 'data/houses.csv': csv }))).toBe(
      'target: "price" is 7 in every row: there is nothing to learn. Bring rows with other values, or name another target',
    );
  });

  test('a target that is no column', async () => {
    const config = housesConfig().replace('target: price', 'target: prize');
    const message = mistakeOf(await prepare({ 'ciclo.yml': config, 'data/houses.csv': housesCsv(50) }));
    expect(message).toBe(
      'target: the data has no column "prize"; did you mean price?\nthe columns are: id, area, rooms, town, price',
    );
  });

  test('NaN and Infinity become missing, and are counted', async () => {
    const csv = housesCsv(200, (row, cells) =>
      row === 3
        ? cells.with(1, 'Infinity')
        : row === 5
          ? cells.with(1, '-inf')
          : row === 6
            ? cells.with(1, 'NaN')
            : cells,
    );
    const folder = await project({ 'data/houses.csv': csv });
    const ended = await ciclo(['prepare', '--json'], { cwd: folder });
    expect(ended.code).toBe(0);
    const { rows } = prepareJsonSchema.parse(JSON.parse(ended.stdout));
    expect(rows.kept).toBe(200);
    const quality = JSON.parse(
      await readFile(path.join(folder, '.ciclo', 'dataset', 'quality.json'), 'utf8'),
    );
    expect(quality.changes).toContainEqual(
      expect.objectContaining({ rule: 'non-finite', column: 'area', effect: 'set-missing', rows: 2 }),
    );
    expect(quality.columns).toContainEqual(
      expect.objectContaining({ name: 'area', type: 'number', missing: 3 }),
    );
  });

  test('a category with 100,000 values is hashed, not refused, where it is declared', async () => {
    const csv = housesCsv(100_000, (row, cells) => cells.with(3, `town-${row}`));
    const config = housesConfig('features:\n  town: { type: category }\n');
    const folder = await project({ 'ciclo.yml': config, 'data/houses.csv': csv });
    const ended = await ciclo(['prepare', '--json'], { cwd: folder });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(ended.code).toBe(0);
    const recipe = JSON.parse(await readFile(path.join(folder, '.ciclo', 'dataset', 'recipe.json'), 'utf8'));
    expect(recipe.features).toContainEqual(expect.objectContaining({ kind: 'hash', column: 'town' }));
  });
});

describe('ciclo.lock', () => {
  test('data that changed under the lock: which file and how', async () => {
    const folder = await project({
      'data/a.csv': housesCsv(60),
      'data/b.csv': housesCsv(120).replace(/^((?:.*\n))(?:.*\n){60}/, '$1'),
    });
    expect((await ciclo(['lock', '--quiet'], { cwd: folder })).code).toBe(0);
    const b = await readFile(path.join(folder, 'data', 'b.csv'), 'utf8');
    await addFiles(folder, { 'data/b.csv': b.replace('Ulm', 'Wien') });
    const advice = 'restore it, or accept the change with ciclo lock';
    expect(mistakeOf(await ciclo(['prepare'], { cwd: folder }))).toBe(
      `the data is not what ciclo.lock pins:\n  data/b.csv: changed, still 60 rows\n${advice}`,
    );
    await rm(path.join(folder, 'data', 'b.csv'));
    expect(mistakeOf(await ciclo(['prepare'], { cwd: folder }))).toBe(
      `the data is not what ciclo.lock pins:\n  data/b.csv: gone, 60 rows before\n${advice}`,
    );
  });

  test('a lock with the marks of a merge conflict', async () => {
    const message = mistakeOf(
      await prepare({ 'data/a.csv': housesCsv(60), 'ciclo.lock': '{\n<<<<<<< ours\n' }),
    );
    expect(message).toBe(
      'ciclo.lock:2:1: the file has marks of a merge conflict; ciclo.lock is written by `ciclo lock`; run it to write the file again from the merged data',
    );
  });
});

describe('ciclo.yml', () => {
  test('wrong types, unknown keys and impossible combinations, all at once, each with its place', async () => {
    const config = `task: regresion
target: price
data:
  source: { type: file, path: data/*.csv }
train:
  candidates:
    - { type: neural-network, layers: many }
validate:
  gates:
    - { metric: accuracy, min: 0.9 }
    - { metrik: rmse, max: 4 }
`;
    const message = mistakeOf(await prepare({ 'ciclo.yml': config, 'data/a.csv': housesCsv(60) }));
    expect(message.split('\n')).toEqual([
      'ciclo.yml:1:1: task: "regresion" is not a task; did you mean "regression"? allowed: regression, binary, multiclass',
      'ciclo.yml:7:31: train.candidates[0].layers: "many" is text, which is not allowed here; allowed: a list of: a whole number from 1 to 4096',
      'ciclo.yml:11:9: validate.gates[1].metrik: unknown key; did you mean "metric"? allowed: metric, beta, missed, false-alarm, min, max, champion, train-gap, baseline, slice',
    ]);
  });

  test('a metric of another task', async () => {
    const config = housesConfig('validate:\n  gates:\n    - { metric: accuracy, min: 0.9 }\n');
    const message = mistakeOf(await prepare({ 'ciclo.yml': config, 'data/a.csv': housesCsv(60) }));
    expect(message).toMatch(
      /^ciclo\.yml:13:9: validate\.gates\[0\]\.metric: "accuracy" does not judge a regression model; allowed: rmse, mae,/,
    );
  });

  test('none at all: where it looked and how to begin', async () => {
    const folder = await project({});
    await rm(path.join(folder, 'ciclo.yml'));
    const message = mistakeOf(await ciclo(['run'], { cwd: folder }));
    expect(message).toContain(`looked for ${path.join(folder, 'ciclo.yml')}`);
    expect(message).toContain('source: { type: file, path: data/*.csv }');
    expect(mistakeOf(await ciclo(['run', '--config', 'no.yml'], { cwd: folder }))).toContain(
      '(--config no.yml)',
    );
  });
});

describe('results', () => {
  test('a run directory that is half written', async () => {
    const folder = await project({ 'data/a.csv': housesCsv(300) });
    expect((await ciclo(['run', '--quiet'], { cwd: folder })).code).toBe(0);
    const model = path.join(folder, '.ciclo', 'model');
    const weights = path.join(model, 'weights.bin');
    await truncate(weights, 5);
    expect(mistakeOf(await ciclo(['validate'], { cwd: folder }))).toMatch(
      /^\.ciclo\/model\/weights\.bin has 5 bytes, its manifest says \d+: it was changed, or written half; run ciclo train again$/,
    );
    await rm(path.join(model, 'manifest.json'));
    expect(mistakeOf(await ciclo(['validate'], { cwd: folder }))).toBe(
      '.ciclo/model has no manifest.json, so it is not a finished model folder: run ciclo train again',
    );
    expect(mistakeOf(await ciclo(['predict', '--model', 'elsewhere'], { cwd: folder }))).toBe(
      'there is no model at elsewhere: run ciclo train first',
    );
  });

  test('a run directory that cannot be made', async () => {
    const folder = await project({ 'data/a.csv': housesCsv(100), taken: 'a file' });
    expect(mistakeOf(await ciclo(['prepare', '--output', 'taken'], { cwd: folder }))).toMatch(
      /^cannot make the folder .*taken/,
    );
  });
});

describe('an API', () => {
  const servers: ApiServer[] = [];
  afterAll(async () => {
    for (const server of servers) await server.close();
  });

  async function ask(
    answer: Parameters<typeof apiServer>[0],
    more = '',
    environment = {},
  ): Promise<{ ended: Ended; url: string }> {
    const server = await apiServer(answer);
    servers.push(server);
    const config = housesConfig('', `{ type: http, url: "${server.url}"${more} }`);
    const ended = await ciclo(['prepare'], { cwd: await project({ 'ciclo.yml': config }), environment });
    return { ended, url: server.url };
  }

  test('that answers 401', async () => {
    const { ended, url } = await ask(
      (_, response) => response.writeHead(401).end('who are you?'),
      ', headers: { authorization: "Bearer ${{ env.CICLO_TOKEN }}" }',
      { CICLO_TOKEN: 'hush-hush' },
    );
    const message = mistakeOf(ended);
    expect(message).toBe(
      `${url} answered 401, saying "who are you?": it does not accept the credentials; check the value of CICLO_TOKEN`,
    );
    expect(ended.stderr).not.toContain('hush-hush');
  });

  test('that answers 500 five times', async () => {
    let asked = 0;
    const { ended } = await ask((_, response) => {
      asked++;
      response.writeHead(500, { 'retry-after': '0' }).end('out of order');
    });
    expect(asked).toBe(5);
    expect(mistakeOf(ended)).toMatch(
      /gave no answer in 5 tries: .*500.*; try later, or raise data\.source\.retries or timeout$/,
    );
  });

  test('that answers a web page', async () => {
    const { ended, url } = await ask((_, response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Sign in</title>'),
    );
    expect(mistakeOf(ended)).toMatch(
      new RegExp(
        `^${url} answered a web page \\(HTML\\) instead of JSON: .*Check data\\.source\\.url; a login page means that the credentials are missing$`,
      ),
    );
  });

  test('whose pages never end', async () => {
    const { ended } = await ask(
      (request, response) =>
        response
          .writeHead(200, { 'content-type': 'application/json', link: `<${request.url}>; rel="next"` })
          .end(JSON.stringify([{ id: 1, area: 50, price: 3 }])),
      ', pagination: { type: link }',
    );
    expect(mistakeOf(ended)).toMatch(
      /the pages never end: after page 1 the server leads back to page 1, by the same address or cursor; check data\.source\.pagination$/,
    );
  });

  test('that answers 10 GB', async () => {
    const { ended } = await ask((_, response) => {
      response.writeHead(200, { 'content-type': 'text/csv' });
      response.write('id,area,price\n');
      const row = Buffer.from('1,50,100\n'.repeat(10_000));
      const push = (): void => {
        while (!response.destroyed && response.write(row));
      };
      response.on('drain', push);
      push();
    }, ', format: csv, max-bytes: 5000000');
    expect(mistakeOf(ended)).toMatch(
      /answered more than 5000000 bytes and was cut off; .*data\.source\.max-bytes$/,
    );
  });
});
