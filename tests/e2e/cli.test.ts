import { spawnSync } from 'node:child_process';
import { cp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { validateJsonSchema } from '../../cli/json/json-evaluation.ts';
import { errorJsonSchema, predictJsonSchema, runJsonSchema } from '../../cli/json/json-output.ts';
import {
  addFiles,
  ciclo,
  copyOfExample,
  type Ended,
  executable,
  removeAll,
} from './support/ciclo-process.ts';

const folders: string[] = [];
let cwd: string;
let first: Ended;

async function example(name: string): Promise<string> {
  const folder = await copyOfExample(name);
  folders.push(folder);
  return folder;
}

/** A copy of the example with its results. */
async function finished(name: string): Promise<string> {
  const folder = await example(name);
  await cp(path.join(cwd, '.ciclo'), path.join(folder, '.ciclo'), { recursive: true });
  return folder;
}

beforeAll(async () => {
  cwd = await example('run');
  first = await ciclo(['run', '--json'], { cwd });
});
afterAll(() => removeAll(folders));

describe('ciclo run --json', () => {
  test('prints one object as documented, and everything else on stderr', () => {
    expect(first.stderr).toContain('Prepare');
    expect(first.code).toBe(0);
    const result = runJsonSchema.parse(JSON.parse(first.stdout));
    expect(result.model.engine).toBe('ensemble/kernel');
    expect(result.evaluation.metrics.rmse).toMatchObject({ better: 'lower' });
    const { value, low, high } = result.evaluation.metrics.rmse!;
    expect(low).toBeLessThan(value!);
    expect(high).toBeGreaterThan(value!);
    const { rows } = result.dataset;
    expect(rows.folds).toHaveLength(5);
    expect(rows.folds!.reduce((sum, fold) => sum + fold, 0)).toBe(rows.kept);
    expect(result.evaluation.rows).toBe(rows.kept);
    expect(result.evaluation.report).toBe(path.join('.ciclo', 'evaluation', 'report.html'));
  });

  test('gives the same digests in another path', async () => {
    const other = await ciclo(['run', '--json'], { cwd: await example('another path') });
    const digests = (ended: Ended) => {
      const { dataset, model, evaluation } = runJsonSchema.parse(JSON.parse(ended.stdout));
      return [dataset.digest, model.digest, evaluation.digest, model.fingerprint, evaluation.fingerprint];
    };
    expect(digests(other)).toEqual(digests(first));
  });

  test('the three commands one by one give what run gives', async () => {
    const folder = await example('one by one');
    for (const command of ['prepare', 'train']) {
      expect(await ciclo([command, '--quiet'], { cwd: folder })).toMatchObject({ code: 0, stdout: '' });
    }
    const validated = await ciclo(['validate', '--json'], { cwd: folder });
    expect(JSON.parse(validated.stdout)).toEqual(runJsonSchema.parse(JSON.parse(first.stdout)).evaluation);
  });
});

describe('what people see', () => {
  test('is plain lines when piped: no colour, no redrawn line, 80 columns', async () => {
    const { code, stdout, stderr } = await ciclo(['run'], { cwd: await example('plain') });
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain('\u001b');
    expect(stdout).not.toContain('\r');
    expect(stdout.split('\n').filter((line) => line.length > 80 && !line.includes('sha256:'))).toEqual([]);
    for (const part of ['Prepare', 'Train', 'Validate', 'rmse', 'report.html', 'sha256:'])
      expect(stdout).toContain(part);
  });
});

describe('exit codes', () => {
  test('a failed gate is 0, and 1 with --exit-code', async () => {
    const folder = await finished('failed gate');
    const config = await readFile(path.join(folder, 'ciclo.yml'), 'utf8');
    const strict = config.includes('gates:')
      ? config.replace(/gates:.*\n/, (line) => `${line}    - { metric: rmse, max: 0.001 }\n`)
      : `${config}\nvalidate:\n  gates:\n    - { metric: rmse, max: 0.001 }\n`;
    await writeFile(path.join(folder, 'ciclo.yml'), strict);
    const lenient = await ciclo(['validate', '--json'], { cwd: folder });
    expect(lenient.stderr).toContain('FAIL');
    expect(validateJsonSchema.parse(JSON.parse(lenient.stdout)).verdict).toBe('fail');
    expect(lenient.code).toBe(0);
    expect((await ciclo(['validate', '--exit-code'], { cwd: folder })).code).toBe(1);
  });

  test('a mistake is 2: one message, no stack, and an object with --json', async () => {
    const folder = await example('mistake');
    const ended = await ciclo(['train', '--json'], { cwd: folder });
    expect(ended.code).toBe(2);
    const message = 'there is no dataset at .ciclo/dataset: run ciclo prepare first';
    expect(ended.stderr).toBe(`error: ${message}\n`);
    expect(errorJsonSchema.parse(JSON.parse(ended.stdout))).toEqual({
      error: { kind: 'configuration', message },
    });
  });

  test('an unknown command is 2 and names the nearest', async () => {
    const ended = await ciclo(['vaildate'], { cwd });
    expect(ended).toMatchObject({
      code: 2,
      stdout: '',
      stderr: "error: unknown command 'vaildate'\n(Did you mean validate?)\n",
    });
  });

  test('help is 0, on stdout', async () => {
    for (const argv of [[], ['--help'], ['help', 'run'], ['predict', '-h']]) {
      const ended = await ciclo(argv, { cwd });
      expect(ended).toMatchObject({ code: 0, stderr: '' });
      expect(ended.stdout).toContain('Exit codes:');
      expect(ended.stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });
});

describe('ciclo predict', () => {
  const car = {
    cylinders: 4,
    displacement: 97,
    horsepower: 75,
    weight: 2171,
    acceleration: 16,
    year: 1975,
    origin: 'Japan',
  };

  async function predict(argv: readonly string[], stdin: string): Promise<Ended> {
    return ciclo(['predict', ...argv], { cwd, stdin });
  }

  test('answers in the format of the question, with the same numbers', async () => {
    const cars = [car, { ...car, weight: 4000, horsepower: null }, { ...car, origin: 'USA' }];
    const json = await predict([], JSON.stringify(cars));
    // Of the rows that the example's model learned from hardly any lacks its horsepower.
    expect(json.stderr).toMatch(/^warning: record 2, horsepower: no value is given, [^\n]+\n$/);
    const predictions = JSON.parse(json.stdout) as { prediction: number }[];
    expect(predictions).toHaveLength(3);
    for (const { prediction } of predictions) {
      expect(prediction).toBeGreaterThan(5);
      expect(prediction).toBeLessThan(60);
    }
    const single = await predict([], JSON.stringify(car, null, 2));
    expect(JSON.parse(single.stdout)).toEqual(predictions[0]);
    const lines = await predict([], cars.map((one) => JSON.stringify(one)).join('\n'));
    expect(
      lines.stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(predictions);
    const header = Object.keys(car).join(',');
    const csv = await predict(
      [],
      [
        header,
        ...cars.map((one) =>
          Object.values(one)
            .map((v) => v ?? '')
            .join(','),
        ),
      ].join('\n'),
    );
    expect(csv.stdout).toBe(`prediction\n${predictions.map((p) => p.prediction).join('\n')}\n`);
    const object = predictJsonSchema.parse(
      JSON.parse((await predict(['--json'], JSON.stringify(cars))).stdout),
    );
    expect(object).toMatchObject({ rows: 3, skipped: 0, predictions });
    expect(object.model.digest).toBe(runJsonSchema.parse(JSON.parse(first.stdout)).model.digest);
  });

  test('reads a file, converts, and says what is wrong with which record', async () => {
    await addFiles(cwd, {
      'cars.ndjson': `${JSON.stringify(car)}\n${JSON.stringify({ ...car, weight: 'heavy' })}\n`,
    });
    const refused = await ciclo(['predict', 'cars.ndjson', '--to', 'csv'], { cwd });
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(
      /error: the records do not fit the model:\n {2}record 2, weight: "heavy" is a text; write a number.*\ncorrect them, or add --skip-invalid to predict the others\n$/,
    );
    const skipped = await ciclo(['predict', 'cars.ndjson', '--to', 'csv', '--skip-invalid'], { cwd });
    expect(skipped.code).toBe(0);
    expect(skipped.stdout).toMatch(/^prediction\n\d+\.\d+\n""\n$/);
    expect(skipped.stderr).toBe('warning: 1 record was not predicted\n');
  });

  test('streams a hundred thousand lines, and stops when nobody reads', async () => {
    const lines = `${JSON.stringify(car)}\n`.repeat(100_000);
    const ended = await predict([], lines);
    expect(ended.code).toBe(0);
    expect(ended.stdout.split('\n')).toHaveLength(100_001);
    expect(new Set(ended.stdout.trimEnd().split('\n')).size).toBe(1);
    await addFiles(cwd, { 'many.ndjson': lines });
    const piped = spawnSync(
      'bash',
      [
        '-c',
        '"$0" "$1" predict many.ndjson | head -n 1; echo "${PIPESTATUS[0]}"',
        process.execPath,
        executable,
      ],
      {
        cwd,
        encoding: 'utf8',
      },
    );
    expect(piped.stderr).toBe('');
    expect(piped.stdout).toBe(`${ended.stdout.split('\n')[0]}\n0\n`);
  });
});

describe('ciclo validate --predictions', () => {
  test('judges any framework’s predictions, with no configuration', async () => {
    await addFiles(cwd, { 'scores [1].csv': 'actual,predicted\n1,1\n2,2\n3,5\n' });
    const argv = ['validate', '--predictions', 'scores [1].csv', '--task', 'regression'];
    const ended = await ciclo([...argv, '--json'], { cwd });
    expect(ended.code).toBe(0);
    const { metrics, rows } = validateJsonSchema.parse(JSON.parse(ended.stdout));
    expect(rows).toBe(3);
    // Errors 0, 0 and 2: √(4/3) and 2/3; the actual values' variance is 2/3, so r2 = 1 − (4/3) / (2/3).
    expect(metrics.rmse!.value).toBeCloseTo(Math.sqrt(4 / 3), 12);
    expect(metrics.mae!.value).toBeCloseTo(2 / 3, 12);
    expect(metrics.r2!.value).toBeCloseTo(-1, 12);
    const without = await ciclo(argv.slice(0, 3), { cwd });
    expect(without).toMatchObject({ code: 2, stdout: '' });
    expect(without.stderr).toContain('give --task regression, binary or multiclass');
  });

  test('with --output writes a report', async () => {
    await addFiles(cwd, {
      'classes.csv': `actual,predicted,p_no,p_yes\n${'no,no,0.8,0.2\nyes,yes,0.3,0.7\nyes,no,0.6,0.4\n'.repeat(20)}`,
    });
    const ended = await ciclo(
      ['validate', '--predictions', 'classes.csv', '--task', 'binary', '--json', '--output', 'judged'],
      { cwd },
    );
    expect(ended.stderr).toContain('judged/evaluation/report.html');
    const { report, metrics } = validateJsonSchema.parse(JSON.parse(ended.stdout));
    expect(metrics.accuracy!.value).toBeCloseTo(2 / 3, 12);
    expect(await readFile(path.join(cwd, report!), 'utf8')).toMatch(/^<!doctype html>/i);
  });
});

describe('a champion', () => {
  test('is compared on the same rows', async () => {
    const folder = await finished('champion');
    const champion = path.join(folder, '.ciclo', 'model');
    const ended = await ciclo(['validate', '--champion', champion, '--json'], { cwd: folder });
    const result = validateJsonSchema.parse(JSON.parse(ended.stdout));
    expect(result.champion).toMatchObject({ comparable: true, rows: result.rows });
    expect(result.metrics.rmse!.champion).toMatchObject({
      value: result.metrics.rmse!.value,
      difference: { value: 0, low: 0, high: 0 },
    });
    expect(ended.stderr.replace(/\s+/g, ' ')).toContain('it is the same model as in production');
  });
});

describe('damage', () => {
  test('a model with one flipped byte is refused', async () => {
    const folder = await finished('flipped');
    const model = path.join(folder, '.ciclo', 'model');
    const weights = (await readdir(model)).find((name) => name.endsWith('.weights.bin'))!;
    const file = path.join(model, weights);
    const bytes = await readFile(file);
    bytes[10]! ^= 1;
    await writeFile(file, bytes);
    for (const argv of [['predict'], ['validate']]) {
      const ended = await ciclo(argv, { cwd: folder, stdin: '{}' });
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toMatch(
        /^error: \.ciclo\/model\/part-\d+-\d+\.weights\.bin is not what its manifest says: digest sha256:\w{64}, stated sha256:\w{64}\. It was changed or damaged; run ciclo train again or fetch it again\n$/,
      );
    }
  });

  test('Ctrl-C while training exits 130 and leaves the former model and nothing half-written', async () => {
    const folder = await finished('interrupted');
    const before = await readFile(path.join(folder, '.ciclo', 'model', 'manifest.json'), 'utf8');
    const config = await readFile(path.join(folder, 'ciclo.yml'), 'utf8');
    const endless =
      '{ type: neural-network, layers: [256, 256], epochs: 100000, patience: 100000, batch-size: 1 }';
    const withTraining = /^train:/m.test(config)
      ? config.replace(/^train:\n/m, `train:\n  candidates:\n    - ${endless}\n`)
      : `${config}\ntrain:\n  candidates:\n    - ${endless}\n`;
    await writeFile(path.join(folder, 'ciclo.yml'), withTraining);
    let told = false;
    const ended = await ciclo(['train', '--verbose'], {
      cwd: folder,
      watch: (child, stderr) => {
        if (told || !stderr.includes('backend kernel')) return;
        told = true;
        setTimeout(() => child.kill('SIGINT'), 500);
      },
    });
    expect(ended.code).toBe(130);
    expect(ended.stderr).toContain('Stopped (SIGINT)');
    expect((await readdir(path.join(folder, '.ciclo'))).sort()).toEqual([
      '.gitignore',
      'dataset',
      'evaluation',
      'judged.json',
      'model',
    ]);
    expect(await readFile(path.join(folder, '.ciclo', 'model', 'manifest.json'), 'utf8')).toBe(before);
  });
});
