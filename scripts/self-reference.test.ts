import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { publishedActions } from '../shared/init/published-actions.ts';
import { versionsOf } from './next-version.ts';
import { pagesOf } from './pages.ts';
import {
  majorOfPages,
  publishedMajors,
  rewriteSelfReferences,
  withPublishedMajor,
} from './self-reference.ts';

test('references of a repository to itself are rewritten where they are used, and nowhere else', () => {
  const text =
    '# uses $/actions/entry\n  - uses: $/actions/entry\n    uses: $/.github/workflows/gate.yml # why\n';
  expect(rewriteSelfReferences(text, 'my-org/ciclo@v1')).toBe(
    '# uses $/actions/entry\n  - uses: my-org/ciclo/actions/entry@v1\n    uses: my-org/ciclo/.github/workflows/gate.yml@v1 # why\n',
  );
});

test.each(['ciclo', 'my-org/ciclo', 'my-org/ciclo@', '@v1'])('%s is not a place to find them', (self) => {
  expect(() => rewriteSelfReferences('', self)).toThrow('owner/repo@ref is needed');
});

test('pages name a released major version: the one that is to be published, and the last one afterwards', () => {
  expect(majorOfPages({ current: '0.1.0', next: '1.0.0' })).toBe('v1');
  expect(majorOfPages({ current: '1.4.2', next: '2.0.0' })).toBe('v1');
  expect(majorOfPages({ current: '2.0.0', next: '2.0.0' })).toBe('v2');
});

test('a new major version is written wherever users read how the actions are named, and nowhere else', () => {
  // Not in one piece, or the version pull request would rewrite this test.
  const own = ['ciclo-ml', 'ciclo'].join('/');
  const text = (major: string): string =>
    `uses: ${own}/actions/train@${major}, ${own}@${major}; fuel@v1.0.0, actions/checkout@v1, @v1; https://raw.githubusercontent.com/${own}/${major}/ciclo.schema.json`;
  expect(publishedMajors(text('v1'))).toEqual(['v1']);
  expect(withPublishedMajor(text('v1'), 'v2')).toBe(text('v2'));
});

test('every page names the major version that a user can have, or the first release will make', async () => {
  const major = majorOfPages(await versionsOf('.'));
  const named = await Promise.all(
    pagesOf('.').map(async (page) => [page, publishedMajors(await readFile(page, 'utf8'))] as const),
  );
  const pages = named.filter(([, majors]) => majors.length > 0);
  expect(pages.length).toBeGreaterThan(15);
  expect(pages.filter(([, majors]) => majors.join() !== major)).toEqual([]);
  // And what `ciclo init` writes.
  expect(publishedActions.ref).toBe(major);
});
