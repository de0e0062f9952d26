import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readModelFolder } from '../../../shared/artifacts/folders/model-folder.ts';
import { prepare } from '../../prepare/prepare.ts';
import { housesFolder } from '../../testing/houses.ts';
import { type PipelineFolder, quietPorts, refusalOf, warningsOf } from '../../testing/pipeline-folder.ts';
import { validate } from '../../validate/validate.ts';
import { type TrainOutputs, train } from '../train.ts';

/** A script that predicts 3 × size for the validation and the held-out rows, and says what it was given. */
const predictAlone = `
import { readFileSync, writeFileSync } from 'node:fs';
const { CICLO_OUTPUT, CICLO_VALIDATION, CICLO_HELD_OUT } = process.env;
const rows = [CICLO_VALIDATION, CICLO_HELD_OUT].flatMap((file) => {
  const [head, ...lines] = readFileSync(file, 'utf8').trimEnd().split('\\n').map((line) => line.split(','));
  console.log(head.join(' '), lines.length);
  return lines.map((line) => [line[head.indexOf('id')], 3 * line[head.indexOf('size')]].join(','));
});
writeFileSync(CICLO_OUTPUT + '/predictions.csv', ['id,predicted', ...rows].join('\\n'));
`;

const command = (run: string, more: Record<string, unknown> = {}) => ({
  type: 'command',
  name: 'mine',
  run,
  ...more,
});

function folderOf(
  candidates: readonly Record<string, unknown>[],
  more: Record<string, unknown> = {},
): Promise<PipelineFolder> {
  return housesFolder({ train: { candidates, importance: { repeats: 1 } }, ...more });
}

async function trained(
  folder: PipelineFolder,
  environment: Record<string, string> = {},
): Promise<TrainOutputs & { log: ReturnType<typeof quietPorts>['log'] }> {
  const ports = quietPorts({ PATH: process.env.PATH ?? '', ...environment });
  await prepare({ pipeline: await folder.pipeline() }, ports);
  return { ...(await train({ pipeline: await folder.pipeline() }, ports)), log: ports.log };
}

