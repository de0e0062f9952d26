import { describe, expect, test } from 'vitest';
import { IntegrityError } from '../../platform/errors.ts';
import { car, carsBundle, carsModel } from '../../serving/testing/models.ts';
import { type Bundle, readBundle } from './bundle.ts';
import { type BundleReader, bundleReader } from './bundle-reader.ts';

async function cars(changed: Readonly<Record<string, string | undefined>> = {}): Promise<Bundle> {
  const { name, bytes } = await carsBundle();
  const { manifest, files } = await readBundle(bytes, name);
  const all = new Map(files);
  for (const [file, text] of Object.entries(changed)) {
    if (text === undefined) all.delete(file);
    else all.set(file, new TextEncoder().encode(text));
  }
  return { manifest, files: all };
}

const remedy = 'the bundle was made by another Ciclo: read it with that, or deploy the model again';

describe('the reader of a bundle', () => {
  test('gives what was put into it', async () => {
    const reader = bundleReader(await cars());
    const model = carsModel();
    expect(reader.schema()).toEqual(model.schema);
    expect(reader.profile()).toEqual(model.profile);
    expect(reader.training().metric).toBe('rmse');
    expect(reader.card()).toBe('# Cars\n');
    const row = { ...car, sold: Date.UTC(1975, 5, 1) };
    const predictor = await reader.predictor();
    expect(predictor.predictRecord(row)).toEqual(model.predictor.predictRecord(row));
    const [example] = reader.smoke().examples;
    expect(predictor.predictRecord(example!.record)).toEqual(example!.prediction);
  });

  test('knows that former bundles have no profile of predictions', async () => {
    expect(bundleReader(await cars()).predictionProfile()).toBeUndefined();
  });

  const refused: readonly [
    string,
    Record<string, string | undefined>,
    keyof BundleReader,
    string | RegExp,
  ][] = [
    ['is missing', { 'evaluation.json': undefined }, 'evaluation', `has no evaluation.json: ${remedy}`],
    [
      'is not JSON',
      { 'schema.json': '{' },
      'schema',
      /^cars-v1\.2\.0\.zip\/schema\.json is not JSON: .*: the b/,
    ],
    [
      'lacks a key',
      { 'training.json': '{"version":1}' },
      'training',
      /^cars-v1\.2\.0\.zip\/training\.json does not fit its format: seed: .*: the bundle was made by another Ciclo/,
    ],
    [
      'is another value altogether',
      { 'recipe.json': '[]' },
      'predictor',
      /^cars-v1\.2\.0\.zip\/recipe\.json does not fit its format: (?!: )/,
    ],
    [
      'is not a network',
      { 'model.json': '{}' },
      'predictor',
      /^cars-v1\.2\.0\.zip\/model\.json: .*: the bundle was made/,
    ],
    [
      'has other weights',
      { 'weights.bin': '' },
      'predictor',
      /^cars-v1\.2\.0\.zip\/.*weights\.bin.*: the bundle was/,
    ],
  ];
  test.each(refused)(
    'says which file %s, in which bundle, and what to do',
    async (_what, changed, part, message) => {
      const reader = bundleReader(await cars(changed));
      const read = async () => reader[part]();
      await expect(read()).rejects.toThrow(IntegrityError);
      await expect(read()).rejects.toThrow(message);
    },
  );

  test('refuses text that is not UTF-8', async () => {
    const { manifest, files } = await cars();
    const reader = bundleReader({
      manifest,
      files: new Map([...files, ['card.md', new Uint8Array([0xff])]]),
    });
    expect(() => reader.card()).toThrow(
      new IntegrityError(`cars-v1.2.0.zip/card.md is not UTF-8 text: ${remedy}`),
    );
  });
});
