import { rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLocalScene } from '../../shared/forge/testing/local-scene.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { validate } from '../validate/validate.ts';
import { productionChampion } from './champion.ts';
import { housesOf, judge, passingConfig, release } from './testing/houses-production.ts';

const candidates = (l2: number) => ({
  train: { candidates: [{ type: 'linear', l2 }], importance: { repeats: 1 } },
});

const anchorGate = {
  validate: {
    bootstrap: { resamples: 100 },
    gates: [{ metric: 'rmse', champion: { 'worse-by-at-most': '2%', of: 'anchor' } }],
  },
};

/** Two versions in production one after the other, and a third model that is judged against the anchor. */
async function afterTwo(
  first: Parameters<typeof passingConfig>[0],
  second: Parameters<typeof passingConfig>[0],
  third: Parameters<typeof passingConfig>[0],
) {
  const scene = await openLocalScene();
  const folder = await housesOf(first);
  await release(folder, scene.forge, scene.mainCommit);
  await folder.write('ciclo.yml', passingConfig(second));
  await release(folder, scene.forge, scene.commit);
  await folder.write('ciclo.yml', passingConfig(third));
  await judge(folder, scene.forge);
  const again = async () => {
    const pipeline = await folder.pipeline();
    const champion = await productionChampion({ pipeline }, scene.forge);
    return (await validate({ pipeline, ...champion?.inputs }, quietPorts())).evaluation;
  };
  return {
    scene,
    again,
    async [Symbol.asyncDispose]() {
      await folder[Symbol.asyncDispose]();
      await scene[Symbol.asyncDispose]();
    },
  };
}

describe('the anchor', () => {
  test('stays the first version while none is clearly better, and a third model may not fall behind it', async () => {
    await using versions = await afterTwo(candidates(0), candidates(0.05), {
      ...candidates(3),
      ...anchorGate,
    });
    const evaluation = await versions.again();
    expect(evaluation.champion!.name).not.toBe('houses@v1.0.0');
    expect(evaluation.anchor).toMatchObject({
      name: 'houses@v1.0.0',
      comparable: true,
      rows: evaluation.rows,
    });
    expect(evaluation.gates).toMatchObject([
      { of: 'anchor', declared: 'rmse worse than the anchor by at most 2%', outcome: 'fail' },
    ]);
    // Both versions before it, and this one, were judged on the same rows.
    expect(evaluation.judged!.models).toHaveLength(3);
    expect(await versions.again()).toEqual(evaluation);
  });

  test('is the version that was clearly better than its predecessor', async () => {
    await using versions = await afterTwo(
      { ...candidates(0), prepare: { exclude: ['dear', 'size'] } },
      candidates(0),
      { ...candidates(0.0001), ...anchorGate },
    );
    const evaluation = await versions.again();
    expect(evaluation.anchor!.name).toBe(evaluation.champion!.name);
    expect(evaluation.anchor).toMatchObject({ comparable: true, rows: evaluation.rows });
  });

  test('whose bundle is gone is not measured, and never passes in silence', async () => {
    await using versions = await afterTwo(candidates(0), candidates(0.05), {
      ...candidates(0),
      ...anchorGate,
    });
    const { scene } = versions;
    await rm(path.join(scene.store.folder, 'releases', 'houses@v1.0.0'), { recursive: true, force: true });
    const evaluation = await versions.again();
    expect(evaluation.champion!.comparable).toBe(true);
    expect(evaluation.anchor).toMatchObject({ name: 'houses@v1.0.0', comparable: false });
    expect(evaluation.gates).toMatchObject([{ outcome: 'inconclusive', doubt: 'unmeasured' }]);
    expect(evaluation.verdict).not.toBe('pass');
  });
});
