import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ForgeScene, sampleAnnotation, sampleCheck } from './forge-scene.ts';
import { refused } from './refusal.ts';

/** What every implementation of the ports does alike; `upsert-contract.ts` tests what is built on them. */
export function describeForge(host: string, open: () => Promise<ForgeScene>): void {
  describe(`${host}: comments`, () => {
    test('come back oldest first, with who wrote them', async () => {
      await using scene = await open();
      const { forge, pullRequest } = scene;
      const first = await forge.comments.create(pullRequest, 'first');
      await scene.comment('visitor', 'second');
      const third = await forge.comments.create(pullRequest, 'third');
      const found = await forge.comments.list(pullRequest);
      expect(found.map(({ body, own }) => [body, own])).toEqual([
        ['first', true],
        ['second', false],
        ['third', true],
      ]);
      expect([found[0], found[2]]).toEqual([first, third]);
      expect(found[1]!.author).toBe('visitor');
      expect(await forge.comments.list(scene.forkPullRequest)).toEqual([]);
    });

    test('are changed in place', async () => {
      await using scene = await open();
      const { comments } = scene.forge;
      const { id } = await comments.create(scene.pullRequest, 'first');
      await comments.create(scene.pullRequest, 'second');
      const changed = await comments.update(id, 'changed');
      expect(changed).toMatchObject({ id, body: 'changed', own: true });
      expect((await comments.list(scene.pullRequest)).map(({ body }) => body)).toEqual(['changed', 'second']);
    });

    test('hold any text', async () => {
      await using scene = await open();
      const { comments } = scene.forge;
      const { id } = await comments.create(scene.pullRequest, 'first');
      const text = fc.string({ unit: 'grapheme' }).filter((value) => value.trim() !== '');
      const markup = fc.constantFrom('---\nauthor: x\n---\n', '\n\n', '\r\n', ' a ', '<!-- -->', '`', '#');
      await fc.assert(
        fc.asyncProperty(fc.array(fc.oneof(text, markup), { minLength: 1 }), async (parts) => {
          const body = `${parts.join('')}.`;
          await comments.update(id, body);
          expect((await comments.list(scene.pullRequest))[0]!.body).toBe(body);
        }),
        { numRuns: 30 },
      );
    });

    test('are refused on a pull request that is not there, when unknown, blank or too long', async () => {
      await using scene = await open();
      const { comments } = scene.forge;
      await refused(comments.list(4711), 404, /reading the comments of pull request 4711/);
      await refused(comments.create(4711, 'hello'), 404, /commenting on pull request 4711/);
      await refused(comments.update(4711, 'hello'), 404, /comment/);
      await refused(comments.create(scene.pullRequest, ' \n'), 422, /blank/);
      await refused(comments.create(scene.pullRequest, 'x'.repeat(65_537)), 422, /65536/);
      expect(await comments.list(scene.pullRequest)).toEqual([]);
      expect((await comments.create(scene.pullRequest, 'x'.repeat(65_536))).body).toHaveLength(65_536);
    });
  });

  describe(`${host}: checks`, () => {
    test('come back by name, newest first', async () => {
      await using scene = await open();
      const { checks } = scene.forge;
      const first = await checks.create(scene.commit, sampleCheck());
      await checks.create(scene.commit, sampleCheck({ name: 'ciclo / other' }));
      const second = await checks.create(scene.commit, sampleCheck({ conclusion: 'success', text: 'more' }));
      expect(first).toMatchObject({ name: 'ciclo / fuel', conclusion: 'failure', annotationCount: 0 });
      expect(first.summary).toBe('**fail**');
      expect(await checks.list(scene.commit, 'ciclo / fuel')).toEqual([second, first]);
      expect(await checks.list(scene.commit, 'none')).toEqual([]);
      const later = await scene.push({ 'ciclo.yml': 'name: fuel # again\n' });
      expect(await checks.list(later, 'ciclo / fuel')).toEqual([]);
    });

    test('are changed in place; annotations are added, more than one request holds', async () => {
      await using scene = await open();
      const { checks } = scene.forge;
      const annotations = Array.from({ length: 120 }, (_, i) => sampleAnnotation({ line: i + 1 }));
      const { id } = await checks.create(scene.commit, sampleCheck({ annotations }));
      const last = sampleAnnotation({ line: 7, endLine: 9, level: 'notice', message: 'and this' });
      const changed = await checks.update(id, sampleCheck({ conclusion: 'success', annotations: [last] }));
      expect(changed).toMatchObject({ id, conclusion: 'success', annotationCount: 121 });
      expect(await checks.annotations(id)).toEqual([...annotations, last]);
      expect(await checks.list(scene.commit, 'ciclo / fuel')).toEqual([changed]);
    });

    test('are refused on a commit that is not there, when unknown or too long', async () => {
      await using scene = await open();
      const { checks } = scene.forge;
      const unknown = '0123456789abcdef0123456789abcdef01234567';
      await refused(checks.create(unknown, sampleCheck()), 422, /No commit found for SHA: 0123456789abcdef/i);
      await refused(checks.list(unknown, 'ciclo / fuel'), 422, /No commit found/i);
      await refused(checks.update(4711, sampleCheck()), 404, /check/);
      const { id } = await checks.create(scene.commit, sampleCheck({ summary: 'x'.repeat(65_535) }));
      await refused(checks.update(id + 1, sampleCheck()), 404, /check/);
    });
  });

  describe(`${host}: pull requests`, () => {
    test('say where their head and base are, now', async () => {
      await using scene = await open();
      const { forge, pullRequest, repository } = scene;
      const found = await forge.pullRequests.get(pullRequest);
      expect(found).toMatchObject({
        number: pullRequest,
        state: 'open',
        head: { commit: scene.commit, branch: 'change', repository },
        base: { branch: 'main', repository },
      });
      const later = await scene.push({ 'ciclo.yml': 'name: fuel # again\n' });
      expect((await forge.pullRequests.get(pullRequest))?.head.commit).toBe(later);
      expect(await forge.pullRequests.get(4711)).toBeUndefined();
    });

    test('are found by head, a fork by its owner', async () => {
      await using scene = await open();
      const { pullRequests } = scene.forge;
      const numbers = async (owner: string, branch: string): Promise<readonly number[]> =>
        (await pullRequests.withHead(owner, branch)).map(({ number }) => number);
      expect(await numbers(scene.owner, 'change')).toEqual([scene.pullRequest]);
      expect(await numbers('visitor', 'main')).toEqual([scene.forkPullRequest]);
      expect(await numbers(scene.owner, 'main')).toEqual([]);
      expect(await numbers('visitor', 'change')).toEqual([]);
    });

    test('that were merged are found by the commit of the merge, not by others', async () => {
      await using scene = await open();
      const { pullRequests } = scene.forge;
      const merged = await scene.merge(scene.pullRequest);
      const [found, ...others] = await pullRequests.mergedAs(merged);
      expect(found).toMatchObject({ number: scene.pullRequest, head: { commit: scene.commit } });
      expect(others).toEqual([]);
      expect(await pullRequests.mergedAs(scene.mainCommit)).toEqual([]);
      const unknown = '0123456789abcdef0123456789abcdef01234567';
      await refused(pullRequests.mergedAs(unknown), 422, /No commit found for SHA: 0123456789abcdef/);
    });
  });

  describe(`${host}: contents`, () => {
    test('are read at a branch, at a commit, with any name; what is not there is undefined', async () => {
      await using scene = await open();
      const { contents } = scene.forge;
      expect(await contents.read('ciclo.yml', 'main')).toBe('name: fuel\n');
      expect(await contents.read('ciclo.yml', scene.commit)).toBe('name: fuel # changed\n');
      expect(await contents.read('data/größe 1.csv', 'change')).toBe('mpg\n18\n');
      expect(await contents.read('none.yml', 'main')).toBeUndefined();
      expect(await contents.read('ciclo.yml/none', 'main')).toBeUndefined();
      const later = await scene.push({ empty: '', 'large.csv': 'x'.repeat(1024 * 1024) });
      expect(await contents.read('empty', later)).toBe('');
      expect(await contents.read('large.csv', later)).toHaveLength(1024 * 1024);
    });

    test('that cannot be read say why: an unknown ref, a folder, too many bytes, no text', async () => {
      await using scene = await open();
      const { contents } = scene.forge;
      await refused(
        contents.read('ciclo.yml', 'none'),
        404,
        /ciclo\.yml at none: .*no commit found for the ref none/i,
      );
      await refused(contents.read('data', 'main'), undefined, /reading data at main: not a file/);
      await refused(contents.read('data/bytes.bin', 'main'), undefined, /not text in UTF-8/);
      const later = await scene.push({ 'large.csv': 'x'.repeat(1024 * 1024 + 1) });
      await refused(contents.read('large.csv', later), undefined, /1048577 bytes; at most 1048576 are read/);
    });
  });
}