/** Why a command line is refused. */
async function refused(
  run: string,
  more: Record<string, unknown> = {},
  files: Record<string, string> = {},
): Promise<string> {
  await using folder = await folderOf([command(run, more)]);
  for (const [name, text] of Object.entries(files)) await folder.write(name, text);
  const message = await refusalOf(trained(folder));
  expect(message).toMatch(/^train\.candidates: the command "mine" \(/);
  // Nothing of what was handed over stays behind.
  const left = await readdir(path.join(folder.path, '.ciclo'));
  expect(left.sort()).toEqual(['.gitignore', 'dataset']);
  return message;
}

describe('a command that gives predictions alone', () => {
  test('is judged, and says what cannot be known of it', async () => {
    await using folder = await folderOf([command('node predict.mjs')]);
    await folder.write('predict.mjs', predictAlone);
    const { report, folder: model, log } = await trained(folder);
    expect(report).toMatchObject({
      chosen: 'mine',
      engine: { name: 'command', backend: 'predictions', reproducible: false },
      importance: [],
      warnings: ['mine gave predictions alone, so the importance of features cannot be measured'],
    });
    expect(report.candidates[0]).toMatchObject({ type: 'command', stopped: 'command', history: [] });
    // The held-out rows come without their target, and no row with what is excluded.
    const said = log.filter(({ message }) => message.startsWith('mine: ')).map(({ message }) => message);
    expect(said).toEqual([
      expect.stringMatching(/^mine: id (?!.*dear).*price \d+$/),
      expect.stringMatching(/^mine: id (?!.*(dear|price)).* \d+$/),
    ]);
    const { manifest } = await readModelFolder(model);
    expect(manifest).toMatchObject({
      engine: 'command/predictions',
      reproducible: false,
      versions: { command: '1' },
    });
    const { evaluation } = await validate({ pipeline: await folder.pipeline() }, quietPorts());
    // The price is 3 × size + 80 in the north + noise of deviation 20: without the 80, about 80 / √3 and 20 together.
    const rmse = evaluation.metrics.find(({ name }) => name === 'rmse')!.value!;
    expect(rmse).toBeGreaterThan(30);
    expect(rmse).toBeLessThan(70);
  });

  test('competes with other candidates by the primary metric', async () => {
    await using folder = await folderOf([{ type: 'linear' }, command('node predict.mjs')]);
    await folder.write('predict.mjs', predictAlone);
    const { report, folder: model } = await trained(folder);
    expect(report.chosen).toBe('linear');
    expect(report.candidates.map(({ name }) => name)).toEqual(['linear', 'mine']);
    expect(report.candidates[0]!.validation).toBeLessThan(report.candidates[1]!.validation);
    // Which is the best depends on the command, too.
    expect(report.engine).toMatchObject({ name: 'ciclo', reproducible: false });
    const { manifest } = await readModelFolder(model);
    expect(manifest).toMatchObject({ reproducible: false, versions: { command: '1' } });
  });

  test('gets Ciclo’s variables and no secrets', async () => {
    await using folder = await folderOf([command('env > "$CICLO_OUTPUT/env.txt"; env; node predict.mjs')]);
    await folder.write('predict.mjs', predictAlone);
    const { log } = await trained(folder, {
      CICLO_DATABASE: 'word',
      GITHUB_TOKEN: 'word',
      INPUT_TOKEN: 'word',
      ACTIONS_RUNTIME_TOKEN: 'word',
      HOME: '/home/me',
    });
    const lines = log.map(({ message }) => message.replace(/^mine: /, ''));
    expect(lines).toEqual(
      expect.arrayContaining([
        'CICLO_SEED=42',
        'CICLO_TASK=regression',
        'CICLO_TARGET=price',
        'HOME=/home/me',
      ]),
    );
    expect(lines.filter((line) => line.includes('word'))).toEqual([]);
  });

  test('has the same model whatever its timeout, and another when a module that it imports changes', async () => {
    await using folder = await folderOf([command('node predict.mjs')]);
    await folder.write('predict.mjs', `import './more.mjs';${predictAlone}`);
    await folder.write('more.mjs', '');
    const first = await trained(folder);
    const config = await readFile(folder.config, 'utf8');
    await folder.write(
      'ciclo.yml',
      config.replace('run: node predict.mjs', 'run: node predict.mjs\n      timeout: 3h'),
    );
    await folder.write('unrelated.mjs', '');
    const slower = await trained(folder);
    expect([slower.digest, slower.fingerprint]).toEqual([first.digest, first.fingerprint]);
    await folder.write('more.mjs', '// another');
    expect(await refusalOf(validate({ pipeline: await folder.pipeline() }, quietPorts()))).toMatch(
      /was trained when the files that its command is made of were others \(more\.mjs, predict\.mjs\): run ciclo train again$/,
    );
    const other = await trained(folder);
    expect(other.fingerprint).not.toBe(first.fingerprint);
  });
});

describe('a command is refused, and says why', () => {
  test('when it fails, with its last lines', async () => {
    expect(await refused('echo first; for i in $(seq 30); do echo "line $i" >&2; done; exit 3')).toMatch(
      /: it failed with exit code 3; its last lines:\n {2}line 11\n(.*\n)* {2}line 30$/,
    );
    expect(await refused('no-such-program')).toMatch(
      /: it failed with exit code 127 \(a program was not found\); its last line:\n/,
    );
    expect(await refused('kill -KILL $$')).toBe(
      'train.candidates: the command "mine" (kill -KILL $$): it was ended by SIGKILL, as a system does that has no memory left; it wrote nothing to its output',
    );
  });

  test('when it takes longer than its timeout', async () => {
    expect(await refused('echo here; sleep 100', { timeout: '0.005m' })).toBe(
      'train.candidates: the command "mine" (echo here; sleep 100): it ran longer than its timeout of 0.005m and was ended, with all that it had started; where it needs longer, set timeout; its last line:\n  here',
    );
  });

  test('when it writes nothing, or something else', async () => {
    expect(await refused('true')).toMatch(/: it wrote nothing into CICLO_OUTPUT, where model\.onnx and/);
    expect(await refused('touch "$CICLO_OUTPUT/model.pkl"')).toMatch(
      /: it wrote "model\.pkl" into CICLO_OUTPUT, and neither/,
    );
    expect(await refused('touch "$CICLO_OUTPUT/model.onnx"')).toMatch(
      /: it wrote model\.onnx and no validation-predictions/,
    );
  });

  test('when it changes what it may only read', async () => {
    expect(await refused('echo "9,9" >> "$CICLO_TRAIN"')).toMatch(
      /handover-.*train\.csv" changed while it ran/,
    );
    expect(await refused('rm .ciclo/dataset/test.arrow; echo >> ciclo.lock')).toMatch(
      /: "\.ciclo\/dataset\/test\.arrow", "ciclo\.lock" changed while it ran, and the model would not be the one of these data and files: a command may write into the folder CICLO_OUTPUT alone$/,
    );
    expect(await refused('sh train.sh', {}, { 'train.sh': 'echo "# more" >> train.sh' })).toMatch(
      /: "train\.sh" changed while it ran/,
    );
  });

  test('when its predictions do not fit the rows', async () => {
    const head = 'echo id,predicted > "$CICLO_OUTPUT/predictions.csv"';
    expect(await refused(`${head}; echo r00,1 >> "$CICLO_OUTPUT/predictions.csv"`)).toMatch(
      /: predictions\.csv: the predictions have none of the \d+ validation and held-out rows: r.* are missing, and "r00" is the id of no such row/,
    );
    expect(await refused('echo nothing > "$CICLO_OUTPUT/predictions.parquet"')).toMatch(
      /predictions\.parquet/,
    );
  });
});

test('a command that leaves files in a git repository is told of, and its model kept', async () => {
  await using folder = await folderOf([
    command('node predict.mjs && mkdir -p runs && date > runs/log && echo >> notes'),
  ]);
  await folder.write('predict.mjs', predictAlone);
  await folder.write('notes', 'old');
  await folder.write('.gitignore', '.ciclo\n');
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], {
      cwd: folder.path,
    });
  git('init', '--quiet');
  git('add', '-A');
  git('commit', '--quiet', '-m', 'all');
  const { log } = await trained(folder);
  expect(warningsOf(log)).toContain(
    'while the command ran, "notes", "runs/log" changed in the repository: a command should write into the folder CICLO_OUTPUT, and what it leaves beside it belongs into .gitignore',
  );
});
