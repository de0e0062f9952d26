import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { housesRepository } from '../../actions/drift-check/testing/houses-repository.ts';
import { countReads } from '../../actions/testing/counted-reads.ts';
import { housesFolder } from '../../actions/testing/houses.ts';
import { runInMemory } from '../testing/test-io.ts';

describe('a command loads ciclo.yml once, however many verbs it runs:', () => {
  test('run, which goes on with the lock that prepare wrote', async () => {
    await using folder = await housesFolder();
    using reads = countReads();
    expect(await runInMemory(['run', '--config', folder.config, '--quiet'])).toMatchObject({ code: 0 });
    expect(reads.of(folder.config)).toBe(1);
    expect(reads.of(folder.lockFile)).toBe(1);
    await readFile(folder.lockFile);
    expect(reads.of(folder.lockFile)).toBe(2);
  });

  test('retrain, which checks, trains and judges a challenger, and proposes it', async () => {
    await using houses = await housesRepository();
    await houses.arrive({ years: [2010, 2010], rows: 150, larger: 120 });
    using reads = countReads();
    const { code, stderr, stdout } = await runInMemory([
      'retrain',
      '--config',
      houses.folder.config,
      '--json',
    ]);
    expect({ code, stderr: stderr.match(/^error.*/m) }).toEqual({ code: 0, stderr: null });
    expect(JSON.parse(stdout)).toMatchObject({
      action: { kind: expect.stringMatching(/pull-request|issue/) },
    });
    expect(reads.of(houses.folder.config)).toBe(1);
    expect(reads.of(houses.folder.lockFile)).toBe(1);
    // What validate has read, comparison and proposal go on with.
    const made = path.join(houses.folder.path, '.ciclo/retrain');
    expect(reads.of(path.join(made, 'model/model.json'))).toBe(1);
    expect(reads.of(path.join(made, 'champion/model/model.json'))).toBe(1);
    expect(reads.of(path.join(made, 'dataset/test.arrow'))).toBe(1);
  });
});
