import { describe, expect, test } from 'vitest';
import { sha256 } from '../../platform/digest.ts';
import { AlreadyExistsError } from '../ports/forge-error.ts';
import type { ReleaseFile } from '../ports/releases.ts';
import { ReleaseConflictError, upsertRelease, type WantedRelease } from '../upsert/release-upsert.ts';
import type { ForgeScene } from './forge-scene.ts';
import { refused, thrown } from './refusal.ts';
import { sampleTag } from './tag-contract.ts';

const tag = 'fuel@v1.0.0';

export function sampleFile(overrides: Partial<ReleaseFile> = {}): ReleaseFile {
  return { name: 'fuel-v1.0.0.zip', bytes: new Uint8Array([0, 255, 10, 13]), ...overrides };
}

export function sampleRelease(overrides: Partial<WantedRelease> = {}): WantedRelease {
  const card = sampleFile({ name: 'card.md', bytes: Buffer.from('# größe\n'), contentType: 'text/markdown' });
  return {
    tag,
    title: 'fuel v1.0.0',
    body: '# Fuel\n',
    assets: [sampleFile(), card],
    latest: true,
    ...overrides,
  };
}

/** Releases and their files, on every host alike. */
export function describeReleases(host: string, open: () => Promise<ForgeScene>): void {
  async function withTag(): Promise<ForgeScene> {
    const scene = await open();
    await scene.forge.tags.create(sampleTag({ commit: scene.mainCommit }));
    return scene;
  }

  describe(`${host}: releases`, () => {
    test('are drafts first, seen as such, and published with their files', async () => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const draft = await releases.createDraft({ tag, title: 'fuel v1.0.0', body: 'text' });
      expect(draft).toMatchObject({ tag, title: 'fuel v1.0.0', body: 'text', draft: true });
      expect(await releases.published(tag)).toBeUndefined();
      expect(await releases.drafts(tag)).toEqual([draft]);
      expect(await releases.drafts('other@v1.0.0')).toEqual([]);
      const updated = await releases.update(draft.id, { title: 'other', body: 'größer' });
      expect(updated).toEqual({ ...draft, title: 'other', body: 'größer' });
      const asset = await releases.upload(draft, sampleFile());
      expect(await releases.assets(draft.id)).toEqual([asset]);
      const published = await releases.publish(draft, { latest: true });
      expect(published).toMatchObject({ id: draft.id, tag, title: 'other', body: 'größer', draft: false });
      expect(await releases.published(tag)).toEqual(published);
      expect(await releases.drafts(tag)).toEqual([]);
      expect(await releases.assets(draft.id)).toEqual([asset]);
    });

    test('have a latest one, which is only another when that is said', async () => {
      await using scene = await withTag();
      const { releases, tags } = scene.forge;
      expect(await releases.latest()).toBeUndefined();
      await tags.create(sampleTag({ commit: scene.commit, name: 'fuel@v1.0.1' }));
      const { release } = await upsertRelease(releases, sampleRelease());
      await upsertRelease(releases, sampleRelease({ tag: 'fuel@v1.0.1', latest: false }));
      expect(await releases.latest()).toEqual(release);
    });

    test('are not published without their tag, nor two of one tag', async () => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const untagged = await releases.createDraft({ tag: 'fuel@v2.0.0', title: '', body: '' });
      const options = { latest: false };
      await refused(
        releases.publish(untagged, options),
        422,
        /there is no tag fuel@v2\.0\.0; create it first/,
      );
      const drafts = [1, 2].map(() => releases.createDraft({ tag, title: '', body: '' }));
      const [first, second] = await Promise.all(drafts);
      await releases.publish(first!, options);
      expect(await thrown(releases.publish(second!, options))).toBeInstanceOf(AlreadyExistsError);
      await refused(releases.deleteDraft(first!.id), 422, /it is published/);
      await releases.deleteDraft(second!.id);
      await releases.deleteDraft(second!.id);
      expect(await releases.drafts(tag)).toEqual([]);
    });

    test('have files of any bytes, identified by digest, that are taken away and come back whole', async () => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const draft = await releases.createDraft({ tag, title: '', body: '' });
      const files = [
        sampleFile({ name: 'large.bin', bytes: Buffer.alloc(3_000_000, 'ciclo') }),
        sampleFile({
          name: 'data.json',
          bytes: Buffer.from('{"a": 1}\r\n'),
          contentType: 'application/json',
        }),
        sampleFile({ name: 'notes.txt', bytes: Buffer.from('größe'), contentType: 'text/plain' }),
      ];
      for (const file of files) {
        const { name, bytes } = file;
        const made = await releases.upload(draft, file);
        expect(made).toMatchObject({ name, size: bytes.length, digest: sha256(bytes), state: 'uploaded' });
        expect(Buffer.from(await releases.download(made)).equals(bytes)).toBe(true);
        expect(await thrown(releases.upload(draft, file))).toBeInstanceOf(AlreadyExistsError);
      }
      const [first, ...others] = await releases.assets(draft.id);
      await releases.deleteAsset(first!.id);
      await releases.deleteAsset(first!.id);
      expect(await releases.assets(draft.id)).toEqual(others);
      await refused(releases.download(first!), 404, /downloading/);
    });

    test.each(['a b.zip', '.hidden', 'größe.zip', 'a/b.zip', '', 'end.'])(
      'have no file by a name that would be changed: %j',
      async (name) => {
        await using scene = await withTag();
        const { releases } = scene.forge;
        const draft = await releases.createDraft({ tag, title: '', body: '' });
        await refused(releases.upload(draft, sampleFile({ name })), 422, /the name .* is not of letters/);
      },
    );
  });

  describe(`${host}: the release that is made sure of`, () => {
    test('is published with its files, then left alone', async () => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const first = await upsertRelease(releases, sampleRelease());
      expect(first).toMatchObject({ change: 'published', release: { tag, draft: false, body: '# Fuel\n' } });
      const names = ['fuel-v1.0.0.zip', 'card.md'];
      expect(first.assets.map(({ name }) => name)).toEqual(names);
      const again = await upsertRelease(releases, sampleRelease({ body: 'another text' }));
      expect(again).toEqual({ ...first, change: 'unchanged' });
      expect(await releases.drafts(tag)).toEqual([]);
    });

    test.each([
      ['other bytes', sampleFile({ bytes: new Uint8Array([1]) }), /with fuel-v1\.0\.0\.zip as sha256:/],
      ['a file more', sampleFile({ name: 'more.bin' }), /without more\.bin/],
    ])('is never overwritten: published, and now with %s', async (_, file, message) => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const { release } = await upsertRelease(releases, sampleRelease());
      const before = await releases.assets(release.id);
      const error = await thrown(upsertRelease(releases, sampleRelease({ assets: [file] })));
      expect(error).toBeInstanceOf(ReleaseConflictError);
      expect((error as Error).message).toMatch(message);
      expect((error as Error).message).toContain(sha256(file.bytes));
      expect(await releases.assets(release.id)).toEqual(before);
    });

    test('goes on with a draft that is half done: its text, a file kept, one replaced, one too many', async () => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const draft = await releases.createDraft({ tag, title: 'old', body: 'old' });
      const kept = await releases.upload(draft, sampleFile());
      await releases.upload(draft, sampleFile({ name: 'card.md', bytes: new Uint8Array([1]) }));
      await releases.upload(draft, sampleFile({ name: 'stray.bin' }));
      await releases.createDraft({ tag, title: 'double', body: '' });
      const { release, assets } = await upsertRelease(releases, sampleRelease());
      expect(release).toMatchObject({ id: draft.id, title: 'fuel v1.0.0', draft: false });
      expect(assets[0]).toEqual(kept);
      expect((await releases.assets(draft.id)).map(({ name }) => name).sort()).toEqual([
        'card.md',
        'fuel-v1.0.0.zip',
      ]);
      expect(await releases.drafts(tag)).toEqual([]);
    });

    test('of three at once is one', async () => {
      await using scene = await withTag();
      const { releases } = scene.forge;
      const all = await Promise.all([1, 2, 3].map(() => upsertRelease(releases, sampleRelease())));
      expect(new Set(all.map(({ release }) => release.id)).size).toBe(1);
      expect(await releases.drafts(tag)).toEqual([]);
      expect(await releases.assets(all[0]!.release.id)).toHaveLength(2);
    });
  });
}
