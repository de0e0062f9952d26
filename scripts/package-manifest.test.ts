import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { packageManifest } from './package-manifest.ts';

async function own(): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile('package.json', 'utf8'));
}

test('the published manifest installs nothing but itself, and runs nothing when it is installed', async () => {
  const manifest = packageManifest(await own());
  expect(Object.keys(manifest)).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(dependencies|devDependencies|scripts|overrides|private)$/),
    ]),
  );
  const { name, version, engines, peerDependencies } = await own();
  expect(manifest).toMatchObject({
    name,
    version,
    engines,
    peerDependencies,
    bin: { ciclo: 'dist/ciclo.cjs' },
  });
});

test('a peer that npm would install with it is refused', async () => {
  const manifest = { ...(await own()), peerDependenciesMeta: {} };
  expect(() => packageManifest(manifest)).toThrow(
    /onnxruntime-node must be optional in peerDependenciesMeta, or npm installs it with every ciclo/,
  );
});

test('the repository itself is never published: it brings everything that develops it', async () => {
  expect(await own()).toMatchObject({ private: true });
});
