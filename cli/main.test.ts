import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cicloVersion } from '../shared/platform/version.ts';
import { errorJsonSchema } from './json/json-output.ts';
import { runInMemory } from './testing/test-io.ts';

let cwd: string;
beforeEach(async () => {
  cwd = await mkdtemp(path.join(tmpdir(), 'ciclo main '));
});
afterEach(async () => {
  await rm(cwd, { recursive: true, force: true });
});

const commands = ['init', 'doctor', 'run', 'lock', 'prepare', 'train', 'validate', 'predict', 'serve'];

describe('help', () => {
  test('lists every command, and is what comes without one', async () => {
    const asked = await runInMemory(['--help']);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    for (const command of commands) expect(asked.stdout).toMatch(new RegExp(`^ {2}${command} `, 'm'));
    expect(await runInMemory([])).toEqual(asked);
  });

  test.each(commands)(
    'of %s says what it reads and writes, with examples and exit codes, in 80 columns',
    async (command) => {
      const { code, stdout, stderr } = await runInMemory([command, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const part of ['Reads:', 'Writes:', 'Examples:', 'Exit codes:', '--json'])
        expect(stdout).toContain(part);
      expect(stdout.match(new RegExp(`^ {2}.*ciclo ${command}`, 'gm'))!.length).toBeGreaterThanOrEqual(2);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
      expect(stdout).not.toContain('\u001b');
    },
  );

  test('is coloured on a terminal, and not with NO_COLOR', async () => {
    expect((await runInMemory(['--help'], { columns: 80 })).stdout).toContain('\u001b[1m');
    const without = await runInMemory(['--help'], { columns: 80, environment: { NO_COLOR: '1' } });
    expect(without.stdout).not.toContain('\u001b');
  });

  test('the version is the package’s', async () => {
    expect(await runInMemory(['--version'])).toEqual({ code: 0, stdout: `${cicloVersion}\n`, stderr: '' });
  });
});

describe('mistakes on the command line', () => {
  test.each([
    [['trian'], "error: unknown command 'trian'\n(Did you mean train?)\n"],
    [['help', 'trian'], "error: unknown command 'trian'; did you mean train?\n"],
    [['help', 'foo'], "error: unknown command 'foo'; ciclo help lists all\n"],
    [['train', '--confg', 'x'], "error: unknown option '--confg'\n(Did you mean --config?)\n"],
    [['train', '--config'], "error: option '-c, --config <file>' argument missing\n"],
    [
      ['validate', '--task', 'ranking'],
      "error: option '--task <task>' argument 'ranking' is invalid. Allowed choices are regression, binary, multiclass.\n",
    ],
    [['train', 'extra'], "error: too many arguments for 'train'. Expected 0 arguments but got 1: extra.\n"],
    [['run', '-q', '-v'], "error: option '-v, --verbose' cannot be used with option '-q, --quiet'\n"],
  ])('%j', async (argv, stderr) => {
    expect(await runInMemory(argv, { cwd })).toEqual({ code: 2, stdout: '', stderr });
  });

  test('with --json are an object on stdout too', async () => {
    const { code, stdout, stderr } = await runInMemory(['train', '--json', '--confg'], { cwd });
    expect(code).toBe(2);
    expect(errorJsonSchema.parse(JSON.parse(stdout))).toEqual({
      error: { kind: 'usage', message: "unknown option '--confg'\n(Did you mean --config?)" },
    });
    expect(stderr).toContain('unknown option');
  });

  test('--task and --champion in the wrong place say where they belong', async () => {
    expect((await runInMemory(['validate', '--task', 'binary'], { cwd })).stderr).toMatch(
      /^error: --task binary goes with --predictions; .*leave --task out\n$/,
    );
    const argv = ['validate', '--predictions', 'p.csv', '--champion', 'm'];
    expect((await runInMemory(argv, { cwd })).stderr).toMatch(
      /^error: --champion is a model folder .*champion_predicted\n$/,
    );
  });
});

describe('predictions', () => {
  test('that are not there: the file that was looked for', async () => {
    const argv = ['validate', '--predictions', 'none.csv', '--task', 'binary'];
    const missing = path.join(cwd, 'none.csv');
    expect(await runInMemory(argv, { cwd })).toEqual({
      code: 2,
      stdout: '',
      stderr: `error: there is no file ${missing} (--predictions none.csv)\n`,
    });
  });
});

describe('the configuration', () => {
  test.each(['run', 'lock', 'prepare', 'train', 'validate'])(
    '%s without one says where it looked and how to begin',
    async (command) => {
      const { code, stdout, stderr } = await runInMemory([command], { cwd });
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toBe(
        `error: there is no ciclo.yml here: looked for ${path.join(cwd, 'ciclo.yml')}

To begin, type ciclo init data.csv: it looks at your data and writes the file. Or write it yourself, beside your data, then type ciclo run:

  task: regression              # or binary, multiclass
  target: price                 # the column to predict
  data:
    source: { type: file, path: data/*.csv }

Or name another file: --config path/to/ciclo.yml
`,
      );
    },
  );

  test('may be named by its folder', async () => {
    const { stderr } = await runInMemory(['train', '--config', '.'], { cwd });
    expect(stderr).toContain(`there is no ciclo.yml in the folder ${cwd}\n`);
    await writeFile(path.join(cwd, 'ciclo.yml'), 'tsk: regression\n');
    expect((await runInMemory(['train', '--config', '.'], { cwd })).stderr).toContain('ciclo.yml:1:1');
  });

  test('with mistakes: every one with its place, no stack', async () => {
    await writeFile(path.join(cwd, 'ciclo.yml'), 'task: regresion\ntarget: 7\ndata: {}\n');
    const { code, stderr } = await runInMemory(['prepare'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/ciclo\.yml:1:1: task: "regresion"/);
    expect(stderr).toMatch(/ciclo\.yml:2:1: target: 7/);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

test('a lone train says what to do first', async () => {
  await writeFile(
    path.join(cwd, 'ciclo.yml'),
    'task: regression\ntarget: mpg\ndata:\n  source: { type: file, path: cars.csv }\n',
  );
  const { code, stderr } = await runInMemory(['train'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatch(/^error: there is no dataset at .*dataset: run ciclo prepare first/);
});

describe('predict', () => {
  test('without a model says which command makes one', async () => {
    const { code, stderr } = await runInMemory(['predict', '--model', 'no model'], { cwd, stdin: '{}' });
    expect(code).toBe(2);
    expect(stderr).toBe(`error: there is no model at ${path.join(cwd, 'no model')}: run ciclo train first\n`);
  });

  test('looks for the model beside the configuration', async () => {
    expect((await runInMemory(['predict', '--config', 'fuel/ciclo.yml'], { cwd })).stderr).toContain(
      path.join(cwd, 'fuel', '.ciclo', 'model'),
    );
  });
});
