import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { IntegrityError } from '../../platform/errors.ts';
import { carsBundle } from '../../serving/testing/models.ts';
import type { RegisteredVersion } from '../registry/registry.ts';
import { formatBinding, parseBinding } from '../registry/tag-lines.ts';
import { parseVersion } from '../registry/version.ts';
import { readBundle, writeBundle } from './bundle.ts';
import { bindingOf, readVersionBundle } from './bundle-binding.ts';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

async function released(): Promise<{ bytes: Uint8Array; version: RegisteredVersion }> {
  const { name, bytes } = await carsBundle();
  const bundle = await readBundle(bytes, name);
  const version: RegisteredVersion = {
    version: parseVersion('v1.2.0')!,
    ...{ tag: 'cars@v1.2.0', commit: 'c', time: 1, model: bundle.manifest.digests.model },
    binding: bindingOf(bytes, bundle),
  };
  return { bytes, version };
}

/** The bundle with other files, whose digests its own manifest states. */
async function rewritten(bytes: Uint8Array, changed: Readonly<Record<string, Uint8Array>>, head = {}) {
  const { manifest, files } = await readBundle(bytes, 'cars-v1.2.0.zip');
  const { format: _format, kind: _kind, files: _files, ...rest } = manifest;
  return writeBundle({ ...rest, ...head }, new Map([...files, ...Object.entries(changed)]));
}

describe('a bundle beside its version’s tag', () => {
  test('is read when it is the file that was registered', async () => {
    const { bytes, version } = await released();
    const bundle = await readVersionBundle(bytes, 'cars', version);
    expect(bundle.manifest).toMatchObject({ format: 2, name: 'cars', version: 'v1.2.0' });
    expect(version.binding!.bundle).toBe(sha256(bytes));
    expect(parseBinding(`Registering artifact\n\n${formatBinding(version.binding!)}`)).toEqual(
      version.binding,
    );
  });

  test('with any byte of it changed is refused', async () => {
    const { bytes, version } = await released();
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, by) => {
          const changed = Uint8Array.from(bytes);
          changed[at] = changed[at]! ^ by;
          await expect(readVersionBundle(changed, 'cars', version)).rejects.toThrow(IntegrityError);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('with any byte of any of its files changed is refused, even if its manifest was made to agree', async () => {
    const { bytes, version } = await released();
    const { files } = await readBundle(bytes, 'cars-v1.2.0.zip');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files.keys()),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        fc.integer({ min: 1, max: 255 }),
        async (name, place, by) => {
          const content = Uint8Array.from(files.get(name)!);
          const at = Math.floor(place * content.length);
          content[at] = content[at]! ^ by;
          const changed = await rewritten(bytes, { [name]: content });
          await expect(readVersionBundle(changed, 'cars', version)).rejects.toThrow(
            /^the bundle cars-v1\.2\.0\.zip is not the file that cars@v1\.2\.0 was registered with: /,
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is compared by its model’s content too, not by what it claims to be', async () => {
    const { bytes, version } = await released();
    const changed = await rewritten(bytes, { 'card.md': text('# Another\n') });
    // Whoever could write the tag's first line and not the second.
    const binding = { ...version.binding!, bundle: sha256(changed) };
    await expect(readVersionBundle(changed, 'cars', { ...version, binding })).rejects.toThrow(
      /holds a model of the content sha256:[0-9a-f]{64}, the tag cars@v1\.2\.0 says sha256:/,
    );
  });

  test('whose tag binds nothing is compared as far as the tag goes', async () => {
    const { bytes, version } = await released();
    const { binding: _binding, ...unbound } = version;
    expect((await readVersionBundle(bytes, 'cars', unbound)).manifest.version).toBe('v1.2.0');
    const model = sha256('another model');
    await expect(readVersionBundle(bytes, 'cars', { ...unbound, model })).rejects.toThrow(
      'the tag cars@v1.2.0 says',
    );
    await expect(readVersionBundle(bytes, 'boats', unbound)).rejects.toThrow('holds cars v1.2.0');
  });
});

describe('a manifest of a bundle', () => {
  const bad: readonly [string, object][] = [
    ['a name that leaves the folder', { name: '../../x' }],
    ['a version that is a path', { version: 'v1.2.0/../..' }],
    ['a champion that is no version', { champion: { version: '../x', model: sha256('m') } }],
    ['a window that is no time', { window: { column: 'year', until: '<script>' } }],
    ['a digest that is none', { data: 'latest' }],
    [
      'a model of another pipeline',
      { model: { pipeline: 'boats', fingerprint: sha256('f'), inputs: {}, versions: {} } },
    ],
  ];
  test.each(bad)('with %s is neither written nor read', async (_what, head) => {
    const { bytes } = await carsBundle();
    await expect(rewritten(bytes, {}, head)).rejects.toThrow();
  });

  test('of another format is told, with those that are read', async () => {
    const { bytes } = await carsBundle();
    const { manifest, files } = await readBundle(bytes, 'cars');
    const { storedZip } = await import('./stored-zip.ts');
    const zip = await storedZip([
      ['manifest.json', text(JSON.stringify({ ...manifest, format: 3 }))],
      ...files,
    ]);
    await expect(readBundle(zip, 'cars-v1.2.0.zip')).rejects.toThrow(
      /"cars-v1\.2\.0\.zip" has format 3; Ciclo \S+ reads the formats 1 and 2: update Ciclo/,
    );
  });

  test('of format 1, without an engine.json, is read', async () => {
    const { bytes } = await carsBundle();
    const { manifest, files } = await readBundle(bytes, 'cars');
    const { storedZip } = await import('./stored-zip.ts');
    const { bundleReader } = await import('./bundle-reader.ts');
    const { 'engine.json': _engine, ...listed } = manifest.files;
    const former = { ...manifest, format: 1, files: listed };
    const rest = [...files].filter(([name]) => name !== 'engine.json');
    const zip = await storedZip([['manifest.json', text(JSON.stringify(former))], ...rest]);
    const reader = bundleReader(await readBundle(zip, 'cars'));
    expect(reader.engine()).toMatchObject({ kind: 'layers', files: ['model.json', 'weights.bin'] });
    const predictor = await reader.predictor();
    expect(reader.smoke().examples.map(({ record }) => predictor.predictRecord(record))).toEqual(
      reader.smoke().examples.map(({ prediction }) => prediction),
    );
  });

  test('whose engine is of a kind that this Ciclo does not know: the reader says so, and what it knows', async () => {
    const { bytes } = await carsBundle();
    const engine = { version: 1, kind: 'quantum', files: ['trees.bin'], inverse: { type: 'identity' } };
    const changed = await rewritten(bytes, { 'engine.json': text(JSON.stringify(engine)) });
    const { bundleReader } = await import('./bundle-reader.ts');
    const bundle = await readBundle(changed, 'cars');
    await expect(bundleReader(bundle).predictor()).rejects.toThrow(
      /^cars-v1\.2\.0\.zip\/engine\.json: the model runs on an engine of the kind "quantum", and Ciclo \S+ knows layers, trees, ensemble, onnx, predictions: update Ciclo$/,
    );
  });
});
