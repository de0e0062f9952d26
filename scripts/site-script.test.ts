import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { pageScript } from '../shared/site/generated/page-script.ts';
import { bundleSiteScript } from './site-script.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the committed script of the site is what esbuild makes of its sources', async () => {
  const bundled = await bundleSiteScript(root);
  const committed = await import('node:fs/promises').then(({ readFile }) =>
    readFile(`${root}shared/site/generated/page-script.ts`, 'utf8'),
  );
  expect(committed === bundled, 'node scripts/build-site-script.ts writes it again').toBe(true);
});

test('the script is a script: it parses, needs nothing of Node, and is the same text as its module says', () => {
  expect(() => new Function(pageScript)).not.toThrow();
  expect(pageScript).not.toMatch(/\brequire\(|\bprocess\.|\bBuffer\b|node:/);
  expect(Buffer.byteLength(pageScript)).toBeLessThan(200_000);
});
