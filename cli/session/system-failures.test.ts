import { execFileSync, spawnSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { housesConfig, housesCsv } from '../../actions/testing/houses.ts';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';

const main = fileURLToPath(new URL('../ciclo.js', import.meta.url));

/** What `ciclo versions --json` says where git is this program, or is not there. */
async function failureWithGit(script: string | undefined) {
  await using folder = await temporaryFolder({
    'ciclo.yml': housesConfig(),
    'data/houses.csv': housesCsv(60),
  });
  execFileSync('git', ['-C', folder.path, 'init', '--quiet']);
  const bin = path.join(folder.path, 'bin');
  await mkdir(bin);
  if (script !== undefined) {
    await writeFile(path.join(bin, 'git'), `#!/bin/sh\n${script}\n`);
    await chmod(path.join(bin, 'git'), 0o755);
  }
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, 'versions', '--json'], {
    ...{ cwd: folder.path, encoding: 'utf8' },
    env: { ...process.env, PATH: bin },
  });
  const { error } = JSON.parse(stdout) as { error: { kind: string; message: string } };
  return { status, stderr, ...error };
}

const refusals: readonly [string, string | undefined, RegExp][] = [
  ['git is missing', undefined, /^looking for the git repository: git is not here: install it/],
  [
    'the repository is another owner’s',
    `echo "fatal: detected dubious ownership in repository at '/srv/models'" >&2; exit 128`,
    /does not trust a repository of another owner: git config --global --add safe\.directory \/srv\/models$/,
  ],
  [
    'git may not read',
    'echo "fatal: /srv/.git: Permission denied" >&2; exit 128',
    /change the rights of the repository/,
  ],
  [
    'the disk is full',
    'echo "fatal: write error: No space left on device" >&2; exit 128',
    /make room and run again$/,
  ],
];

test.each(refusals)(
  '%s: exit code 2, kind system, with what to do; never a bug',
  async (_what, script, message) => {
    const failure = await failureWithGit(script);
    expect(failure).toMatchObject({ status: 2, kind: 'system' });
    expect(failure.message).toMatch(message);
    expect(failure.stderr).not.toContain('bug in Ciclo');
  },
);

test.each([
  [
    '--config',
    'around/ciclo.yml',
    'cannot look at .*around/ciclo\\.yml: its symbolic links lead in a circle',
  ],
  ['--config', 'x'.repeat(5000), 'cannot look at .*: the name is too long for this file system'],
])(
  'a configuration that the system does not show is not called missing: %s',
  async (flag, value, message) => {
    await using folder = await temporaryFolder({ 'a.csv': 'x\n' });
    await symlink('around', path.join(folder.path, 'around'));
    const { status, stdout } = spawnSync(process.execPath, [main, 'run', flag, value, '--json'], {
      ...{ cwd: folder.path, encoding: 'utf8' },
    });
    const { error } = JSON.parse(stdout) as { error: { kind: string; message: string } };
    expect({ status, kind: error.kind }).toEqual({ status: 2, kind: 'system' });
    expect(error.message).toMatch(new RegExp(message));
  },
);
