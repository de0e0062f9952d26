import { describe, expect, test } from 'vitest';
import '../../shared/config/load.ts'; // brings zod, whose registry stays in the process
import { runInMemory } from '../../cli/testing/test-io.ts';
import { textOf } from '../workflows/project-files.ts';
import { blocksOf, pages } from './markdown-files.ts';

/** A command line of ciclo as a page writes it. */
interface Shown {
  readonly file: string;
  readonly line: string;
}

const inline = /`(?:npx )?(ciclo [a-z][a-z-]*(?: [^`]*)?)`/g;
const inShell = /(?:^|\| |&& )(?:npx )?(ciclo [a-z][a-z-]*.*?)(?= \||$)/gm;

const shown: readonly Shown[] = pages.flatMap((file) => {
  const shell = blocksOf([file]).filter(({ language }) => language === 'sh');
  const lines = [
    ...[...textOf(file).matchAll(inline)].map((match) => match[1]!),
    ...shell.flatMap(({ text }) => [...text.matchAll(inShell)].map((match) => match[1]!)),
  ];
  return [...new Set(lines)].map((line) => ({ file, line: line.replace(/\s+#.*$/, '') }));
});

const helps = new Map<string, Promise<string>>();

/** What the help of a command says; a command that there is not makes an error of its own. */
function helpOf(command: string): Promise<string> {
  const known =
    helps.get(command) ??
    runInMemory([command, '--help']).then(({ code, stdout }) => (code === 0 ? stdout : ''));
  helps.set(command, known);
  return known;
}

describe('command lines of the pages', () => {
  test('are looked at', () => expect(shown.length).toBeGreaterThan(60));

  test.each(shown)('$file: $line has a command and flags that there are', async ({ line }) => {
    const [, command = '', ...words] = line.split(/\s+/);
    if (command === 'help') return;
    const help = await helpOf(command);
    expect(help, `ciclo ${command} --help`).toContain(`Usage: ciclo ${command}`);
    const flags = words.flatMap((word) => /^--[a-z][a-z-]*/.exec(word)?.[0] ?? []);
    expect(flags.filter((flag) => !help.includes(flag))).toEqual([]);
  });
});
