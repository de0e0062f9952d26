import { describe, expect, test } from 'vitest';
import { resolvePaths } from '../file-paths.ts';
import { messageFrom, readConfigured } from '../testing/read-helpers.ts';
import { temporaryFolder } from '../testing/temporary-folder.ts';

/** As git-lfs 3.6 writes it (https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md). */
const lfs = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 12345
`;
/** As DVC 3 writes it. */
const dvc = `outs:
- md5: a304afb96060aad90176268345e10355
  size: 12345
  hash: md5
  path: cars.csv
`;

const read = (directory: string, path: string) => readConfigured({ type: 'file', path }, { directory });

describe('a pointer of Git LFS', () => {
  test.each(['cars.csv', 'cars.json', 'cars.parquet', 'cars.arrow', 'cars.csv.gz'])(
    'is no %s',
    async (name) => {
      await using folder = await temporaryFolder({ [name]: lfs });
      expect(await messageFrom(read(folder.path, name))).toMatch(
        /^cars\.\S+ is a pointer of Git LFS, not the data \(12345 bytes\): run git lfs pull; in a workflow set lfs: true/,
      );
    },
  );

  test('is found among files that are data, and nothing else is taken for one', async () => {
    await using folder = await temporaryFolder({ 'data/a.csv': 'x,y\n1,2\n', 'data/b.csv': lfs });
    expect(await messageFrom(read(folder.path, 'data/*.csv'))).toMatch(/^data\/b\.csv is a pointer/);
    await using words = await temporaryFolder({
      'a.csv': 'version https://git-lfs.github.com/spec/v1 is a text,x\n1,2\n',
    });
    expect((await read(words.path, 'a.csv')).table.rows).toBe(1);
  });
});

describe('data that DVC keeps', () => {
  const message = async (files: Record<string, string>, pattern: string) => {
    await using folder = await temporaryFolder(files);
    return await messageFrom(resolvePaths([pattern], folder.path));
  };

  test.each([
    ['a file', { 'data/cars.csv.dvc': dvc }, 'data/cars.csv', 'data/cars.csv'],
    [
      'one of a glob, the others being there',
      { 'data/a.csv': 'x\n', 'data/cars.csv.dvc': dvc },
      'data/*.csv',
      'data/cars.csv',
    ],
    ['one of a folder', { 'data/a.csv': 'x\n', 'data/cars.csv.dvc': dvc }, 'data', 'data/cars.csv'],
    ['the folder', { 'data.dvc': dvc }, 'data/*.csv', 'data'],
    ['the folder of a file', { 'all/data.dvc': dvc }, 'all/data/cars.csv', 'all/data'],
  ])('is named: %s', async (_, files, pattern, name) => {
    expect(await message(files as Record<string, string>, pattern)).toBe(
      `data.source.path: ${name} is kept by DVC (${name}.dvc) and is not here: run dvc pull; in a workflow do so in a step before Ciclo's`,
    );
  });

  test('is read where it has been fetched', async () => {
    await using folder = await temporaryFolder({
      'data/cars.csv': 'x\n1\n',
      'data/cars.csv.dvc': dvc,
      'data.dvc': dvc,
    });
    for (const pattern of ['data/cars.csv', 'data/*.csv', 'data']) {
      expect(await resolvePaths([pattern], folder.path)).toEqual(['data/cars.csv']);
    }
  });
});
