import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runInMemory } from '../testing/test-io.ts';

const scripts = await Promise.all(['bash', 'zsh'].map((shell) => runInMemory(['completion', shell])));

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'ciclo completion '));
  for (const [place, shell] of ['bash', 'zsh'].entries()) {
    expect(scripts[place]!.code).toBe(0);
    writeFileSync(path.join(folder, shell), scripts[place]!.stdout);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What bash offers at the end of a command line. */
function offered(...words: string[]): string[] {
  const script = `
    source ./bash
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}) COMP_CWORD=${words.length - 1}
    _ciclo; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const output = execFileSync('bash', ['--norc', '-c', script], { cwd: folder, encoding: 'utf8' });
  return output.split('\n').filter((line) => line !== '');
}

describe('bash', () => {
  test('completes the names of commands', () => {
    expect(offered('ciclo', 'pre')).toEqual(['prepare', 'predict']);
    expect(offered('ciclo', 'help', 'dri')).toEqual(['drift-check']);
  });

  test('completes the options of the command, and the few values that one takes', () => {
    expect(offered('ciclo', 'lock', '--d')).toEqual(['--dry-run']);
    expect(offered('ciclo', 'validate', '--task', 'm')).toEqual(['multiclass']);
  });

  test('leaves everything else to file names', () => {
    expect(offered('ciclo', 'predict', 'ro')).toEqual([]);
    const complete = execFileSync('bash', ['--norc', '-c', 'source ./bash; complete -p ciclo'], {
      cwd: folder,
    });
    expect(complete.toString()).toBe('complete -o default -F _ciclo ciclo\n');
  });
});

const zsh = spawnSync('zsh', ['--version']).status === 0;

test.skipIf(!zsh)('zsh reads its script, and knows every command', () => {
  const script = `
    compdef() { print -r -- "$@" }
    _describe() { print -l -- \${(P)argv[-1]} }
    source ./zsh
    words=(ciclo pre) CURRENT=2
    _ciclo`;
  const output = execFileSync('zsh', ['-f', '-c', script], { cwd: folder, encoding: 'utf8' });
  expect(output).toContain('_ciclo ciclo');
  expect(output).toMatch(/^prepare:collect, clean and split the data$/m);
  expect(output).toMatch(/^doctor:/m);
  const of = (words: string, at: number) =>
    execFileSync('zsh', ['-f', '-c', script.replace(/words=.*/, `words=(${words}) CURRENT=${at}`)], {
      cwd: folder,
      encoding: 'utf8',
    });
  expect(of('ciclo lock --', 3)).toMatch(/^--dry-run:show what would change and write nothing$/m);
  expect(of('ciclo validate --task m', 4)).toMatch(/^multiclass$/m);
});

test('another shell is refused with those that there are', async () => {
  const { code, stderr } = await runInMemory(['completion', 'fish']);
  expect(code).toBe(2);
  expect(stderr).toMatch(/Allowed choices are bash, zsh/);
});
