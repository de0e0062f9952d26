import { execFileSync } from 'node:child_process';
import { cp, rename } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';
import { planLock, writeLock } from '../prepare/lock.ts';
import { housesCsv } from '../testing/houses.ts';
import { quietPorts, refusalOf } from '../testing/pipeline-folder.ts';
import { checkNamesakes } from './namesake.ts';
import { checkPinnedName, loadPipeline } from './pipeline.ts';

const config =
  'task: regression\ntarget: price\ndata: { source: { type: file, path: houses.csv }, key: id }\n';

describe('the name of a pipeline without the key name', () => {
  test('is its folder’s until it is locked, and then stays, whatever the folder is called', async () => {
    await using root = await temporaryFolder({
      'Prices/ciclo.yml': config,
      'Prices/houses.csv': housesCsv(60),
    });
    const file = path.join(root.path, 'Prices', 'ciclo.yml');
    const pipeline = await loadPipeline(file);
    expect(pipeline.name).toBe('prices');
    const plan = await planLock({ pipeline }, quietPorts());
    expect((await writeLock(plan)).lock.name).toBe('prices');
    await rename(path.join(root.path, 'Prices'), path.join(root.path, 'houses'));
    const moved = await loadPipeline(path.join(root.path, 'houses', 'ciclo.yml'));
    expect(moved.name).toBe('prices');
    expect((await planLock({ pipeline: moved }, quietPorts())).changes).toEqual([]);
  });

  test('is refused when ciclo.yml says another than the lock pins; ciclo lock accepts that', async () => {
    await using root = await temporaryFolder({
      'ciclo.yml': `name: prices\n${config}`,
      'houses.csv': housesCsv(60),
    });
    const file = path.join(root.path, 'ciclo.yml');
    await writeLock(await planLock({ pipeline: await loadPipeline(file) }, quietPorts()));
    await root.write('ciclo.yml', `name: houses\n${config}`);
    const renamed = await loadPipeline(file);
    expect(() => checkPinnedName(renamed)).toThrow(
      /calls the pipeline "houses", .*ciclo\.lock pins "prices": .*Write name: prices again; or, .* accept the name with ciclo lock$/,
    );
    const plan = await planLock({ pipeline: renamed }, quietPorts());
    expect(plan.changes).toEqual([
      'name: prices → houses; versions, what is in production and the history of checks stay with prices',
    ]);
    await writeLock(plan);
    checkPinnedName(await loadPipeline(file));
  });
});

describe('two pipelines of one name in a repository', () => {
  test('are refused, each naming the other; those of different names are not', async () => {
    await using root = await temporaryFolder({
      'a/ciclo.yml': `name: fuel\n${config}`,
      'b/ciclo.yml': config,
    });
    execFileSync('git', ['-C', root.path, 'init', '--quiet']);
    const [a, b] = ['a', 'b'].map((folder) => path.join(root.path, folder, 'ciclo.yml')) as [string, string];
    await checkNamesakes(await loadPipeline(a));
    await checkNamesakes(await loadPipeline(b));
    await cp(path.join(root.path, 'a'), path.join(root.path, 'c'), { recursive: true });
    const refusal = await refusalOf(loadPipeline(a).then(checkNamesakes));
    expect(refusal).toMatch(
      /^two pipelines of the repository are called "fuel": .*a\/ciclo\.yml and .*c\/ciclo\.yml\. /,
    );
    await checkNamesakes(await loadPipeline(b));
  });

  test('are no matter outside of a repository', async () => {
    await using root = await temporaryFolder({
      'a/ciclo.yml': `name: fuel\n${config}`,
      'c/ciclo.yml': `name: fuel\n${config}`,
    });
    await checkNamesakes(await loadPipeline(path.join(root.path, 'a', 'ciclo.yml')));
  });
});
