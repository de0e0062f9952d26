import { beforeAll, describe, expect, test } from 'vitest';
import '../../shared/config/load.ts'; // brings zod, whose registry stays in the process
import { commandList } from '../../cli/command-list.ts';
import { runInMemory } from '../../cli/testing/test-io.ts';
import { textOf } from '../workflows/project-files.ts';
import { pages } from './markdown-files.ts';

const guide = textOf('docs/guides/command-line.md');
const everyPage = pages.map(textOf).join('\n');
const commands = commandList.map(({ term }) => term.split(' ')[0]!).filter((name) => name !== 'help');

/** Flags by command, as its help lists them. */
const flags = new Map<string, readonly string[]>();

beforeAll(async () => {
  for (const name of commands) {
    const { stdout } = await runInMemory([name, '--help']);
    flags.set(
      name,
      [...stdout.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gm)].map((match) => match[1]!),
    );
  }
});

function commandsWith(flag: string): string[] {
  return commands.filter((name) => flags.get(name)!.includes(flag));
}

/** The commands that a cell names: "all but `init`", or a list. */
function namedIn(cell: string): string[] {
  const names = [...cell.matchAll(/`([a-z-]+)`/g)].map((match) => match[1]!);
  return cell.startsWith('all but') ? commands.filter((name) => !names.includes(name)) : names;
}

describe('flags of the command line', () => {
  test.each(commands)('those of %s are explained on a page, each', (name) => {
    expect(flags.get(name)!.length).toBeGreaterThan(0);
    const explained = (flag: string): boolean => new RegExp(`${flag}(?![\\w-])`).test(everyPage);
    expect(flags.get(name)!.filter((flag) => flag !== '--help' && !explained(flag))).toEqual([]);
  });

  test('that several commands have stand with these commands in one table', () => {
    const table = guide.split('\n## Flags that several commands share\n')[1]!.split('\n\n')[0]!;
    const rows = [...table.matchAll(/^\| (`-.*?) \| .* \| (.*) \|$/gm)].flatMap(([, first, of]) =>
      [...first!.matchAll(/--[a-z-]+/g)].map(([flag]) => [flag, namedIn(of!)] as const),
    );
    expect(rows.map(([flag]) => flag)).toEqual([
      '--config',
      '--output',
      '--json',
      '--exit-code',
      '--verbose',
      '--quiet',
    ]);
    for (const [flag, named] of rows) expect([...named].sort(), flag).toEqual(commandsWith(flag).sort());
  });

  test('the table of exit codes says what each command with --exit-code has found', () => {
    const row = /^\| 1 \| (.*) \|$/m.exec(guide)![1]!;
    expect(namedIn(row.replaceAll('`--exit-code`', '').replace('`fail`', '')).sort()).toEqual(
      commandsWith('--exit-code').sort(),
    );
  });
});
