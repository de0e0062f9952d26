import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { initJsonSchema } from '../json/json-init.ts';
import { runInMemory } from '../testing/test-io.ts';

let root: string;

function git(...words: string[]): string {
  const author = ['-c', 'user.name=octocat', '-c', 'user.email=octocat@example.com'];
  return execFileSync('git', [...author, ...words], { cwd: root, encoding: 'utf8' }).trim();
}

/** Prices that size and quarter explain, but for noise. */
function houses(rows = 60): string {
  const lines = Array.from({ length: rows }, (_, i) => {
    const size = 40 + ((i * 37) % 90);
    const quarter = ['north', 'south', 'west'][i % 3]!;
    const price = size * 2 + (quarter === 'north' ? 30 : 0) + ((i * 7919) % 23);
    return `${i + 1},${size},${quarter},${price}`;
  });
  return `row,size,quarter,price\n${lines.join('\n')}\n`;
}

beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'ciclo init ')));
  await writeFile(path.join(root, 'houses.csv'), houses());
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'data');
  git('remote', 'add', 'origin', 'https://github.com/acme/houses.git');
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
});
afterEach(() => rm(root, { recursive: true, force: true }));

const init = (...argv: string[]) => runInMemory(['init', ...argv], { cwd: root });
const read = (file: string) => readFile(path.join(root, file), 'utf8');

