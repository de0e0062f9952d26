import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { root, textOf } from '../workflows/project-files.ts';
import { pages } from './markdown-files.ts';

/** Words that readers stumble over, though they are English. */
const stiff =
  /\b(?:anew|amiss|all the same|lest|thereof|henceforth|(?:is|are|was|were|been|only) told(?! apart)|told (?:of|as|with)|(?:came|comes) of (?:it|them|its)|became of|mend(?:s|ed)?|for ever)\b/gi;

/** What a text that is no prose says: keys of `--json` stay as they are. */
const readable = (text: string): string => text.replaceAll(/`[^`\n]*`/g, '');

const read = [
  ...pages,
  'RELEASING.md',
  'SECURITY.md',
  'ciclo.schema.json',
  ...globSync(['actions/*/{README.md,action.yml}', '.github/workflows/*.yml'], { cwd: root }).sort(),
];

test.each(read)('%s is in plain words', (file) => {
  const found = readable(textOf(file))
    .split('\n')
    .flatMap((line, at) => [...line.matchAll(stiff)].map(([word]) => `${at + 1}: ${word}`));
  expect(found).toEqual([]);
});
