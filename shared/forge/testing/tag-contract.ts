import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { NewTag } from '../ports/tags.ts';
import type { ForgeScene } from './forge-scene.ts';
import { refused } from './refusal.ts';

/** 2026-01-05T10:00:00Z in seconds. */
const ten = Date.UTC(2026, 0, 5, 10) / 1000;

export function sampleTag(overrides: Partial<NewTag> & Pick<NewTag, 'commit'>): NewTag {
  return {
    name: 'fuel@v1.0.0',
    time: ten,
    message: 'Registering artifact fuel version v1.0.0',
    ...overrides,
  };
}

/** Tags, on every host alike. */
export function describeTags(host: string, open: () => Promise<ForgeScene>): void {
  describe(`${host}: tags`, () => {
    test('come back as they were written, those that begin so, by their own time and then by name', async () => {
      await using scene = await open();
      const { forge, commit, mainCommit } = scene;
      const written = [
        sampleTag({ commit, name: 'fuel#production#2', time: ten + 2 }),
        sampleTag({ commit, name: 'fuel@v1.1.0', time: ten + 1, message: 'two\n\nlines, größer' }),
        sampleTag({ commit: mainCommit, name: 'fuel#production#1', time: ten + 1 }),
        sampleTag({ commit: mainCommit }),
      ];
      for (const tag of written) {
        expect(await forge.tags.create(tag)).toEqual({ change: 'created', commit: tag.commit, tag });
      }
      await forge.tags.create(sampleTag({ commit, name: 'other@v1.0.0' }));
      expect(await forge.tags.list('fuel')).toEqual([written[3], written[2], written[1], written[0]]);
      expect((await forge.tags.list('fuel#production')).map(({ name }) => name)).toEqual([
        'fuel#production#1',
        'fuel#production#2',
      ]);
      expect(await forge.tags.list('none')).toEqual([]);
      expect(await forge.tags.list('')).toHaveLength(5);
    });

    test('that are there already are not moved, and the answer says whose they are', async () => {
      await using scene = await open();
      const { forge, commit, mainCommit } = scene;
      const first = sampleTag({ commit: mainCommit });
      await forge.tags.create(first);
      const exists = { change: 'exists', commit: mainCommit, tag: first };
      expect(await forge.tags.create(first)).toEqual(exists);
      expect(await forge.tags.create(sampleTag({ commit, time: ten + 1, message: 'other' }))).toEqual(exists);
      expect(await forge.tags.list('fuel')).toEqual([first]);
    });

    test('of two at once one wins, and both learn which', async () => {
      await using scene = await open();
      const { forge, commit, mainCommit } = scene;
      const outcomes = await Promise.all(
        [commit, mainCommit].map((at) => forge.tags.create(sampleTag({ commit: at }))),
      );
      expect(outcomes.map(({ change }) => change).sort()).toEqual(['created', 'exists']);
      expect(outcomes[0]!.commit).toBe(outcomes[1]!.commit);
      expect(await forge.tags.list('fuel')).toEqual([outcomes[0]!.tag]);
    });

    test('that others made are read; lightweight ones are not listed, and stand in the way', async () => {
      await using scene = await open();
      const { forge, commit, mainCommit } = scene;
      await scene.plantTag('fuel@v0.9.0', mainCommit, 'annotated');
      await scene.plantTag('fuel@v1.0.0', mainCommit, 'lightweight');
      const found = await forge.tags.list('fuel@');
      expect(found).toEqual([
        { name: 'fuel@v0.9.0', commit: mainCommit, message: 'fuel@v0.9.0', time: expect.any(Number) },
      ]);
      expect(await forge.tags.create(sampleTag({ commit }))).toEqual({
        change: 'exists',
        commit: mainCommit,
        tag: undefined,
      });
    });

    test('are refused on a commit that is not there, and with a name that no tag has', async () => {
      await using scene = await open();
      const { tags } = scene.forge;
      const unknown = '0123456789abcdef0123456789abcdef01234567';
      await refused(tags.create(sampleTag({ commit: unknown })), 422, /tagging 0123.*as fuel@v1\.0\.0/);
      for (const name of ['fuel v1', 'fuel..v1', 'fuel@{v1', 'fuel~1']) {
        await refused(tags.create(sampleTag({ commit: scene.commit, name })), 422, /name is invalid/);
      }
    });

    test('hold any message', async () => {
      await using scene = await open();
      const { tags } = scene.forge;
      let count = 0;
      const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 200 });
      // What git keeps: neither NUL, nor blanks at the ends, nor a line end of another system.
      const message = text.filter((any) => any.trim() === any && any !== '' && !/[\0\r]/.test(any));
      await fc.assert(
        fc.asyncProperty(message, fc.nat(2 ** 31 - 1), async (said, time) => {
          count += 1;
          const tag = sampleTag({ commit: scene.commit, name: `any@v${count}.0.0`, message: said, time });
          await tags.create(tag);
          expect((await tags.list(`any@v${count}.`))[0]).toEqual(tag);
        }),
        { numRuns: 20 },
      );
    });
  });
}
