import { existsSync } from 'node:fs';
import path from 'node:path';
import { globSync } from 'tinyglobby';
import { describe, expect, test } from 'vitest';
import { root, textOf } from '../workflows/project-files.ts';
import { headingAnchors, prose } from './heading-anchors.ts';

/** Every page that is read on GitHub. Changesets are read in CHANGELOG.md, in the root. */
const files = globSync(
  ['*.md', '{docs,actions,example-repo,benchmarks,tests}/**/*.md', '!**/node_modules/**', '!**/golden/**'],
  { cwd: root },
).sort();

/** Addresses in a text that are files of the repository, with their anchors; code is left out. */
function linksOf(markdown: string): string[] {
  return [...prose(markdown).matchAll(/\]\(([^)\s]+)\)/g)]
    .map((match) => match[1]!)
    .filter((link) => !/^[a-z]+:/.test(link));
}

/** Why a link leads nowhere; undefined where it does not. */
function fault(file: string, link: string): string | undefined {
  const [target = '', anchor] = link.split('#');
  const place = target === '' ? file : path.posix.join(path.posix.dirname(file), target);
  if (place.startsWith('..') || !existsSync(path.join(root, place))) return `${link}: there is no ${place}`;
  if (anchor === undefined || !place.endsWith('.md')) return undefined;
  return headingAnchors(textOf(place)).has(anchor)
    ? undefined
    : `${link}: no heading of ${place} is so called`;
}

describe('links of the pages', () => {
  test('are looked at', () => {
    expect(files.length).toBeGreaterThan(80);
    expect(files.flatMap((file) => linksOf(textOf(file))).length).toBeGreaterThan(400);
  });

  test.each(files)('of %s lead to a file, and to a heading of it', (file) => {
    expect(linksOf(textOf(file)).flatMap((link) => fault(file, link) ?? [])).toEqual([]);
  });

  test('are found to be wrong where they are', () => {
    expect(fault('docs/README.md', 'no-such.md')).toContain('there is no docs/no-such.md');
    expect(fault('docs/README.md', 'security.md#no-such-heading')).toContain('no heading');
    expect(fault('docs/README.md', '../../outside.md')).toContain('there is no ../outside.md');
  });
});

test.each(['CONTRIBUTING.md', 'RELEASING.md'])('%s names files of code that there are', (file) => {
  const there = globSync(['**/*.{ts,sh,java}', '!**/node_modules/**'], { cwd: root });
  const named = [...textOf(file).matchAll(/`([\w./-]*\w\.(?:ts|sh|java))`/g)].map((match) => match[1]!);
  expect(named.length).toBeGreaterThan(0);
  const example = 'x-target.ts'; // what a new target would be called
  const isThere = (name: string): boolean => there.some((one) => `/${one}`.endsWith(`/${name}`));
  expect(named.filter((name) => name !== example && !isThere(name))).toEqual([]);
});

test('anchors are those that GitHub makes', () => {
  const page =
    '# A `key`, and *more*\n## Größe_x – 2.5\n```sh\n# no heading\n```\n## [Link](a.md)\n## Link\n';
  expect([...headingAnchors(page)]).toEqual(['a-key-and-more', 'größe_x--25', 'link', 'link-1']);
});
