import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { challenge, writeProposal } from './challenge.ts';
import { concludeCheck, readProposal } from './conclusion.ts';
import type { HousesOfYears } from './testing/houses-monitored.ts';
import { type HousesRepository, housesRepository } from './testing/houses-repository.ts';

/** Larger and dearer than the model has ever seen. */
const changedHouses: HousesOfYears = { years: [2010, 2011], rows: 300, larger: 120, dearer: 200 };

/** A forge that refuses whatever writes. */
function readOnly(forge: Forge): Pick<Forge, 'tags' | 'releases' | 'branches' | 'contents'> {
  const guarded = <T extends object>(port: T): T =>
    new Proxy(port, {
      get(target, name) {
        if (
          /^(create|createDraft|commit|append|update|move|deleteDraft|deleteAsset|publish|upload)$/.test(
            String(name),
          )
        ) {
          throw new Error(`the job that trains called ${String(name)}`);
        }
        return Reflect.get(target, name);
      },
    });
  const { tags, releases, branches, contents } = forge;
  return {
    tags: guarded(tags),
    releases: guarded(releases),
    branches: guarded(branches),
    contents: guarded(contents),
  };
}

async function challenged(houses: HousesRepository) {
  const inputs = {
    pipeline: await houses.folder.pipeline(),
    commit: houses.git('rev-parse', 'main'),
    repositoryPath: 'ciclo.yml',
  };
  const ports = { ...quietPorts(), clock: houses.clock, forge: readOnly(houses.forge) };
  const { proposal } = await challenge(inputs, ports);
  return { inputs, proposal, ...(await writeProposal(proposal, inputs)) };
}

describe('a check in two jobs', () => {
  test('writes nothing in the first, and all in the second, out of the file alone', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changedHouses);
    const { inputs, proposal, digest } = await challenged(houses);
    expect(await houses.forge.branches.head('ciclo-history')).toBeUndefined();
    const read = await readProposal(inputs.pipeline, undefined, digest);
    expect(read).toEqual(proposal);
    const ports = { ...quietPorts(), clock: houses.clock, forge: houses.forge };
    const { action, line } = await concludeCheck(read, { ...inputs, checksWait: false }, ports);
    expect(action).toMatchObject({ kind: 'pull-request' });
    expect(line).toMatchObject({ outcome: 'drift', action: { kind: 'pull-request' } });
    const [pull] = await houses.forge.pullRequests.ofHead('ciclo/retrain/houses', { state: 'open' });
    const lock = await houses.forge.contents.read('ciclo.lock', pull!.head.commit);
    expect(lock).toBe('lock' in proposal.challenger! ? proposal.challenger.lock : undefined);
  });

  test('refuses another proposal than the one that was handed over, and a byte that was changed', async () => {
    await using houses = await housesRepository();
    await houses.arrive(changedHouses);
    const { inputs, folder, digest } = await challenged(houses);
    await expect(readProposal(inputs.pipeline, undefined, `sha256:${'0'.repeat(64)}`)).rejects.toThrow(
      /not sha256:0{64}, which the job that made it gave out: nothing is proposed/,
    );
    const file = path.join(folder, 'proposal.json');
    await writeFile(file, (await readFile(file, 'utf8')).replace('houses', 'mouses'));
    await expect(readProposal(inputs.pipeline, undefined, digest)).rejects.toThrow(/proposal\.json/);
  });
});
