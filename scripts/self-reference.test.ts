import { expect, test } from 'vitest';
import { rewriteSelfReferences } from './self-reference.ts';

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
