import { readFileSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { expect, test } from 'vitest';
import { root, textOf } from '../workflows/project-files.ts';

const sources = globSync(['{actions,cli,shared}/**/*.ts', '!**/*.test.ts', '!**/testing/**'], { cwd: root });

/** Texts that Ciclo can say: literals, with line breaks and concatenations in the code taken out, and "…" for what differs. */
const said = sources
  .map((file) => readFileSync(path.join(root, file), 'utf8'))
  .join('\n')
  .replaceAll(/['"`]\s*\+\s*['"`]/g, '')
  .replaceAll(/['"`],?\s*\n\s*['"`]/g, '');

const messages = [...textOf('docs/troubleshooting.md').matchAll(/^### `(.+)`$/gm)].map((match) => match[1]!);

/** What the guide of the workflows quotes of Ciclo's own, in the table of what does not work. */
const quoted = [
  ...textOf('docs/guides/github-actions.md')
    .split('\n## When it does not work\n')[1]!
    .matchAll(/^\| "([^"]+)"[^|]* \|/gm),
].map((match) => match[1]!.replace('CICLO_…', '…'));

test('the pages have messages', () => {
  expect(messages.length).toBeGreaterThan(20);
  expect(quoted.length).toBeGreaterThan(4);
});

test.each([...messages, ...quoted])('Ciclo says: %s', (message) => {
  const pieces = message.split('…').filter((piece) => /\w{2}/.test(piece));
  expect(pieces.filter((piece) => !said.includes(piece))).toEqual([]);
});
