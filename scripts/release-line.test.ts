import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { publishRelease } from './release-line.ts';
import { isNewest, releaseTags } from './release-version.ts';

let folder: string;
let repository: string;

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim();
}

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'ciclo-line-'));
  repository = path.join(folder, 'checkout');
  const origin = path.join(folder, 'origin.git');
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch=main', origin]);
  execFileSync('git', ['clone', '--quiet', origin, repository], { stdio: 'ignore' });
  for (const [key, value] of [
    ['user.name', 'a release'],
    ['user.email', 'release@example.com'],
  ]) {
    git('config', key!, value!);
  }
  await writeFile(path.join(repository, '.gitignore'), 'dist/\n');
  git('add', '.gitignore');
  git('commit', '--quiet', '-m', 'source');
  git('push', '--quiet', 'origin', 'HEAD:main');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** A release tree with one bundled file. */
async function tree(content: string): Promise<string> {
  const built = path.join(folder, `tree ${content}`);
  await mkdir(path.join(built, 'dist'), { recursive: true });
  await writeFile(path.join(built, 'dist', 'index.js'), content);
  return built;
}

async function release(version: string, content: string): ReturnType<typeof publishRelease> {
  return publishRelease({ repository, tree: await tree(content), version, source: git('rev-parse', 'main') });
}

const atOrigin = (ref: string): string => git('--git-dir=../origin.git', 'rev-parse', `${ref}^{commit}`);

describe('a release', () => {
  test('is a commit on the release line, tagged by its version and its major version', async () => {
    const { commit, created } = await release('1.0.0', 'one');
    expect(created).toBe(true);
    for (const ref of ['releases/v1', 'v1.0.0', 'v1']) expect(atOrigin(ref)).toBe(commit);
    expect(git('ls-tree', '-r', '--name-only', commit)).toBe('dist/index.js');
    expect(git('show', '-s', '--format=%P', commit)).toBe(git('rev-parse', 'main'));
  });

  test('follows the one before it, and takes the major tag along', async () => {
    const first = await release('1.0.0', 'one');
    const second = await release('1.1.0', 'two');
    expect(git('show', '-s', '--format=%P', second.commit).split(' ')[0]).toBe(first.commit);
    expect([atOrigin('v1.0.0'), atOrigin('v1'), atOrigin('v1.1.0')]).toEqual([
      first.commit,
      second.commit,
      second.commit,
    ]);
  });

  test('of an older line leaves the major tag with the newer version', async () => {
    const newer = await release('1.2.0', 'new');
    const { moved } = await release('1.1.1', 'mended');
    expect(moved).toBe(false);
    expect(atOrigin('v1')).toBe(newer.commit);
  });

  test('of another major version has a line and a tag of its own', async () => {
    const one = await release('1.0.0', 'one');
    const two = await release('2.0.0', 'two');
    expect([atOrigin('v1'), atOrigin('v2'), atOrigin('releases/v2')]).toEqual([
      one.commit,
      two.commit,
      two.commit,
    ]);
  });

  test('that is published again makes nothing twice', async () => {
    const first = await release('1.0.0', 'one');
    expect(await release('1.0.0', 'one')).toEqual({ ...first, created: false });
    expect(git('--git-dir=../origin.git', 'rev-list', '--count', '--first-parent', 'releases/v1')).toBe('2');
  });

  test('whose major tag was not moved is finished by the next attempt', async () => {
    const first = await release('1.0.0', 'one');
    git('push', '--quiet', 'origin', ':refs/tags/v1');
    await release('1.0.0', 'one');
    expect(atOrigin('v1')).toBe(first.commit);
  });

  test('is refused when the version is there with other content', async () => {
    await release('1.0.0', 'one');
    await expect(release('1.0.0', 'other')).rejects.toThrow(
      'v1.0.0 is released already, with other content: raise the version in package.json',
    );
  });

  test('leaves the checkout as it was', async () => {
    await release('1.0.0', 'one');
    expect(git('status', '--porcelain')).toBe('');
    expect(git('rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
  });
});

describe('versions', () => {
  test('that are not three numbers are refused', () => {
    expect(() => releaseTags('1.0.0-beta.1')).toThrow('three numbers are needed');
  });

  test('compare as numbers, within their major version', () => {
    expect(isNewest('1.10.0', ['v1.9.0', 'v1', 'v2.0.0', 'fuel@v1.11.0'])).toBe(true);
    expect(isNewest('1.9.0', ['v1.10.0'])).toBe(false);
  });
});