describe('ciclo init --yes', () => {
  test('makes a pipeline whose first model passes the gates that are proposed', async () => {
    const { code, stdout, stderr } = await init('houses.csv', '--yes');
    expect({ code, stderr: /error/.test(stderr) }).toEqual({ code: 0, stderr: false });
    const config = await read('ciclo.yml');
    expect(config).toMatch(/^# yaml-language-server: \$schema=https:.*ciclo\.schema\.json$/m);
    expect(config).toMatch(/^target: price$/m);
    expect(config).toMatch(/^ {4}- row # numbers the rows$/m);
    expect(config).toMatch(/^ {4}- \{ metric: rmse, max: [\d.]+ \} # now [\d.]+, 95% interval/m);
    expect(stdout).toContain('All gates that apply pass');
    expect(stdout).toContain('https://github.com/acme/houses/settings/rules/new?target=branch');
    expect(JSON.parse(await read('ciclo.lock')).data.rows).toBe(60);
    expect(await read('.gitignore')).toBe('.ciclo/\n');
    expect(await read('.github/CODEOWNERS')).toContain('/ciclo.yml @acme');
    expect(stdout).toContain(
      'where acme is an organisation, name a team in CODEOWNERS, such as @acme/model-owners',
    );
    // No column says when a row happened: nothing could tell which rows are new.
    expect(existsSync(path.join(root, '.github/workflows/drift.yml'))).toBe(false);
    expect(existsSync(path.join(root, '.ciclo/model/manifest.json'))).toBe(true);
    // Nobody answers at that address, and a champion that cannot be read is not none.
    git('remote', 'remove', 'origin');
    const judged = await runInMemory(['validate', '--json', '--exit-code'], { cwd: root });
    expect(JSON.parse(judged.stdout)).toMatchObject({ verdict: 'pass' });
  });

  test('lists what it has written where no model can be made', async () => {
    await writeFile(path.join(root, '.ciclo'), 'where results would go');
    const { code, stdout } = await init('houses.csv', '--yes');
    expect(code).not.toBe(0);
    expect(stdout).toMatch(/ciclo\.yml/);
    expect(stdout).toMatch(/\.github\/workflows\/model\.yml/);
  });

  test('lists commands that a shell runs, and that commit all that was written', async () => {
    const { stdout } = await init('houses.csv', '--yes', '--no-run');
    const [first = '', second] = stdout
      .split('\n')
      .flatMap((line) => (/^ {2}git /.test(line) ? [line.trim()] : []));
    const author = 'GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c';
    execFileSync('bash', ['-ec', `export ${author}; ${first}`], { cwd: root, stdio: 'pipe' });
    expect(git('status', '--porcelain')).toBe('');
    expect(git('branch', '--show-current')).toBe('ciclo-init');
    expect(second).toBe('git push -u origin ciclo-init && gh pr create --fill');
  });

  test('run again it changes nothing', async () => {
    await init('houses.csv', '--yes', '--json');
    git('add', '--all');
    const before = git('write-tree');
    const again = initJsonSchema.parse(JSON.parse((await init('houses.csv', '--yes', '--json')).stdout));
    git('add', '--all');
    expect(git('write-tree')).toBe(before);
    expect(again.files.map(({ status }) => status)).toEqual(again.files.map(() => 'same'));
  });

  test('after an interruption it goes on where it was', async () => {
    await init('houses.csv', '--yes', '--no-run', '--no-workflows');
    expect(await read('ciclo.yml')).not.toContain('gates:');
    const { stdout } = await init('houses.csv', '--yes', '--json');
    const { files } = initJsonSchema.parse(JSON.parse(stdout));
    expect(await read('ciclo.yml')).toContain('gates:');
    expect(files).toContainEqual({ file: '.github/workflows/model.yml', status: 'written' });
  });

  test('what is there stays, and what differs is said', async () => {
    const own = 'task: regression\ntarget: size\ndata:\n  source: { type: file, path: houses.csv }\n';
    await writeFile(path.join(root, 'ciclo.yml'), own);
    await mkdir(path.join(root, '.github/workflows'), { recursive: true });
    await writeFile(path.join(root, '.github/workflows/model.yml'), 'name: mine\n');
    await writeFile(path.join(root, '.gitignore'), 'node_modules');
    const { code, stdout } = await init('houses.csv', '--yes', '--no-run');
    expect(code).toBe(0);
    expect(await read('ciclo.yml')).toBe(own);
    expect(await read('.github/workflows/model.yml')).toBe('name: mine\n');
    expect(await read('.gitignore')).toBe('node_modules\n.ciclo/\n');
    expect(stdout).toMatch(/ciclo\.yml {2}is there and stays/);
    expect(stdout).toMatch(/\+ target: price/);
    expect(stdout).toMatch(/- target: size/);
    expect(stdout).toMatch(/model\.yml {2}is there and stays/);
  });

  test('an answer that comes too late for the file that is there is said to change nothing', async () => {
    await init('houses.csv', '--yes', '--no-run');
    const { code, stderr } = await init('--yes', '--no-run', '--target', 'size', '--no-key');
    expect(code).toBe(0);
    expect(stderr).toContain('--target, --no-key change nothing: ciclo.yml is there and stays');
    expect((await init('--yes', '--no-run')).stderr).not.toContain('nothing: ciclo.yml');
  });

  test('says so where the first model is not shown to have learnt anything', async () => {
    // Size and quarter say nothing of a column that goes by seven, and the naive model is as good.
    const lines = Array.from({ length: 60 }, (_, i) => `${i % 4},${i % 3 === 0 ? 'a' : 'b'},${(i * 3) % 7}`);
    await writeFile(path.join(root, 'noise.csv'), `size,quarter,price\n${lines.join('\n')}\n`);
    const { stdout } = await init('noise.csv', '--yes', '--no-workflows');
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'These rows do not show that it beats a model that learns nothing',
    );
    await rm(path.join(root, 'ciclo.yml'));
    await rm(path.join(root, 'ciclo.lock'));
    expect((await init('houses.csv', '--yes', '--no-workflows')).stdout).not.toContain(
      'These rows do not show',
    );
  });

  test('labels of a few rows are published by no word but a person’s', async () => {
    const lines = Array.from(
      { length: 120 },
      (_, i) => `${i % 7},${i < 2 ? 'rare' : i % 2 === 0 ? 'a' : 'b'}`,
    );
    await writeFile(path.join(root, 'rare.csv'), `size,label\n${lines.join('\n')}\n`);
    const { stderr } = await init('rare.csv', '--yes', '--no-run', '--no-workflows');
    expect(stderr).toContain('label has labels that fewer than 5 training rows have: rare (2 rows)');
    expect(stderr).toContain('agree by --publish-rare-labels that all labels are published');
    expect(await read('ciclo.yml')).toMatch(/^ {2}label: \{ values: \[a, b\], invalid: drop \} # /m);
    expect(await read('ciclo.yml')).toMatch(/^task: binary/m);
    await rm(path.join(root, 'ciclo.yml'));
    await rm(path.join(root, 'ciclo.lock'));
    const agreed = await init('rare.csv', '--json', '--no-run', '--no-workflows', '--publish-rare-labels');
    expect(initJsonSchema.parse(JSON.parse(agreed.stdout)).proposal?.rareLabels).toEqual({
      labels: [{ label: 'rare', rows: 2 }],
      published: true,
    });
    expect(await read('ciclo.yml')).toMatch(/^ {2}label: \{ values: \[a, b, rare\] \} # /m);
  });

  test('labels that are rare only in the rows that the proposed split trains on are left out, too', async () => {
    const lines = Array.from({ length: 400 }, (_, i) => {
      const day = new Date(Date.UTC(2022, 0, 1 + i)).toISOString().slice(0, 10);
      return `${day},${i % 7},${i >= 380 ? 'late' : (['a', 'b', 'c'][i % 3] ?? '')}`;
    });
    await writeFile(path.join(root, 'late.csv'), `day,size,label\n${lines.join('\n')}\n`);
    const { code } = await init('late.csv', '--yes', '--no-run', '--no-workflows');
    expect(code).toBe(0);
    expect(await read('ciclo.yml')).toMatch(/^split: \{ by: time \}/m);
    expect(await read('ciclo.yml')).toMatch(/^ {2}label: \{ values: \[a, b, c\], invalid: drop \} # /m);
    const { stdout } = await runInMemory(['prepare', '--json'], { cwd: root });
    expect(JSON.parse(stdout)).not.toMatchObject({ quality: { status: 'fail' } });
  });

  test('a column that can be read in two ways is read as a flag says, and has its role', async () => {
    const lines = Array.from(
      { length: 120 },
      (_, i) => `01.0${1 + (i % 9)}.${2000 + Math.floor(i / 9)},${i % 7},${(i * 31) % 19}`,
    );
    await writeFile(path.join(root, 'days.csv'), `day,size,price\n${lines.join('\n')}\n`);
    const open = await init('days.csv', '--yes', '--dry-run', '--no-workflows');
    expect(open.stdout.replace(/\s+/g, ' ')).toContain('Say which is right: --format "day=d.M.yyyy", or');
    const { code } = await init(
      'days.csv',
      '--yes',
      '--no-run',
      '--no-workflows',
      '--format',
      'day=d.M.yyyy',
    );
    expect(code).toBe(0);
    const config = await read('ciclo.yml');
    expect(config).toMatch(
      /^ {2}day: \{ format: "?d\.M\.yyyy"?, type: date, parts: \[month\] \} # as you said/m,
    );
    expect(config).toMatch(/^ {2}time: day #/m);
    expect(config).not.toContain('exclude');
    expect((await init('days.csv', '--yes', '--format', 'dayy=d.M.yyyy')).stderr).toMatch(
      /--format: the data has no column "dayy"; did you mean "?day/,
    );
    expect((await init('days.csv', '--yes', '--format', 'day')).stderr).toMatch(
      /--format: "day" is no column with its notation; write --format day=d\/M\/yyyy/,
    );
  });

  test('what several verbs find is warned of once', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `${i},${i % 7},${(i * 31) % 19}`);
    await writeFile(path.join(root, 'indexed.csv'), `,age,price\n${lines.join('\n')}\n`);
    const { code, stderr } = await init('indexed.csv', '--yes', '--no-workflows');
    expect(code).toBe(0);
    expect(stderr.match(/the first column has no name and counts the rows/g)).toHaveLength(1);
  });

  test('a column that is called a target and cannot be one is not passed over in silence', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `${i % 7},${(i * 31) % 19},no`);
    await writeFile(path.join(root, 'same.csv'), `age,fee,churned\n${lines.join('\n')}\n`);
    const { stderr } = await init('same.csv', '--yes', '--no-run', '--no-workflows');
    expect(stderr.replace(/\s+/g, ' ')).toContain(
      'churned is called like what is predicted, but it has the same value in all rows: fee is taken instead',
    );
    await rm(path.join(root, 'ciclo.yml'));
    const named = await init('same.csv', '--yes', '--no-run', '--no-workflows', '--target', 'age');
    expect(named.stderr).not.toContain('churned');
  });

  test('in a folder of a repository the workflows name it', async () => {
    await mkdir(path.join(root, 'models/houses'), { recursive: true });
    await writeFile(path.join(root, 'models/houses/data.csv'), houses());
    const cwd = path.join(root, 'models/houses');
    const { code } = await runInMemory(['init', '--yes', '--no-run', '--pages', '--comment'], { cwd });
    expect(code).toBe(0);
    expect(await read('models/houses/ciclo.yml')).toContain('name: houses');
    expect(await read('.github/workflows/model.yml')).toContain('working-directory: "models/houses"');
    expect(await read('.github/workflows/comment.yml')).toContain('config: "models/houses/ciclo.yml"');
    expect(await read('.github/workflows/pages.yml')).not.toContain('working-directory');
    expect(await read('.github/CODEOWNERS')).toContain('/models/houses/ciclo.yml @acme');
  });

  test('outside of git it writes the same, and begins with git init', async () => {
    const cwd = await mkdtemp(path.join(tmpdir(), 'ciclo init '));
    await writeFile(path.join(cwd, 'houses.csv'), houses());
    const { code, stdout } = await runInMemory(['init', '--yes', '--no-run'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/git init -b main && git add \.gitignore \.gitattributes houses\.csv && /);
    await rm(cwd, { recursive: true });
  });
});

describe('from a table to a pull request it is three commands', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(path.join(tmpdir(), 'ciclo init ')));
    await mkdir(path.join(folder, 'here'));
    await mkdir(path.join(folder, 'bin'));
    await writeFile(path.join(folder, 'here/houses.csv'), houses());
    // In place of GitHub's own command: the repository that it makes is a bare one beside, and a pull request a line.
    const gh = `#!/bin/bash
set -e
case "$1 $2" in
  'repo create') git init --quiet --bare '${folder}/far'; git remote add origin '${folder}/far'; git push --quiet -u origin HEAD;;
  'pr create') echo "$(git branch --show-current) $(git rev-list --count origin/main..HEAD)" > '${folder}/pull-request';;
esac
`;
    await writeFile(path.join(folder, 'bin/gh'), gh, { mode: 0o755 });
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const author = 'GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@b.c GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@b.c';
  const shell = (command: string): string =>
    execFileSync('bash', ['-ec', `export ${author} PATH='${folder}/bin':"$PATH"; ${command}`], {
      cwd: path.join(folder, 'here'),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });

  test.each([
    ['without a repository', ''],
    ['in a repository without a commit', 'git init --quiet -b main'],
    [
      'in a repository without a remote',
      'git init --quiet -b main && git add --all && git commit --quiet -m data',
    ],
    [
      'in a clone of a repository without a commit',
      `git init --quiet --bare '${'$'}FOLDER/far' && git init --quiet -b main && git remote add origin '${'$'}FOLDER/far'`,
    ],
    [
      'in a repository whose remote has nothing yet',
      `git init --quiet --bare '${'$'}FOLDER/far' && git init --quiet -b main && git add --all && git commit --quiet -m data && git remote add origin '${'$'}FOLDER/far'`,
    ],
  ])('%s', async (_, before) => {
    shell(before.replaceAll('$FOLDER', folder));
    const cwd = path.join(folder, 'here');
    const { stdout } = await runInMemory(['init', 'houses.csv', '--json', '--no-run'], { cwd });
    const { commands } = initJsonSchema.parse(JSON.parse(stdout)).next;
    expect(commands).toHaveLength(2);
    for (const command of commands) shell(command);
    expect(await readFile(path.join(folder, 'pull-request'), 'utf8')).toBe('ciclo-init 1\n');
    expect(shell('git status --porcelain')).toBe('');
    expect(shell('git ls-tree --name-only origin/main')).not.toContain('ciclo.yml');
    expect(shell('git ls-tree --name-only origin/ciclo-init')).toContain('ciclo.yml');
  });
});

describe('ciclo init without an answer', () => {
  test('shows the proposal, says what to type, and writes nothing', async () => {
    const { code, stdout, stderr } = await init('houses.csv');
    expect(code).toBe(2);
    expect(stdout).toMatch(/Predict {2}price: price is often predicted.*\n +regression: price is a number\n/);
    expect(stderr).toContain('ciclo init houses.csv --yes');
    expect(git('status', '--porcelain')).toBe('');
  });

  test('--dry-run shows the file and writes nothing', async () => {
    const { code, stdout } = await init('houses.csv', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^task: regression # price is a number$/m);
    expect(stdout).toContain('Nothing was written (--dry-run)');
    expect(git('status', '--porcelain')).toBe('');
  });
});

describe('data that cannot be taken', () => {
  test.each([
    [['nothing.csv'], /there is no file .*nothing\.csv/],
    [['postgres://u:secret@db/x'], /Give the query: --query/],
    [['houses.csv', '--query', 'SELECT 1'], /--query goes with a database/],
    [['houses.csv', '--target', 'pirce'], /--target: the data has no column "pirce"; did you mean "?price/],
    [['houses.csv', '--target', 'quarter', '--task', 'regression'], /task: regression needs a number/],
  ])('%j', async (argv, message) => {
    const { code, stderr } = await init(...argv, '--yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('secret');
    expect(existsSync(path.join(root, 'ciclo.yml'))).toBe(false);
  });

  test('three rows, and columns of which none can be predicted, are said to be so', async () => {
    await writeFile(path.join(root, 'three.csv'), 'size,price\n1,2\n2,4\n3,7\n');
    expect((await init('three.csv', '--yes')).stderr).toMatch(
      /the data has 3 rows, and at least 20 are needed to train a model/,
    );
    const lines = Array.from({ length: 60 }, (_, i) => `${i + 1},yes`);
    await writeFile(path.join(root, 'one.csv'), `number,bought\n${lines.join('\n')}\n`);
    expect((await init('one.csv', '--yes')).stderr).toMatch(
      /no column can be predicted: number numbers the rows, bought has the same value in all rows\. Predicting takes/,
    );
    expect(existsSync(path.join(root, 'ciclo.yml'))).toBe(false);
  });

  test('a table without anything to learn from is refused before anything is written', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => `${i + 1},${(i * 31) % 19}`);
    await writeFile(path.join(root, 'bare.csv'), `row,price\n${lines.join('\n')}\n`);
    const { code, stderr } = await init('bare.csv', '--yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(/nothing is left to predict price from: row numbers the rows/);
    expect(git('status', '--porcelain')).not.toContain('ciclo.yml');
  });

  test('several files and none named: it asks which', async () => {
    await writeFile(path.join(root, 'other.csv'), houses());
    const { code, stderr } = await init('--yes');
    expect(code).toBe(2);
    expect(stderr).toMatch(/There are several: houses\.csv, other\.csv/);
  });

  test('a folder of files is one pattern', async () => {
    await mkdir(path.join(root, 'data'));
    await writeFile(path.join(root, 'data/a.csv'), houses());
    await writeFile(path.join(root, 'data/b.csv'), houses(30));
    await init('data', '--yes', '--no-run');
    expect(await read('ciclo.yml')).toContain('path: data/*.csv');
    expect(JSON.parse(await read('ciclo.lock')).data.rows).toBe(90);
  });
});
