import { describe, expect, test } from 'vitest';
import { addRelease, addReleaseAsset } from '../../../tests/github/release-seed.ts';
import { addTag } from '../../../tests/github/tag-seed.ts';
import { calls, openDeployScene } from '../testing/github-scene.ts';
import { thrown } from '../testing/refusal.ts';
import { sampleFile, sampleRelease } from '../testing/release-contract.ts';
import { ReleaseConflictError, upsertRelease } from '../upsert/release-upsert.ts';

const tag = 'fuel@v1.0.0';

describe('files of releases on GitHub', () => {
  async function withRelease(draft: boolean) {
    const scene = await openDeployScene();
    addTag(scene.seeded, { name: tag, commit: scene.mainCommit });
    return Object.assign(scene, { release: addRelease(scene.github.state, scene.seeded, { tag, draft }) });
  }

  test('go to the host that the release names, and come from another one, which gets no token', async () => {
    await using scene = await withRelease(true);
    const { releases } = scene.forge;
    const [draft] = await releases.drafts(tag);
    const asset = await releases.upload(draft!, sampleFile({ contentType: 'application/zip' }));
    await releases.download(asset);
    const [uploaded, given] = scene.github.requests.filter(
      ({ headers }) => !scene.github.url.endsWith(headers.host!),
    );
    expect(uploaded).toMatchObject({
      method: 'POST',
      query: 'name=fuel-v1.0.0.zip',
      headers: { 'content-type': 'application/zip', 'content-length': '4' },
    });
    expect(given!.path).toMatch(/^\/release-assets\//);
    expect(given!.headers.authorization).toBeUndefined();
  });

  test('half uploaded ones of a draft are uploaded again; those of a published release are an error', async () => {
    for (const draft of [true, false]) {
      await using scene = await withRelease(draft);
      const { name } = sampleFile();
      addReleaseAsset(scene.github.state, scene.release, {
        name,
        bytes: Buffer.alloc(0),
        state: 'starter',
        digest: null,
      });
      const upserted = upsertRelease(scene.forge.releases, sampleRelease());
      if (draft) expect((await upserted).assets[0]).toMatchObject({ name, state: 'uploaded', size: 4 });
      else expect(await thrown(upserted)).toBeInstanceOf(ReleaseConflictError);
    }
  });

  test('without a digest are held against the bytes themselves', async () => {
    await using scene = await withRelease(false);
    const { assets } = sampleRelease();
    for (const { name, bytes } of assets)
      addReleaseAsset(scene.github.state, scene.release, { name, bytes: Buffer.from(bytes), digest: null });
    const { change } = await upsertRelease(scene.forge.releases, sampleRelease());
    expect(change).toBe('unchanged');
    expect(calls(scene).filter((call) => call.startsWith('GET /release-assets/'))).toHaveLength(2);
    const other = sampleRelease({ assets: [sampleFile({ bytes: new Uint8Array([0, 255, 10, 14]) })] });
    expect(await thrown(upsertRelease(scene.forge.releases, other))).toBeInstanceOf(ReleaseConflictError);
  });

  test('that arrive as other bytes than they were are an error on both ways', async () => {
    await using scene = await withRelease(false);
    const { github, release, forge } = scene;
    const asset = addReleaseAsset(github.state, release, { name: 'a.bin', bytes: Buffer.from('a') });
    asset.digest = `sha256:${'0'.repeat(64)}`;
    const [listed] = await forge.releases.assets(release.id);
    expect(await thrown(forge.releases.download(listed!))).toMatchObject({
      message: expect.stringMatching(/downloading a\.bin: a\.bin came as sha256:.*, not as sha256:000/),
    });
  });

  test('are not taken out of a release that somebody publishes while its draft is looked at', async () => {
    await using scene = await openDeployScene();
    const { github, seeded, forge } = scene;
    await scene.plantTag(tag, scene.commit, 'annotated');
    const draft = await forge.releases.createDraft(sampleRelease());
    await forge.releases.upload(draft, sampleFile({ bytes: new Uint8Array([1]) }));
    const end = github.onRequest(({ method, path }) => {
      if (method === 'GET' && path.endsWith('/assets')) seeded.releases.get(draft.id)!.draft = false;
    });
    const error = await thrown(upsertRelease(forge.releases, sampleRelease()));
    end();
    expect(error).toBeInstanceOf(ReleaseConflictError);
    expect(await forge.releases.assets(draft.id)).toHaveLength(1);
    expect(calls(scene).filter((call) => call.startsWith('DELETE'))).toEqual([]);
  });
});
