import { describe, expect, test } from 'vitest';
import type { NewCommit } from '../ports/branches.ts';
import { BranchMovedError } from '../ports/forge-error.ts';
import { appendLine } from '../upsert/append-line.ts';
import type { ForgeScene } from './forge-scene.ts';
import { refused, thrown } from './refusal.ts';

export const retrain = 'ciclo/retrain/fuel';

export function sampleCommit(overrides: Partial<NewCommit> = {}): NewCommit {
  return {
    branch: retrain,
    pipeline: 'fuel',
    expectedHead: undefined,
    message: 'Retrain fuel on 61 new rows',
    files: new Map([['ciclo.lock', '{"rows": 61}\n']]),
    ...overrides,
  };
}

export function sampleLine(id: string) {
  const key = (line: string): string => (JSON.parse(line) as { readonly id: string }).id;
  const line = JSON.stringify({ id, größe: 1 });
  return {
    branch: 'ciclo-history',
    pipeline: 'fuel',
    path: 'fuel.ndjson',
    line,
    key,
    message: 'drift-check',
  };
}

/** Branches that Ciclo writes, on every host alike. */
export function describeBranches(host: string, open: () => Promise<ForgeScene>): void {
  describe(`${host}: branches`, () => {
    test('begin at a commit, keep its files and take new ones, text, bytes and deletions', async () => {
      await using scene = await open();
      const { branches, contents } = scene.forge;
      const files = new Map<string, string | Uint8Array | null>([
        ['ciclo.lock', 'größe\n'],
        ['deep/er/bytes.txt', new Uint8Array([0x61, 0x0a])],
        ['data/bytes.bin', null],
        ['never.there', null],
      ]);
      expect(await branches.head(retrain)).toBeUndefined();
      const made = await branches.commit(sampleCommit({ base: scene.mainCommit, files }));
      expect(await branches.head(retrain)).toBe(made);
      expect(await contents.read('ciclo.lock', retrain)).toBe('größe\n');
      expect(await contents.read('deep/er/bytes.txt', made)).toBe('a\n');
      expect(await contents.read('data/bytes.bin', made)).toBeUndefined();
      expect(await contents.read('ciclo.yml', made)).toBe('name: fuel\n');
      expect(await branches.head('main')).toBe(scene.mainCommit);
    });

    test('may begin with nothing before them, and hold only their own files', async () => {
      await using scene = await open();
      const { branches, contents } = scene.forge;
      const made = await branches.commit(sampleCommit({ branch: 'ciclo-history' }));
      expect(await contents.read('ciclo.yml', made)).toBeUndefined();
      const next = sampleCommit({
        branch: 'ciclo-history',
        expectedHead: made,
        files: new Map([['b', '2']]),
      });
      const second = await branches.commit(next);
      expect(await contents.read('ciclo.lock', second)).toBe('{"rows": 61}\n');
      expect(await branches.head('ciclo-history')).toBe(second);
    });

    test('that say the same already on the same base are left alone', async () => {
      await using scene = await open();
      const { branches } = scene.forge;
      const commit = sampleCommit({ base: scene.mainCommit });
      const made = await branches.commit(commit);
      expect(await branches.commit({ ...commit, expectedHead: made })).toBe(made);
      expect(await branches.commit(sampleCommit({ expectedHead: made }))).toBe(made);
      expect(await branches.commitsSince(retrain, 'main')).toHaveLength(1);
    });

    test('are built again on another base, leaving what they held', async () => {
      await using scene = await open();
      const { branches, contents } = scene.forge;
      const first = await branches.commit(sampleCommit({ base: scene.mainCommit }));
      const files = new Map([['other.lock', '2']]);
      const rebuilt = sampleCommit({ expectedHead: first, base: scene.commit, files });
      const second = await branches.commit(rebuilt);
      expect(await branches.head(retrain)).toBe(second);
      expect(await contents.read('ciclo.lock', second)).toBeUndefined();
      expect(await contents.read('ciclo.yml', second)).toBe('name: fuel # changed\n');
      expect((await branches.commitsSince(retrain, 'change')).map(({ commit }) => commit)).toEqual([second]);
    });

    test('that are elsewhere than expected are not touched', async () => {
      await using scene = await open();
      const { branches } = scene.forge;
      const { commit, mainCommit } = scene;
      const made = await branches.commit(sampleCommit({ base: mainCommit }));
      const wrong = [
        () => branches.commit(sampleCommit({ base: mainCommit })),
        () => branches.commit(sampleCommit({ expectedHead: commit })),
        () => branches.reset(retrain, { expectedHead: commit, toCommit: mainCommit }),
        () => branches.delete(retrain, commit),
        () => branches.commit(sampleCommit({ branch: 'none', expectedHead: commit })),
      ];
      for (const work of wrong) {
        const error = await thrown(work());
        expect(error).toBeInstanceOf(BranchMovedError);
        expect(error).toMatchObject({ message: expect.stringMatching(/the branch is .*, and was expected/) });
      }
      expect(await branches.head(retrain)).toBe(made);
    });

    test('are moved and deleted; what is done already is done', async () => {
      await using scene = await open();
      const { branches } = scene.forge;
      const made = await branches.commit(sampleCommit({ base: scene.mainCommit }));
      for (let run = 0; run < 2; run++)
        await branches.reset(retrain, { expectedHead: made, toCommit: scene.commit });
      expect(await branches.head(retrain)).toBe(scene.commit);
      for (let run = 0; run < 2; run++) await branches.delete(retrain, scene.commit);
      expect(await branches.head(retrain)).toBeUndefined();
    });

    test('say which commits are Ciclo’s own and which a person’s, oldest first', async () => {
      await using scene = await open();
      const { branches } = scene.forge;
      const own = await branches.commit(sampleCommit({ base: scene.mainCommit }));
      const other = await scene.commitAs('visitor', retrain, { 'notes.md': 'mine\n' });
      expect(await branches.commitsSince(retrain, 'main')).toEqual([
        { commit: own, author: expect.stringMatching(/^(ciclo|github-actions\[bot\])$/), own: true },
        { commit: other, author: 'visitor', own: false },
      ]);
      expect(await branches.commitsSince('main', 'main')).toEqual([]);
      await refused(branches.commitsSince('none', 'main'), 404, /comparing none with main/);
    });

    test('of two writers at once one wins, and the other learns it', async () => {
      await using scene = await open();
      const { branches } = scene.forge;
      const write = (text: string) =>
        thrown(branches.commit(sampleCommit({ base: scene.mainCommit, files: new Map([['a', text]]) })));
      const outcomes = await Promise.all(['1', '2'].map(write));
      const lost = outcomes.filter((outcome) => outcome !== undefined);
      expect(lost).toHaveLength(1);
      expect(lost[0]).toBeInstanceOf(BranchMovedError);
      expect(await branches.commitsSince(retrain, 'main')).toHaveLength(1);
    });

    test('the default one is known', async () => {
      await using scene = await open();
      expect(await scene.forge.repository.defaultBranch()).toBe('main');
    });
  });

  describe(`${host}: lines of a file on a branch`, () => {
    test('are added once each, by their key', async () => {
      await using scene = await open();
      const { forge } = scene;
      expect(await appendLine(forge, sampleLine('a'))).toBe('appended');
      expect(await appendLine(forge, sampleLine('b'))).toBe('appended');
      expect(await appendLine(forge, sampleLine('a'))).toBe('exists');
      const text = await forge.contents.read('fuel.ndjson', 'ciclo-history');
      expect(text).toBe(`${sampleLine('a').line}\n${sampleLine('b').line}\n`);
    });

    test('push out the oldest ones when the file is full; earlier commits keep those', async () => {
      await using scene = await open();
      const { forge } = scene;
      const mostBytes = 2 * (Buffer.byteLength(sampleLine('a').line) + 1);
      for (const id of ['a', 'b', 'c']) await appendLine(forge, { ...sampleLine(id), mostBytes });
      const text = await forge.contents.read('fuel.ndjson', 'ciclo-history');
      expect(text).toBe(`${sampleLine('b').line}\n${sampleLine('c').line}\n`);
    });

    test('of writers at once are all there', async () => {
      await using scene = await open();
      const { forge } = scene;
      const clock = { now: () => 0, sleep: (): Promise<void> => new Promise(setImmediate) };
      const ids = ['a', 'b', 'c', 'a'];
      const changes = await Promise.all(ids.map((id) => appendLine(forge, sampleLine(id), { clock })));
      expect(changes.filter((change) => change === 'appended').length).toBeGreaterThanOrEqual(3);
      const text = (await forge.contents.read('fuel.ndjson', 'ciclo-history'))!;
      const found = text.trimEnd().split('\n').map(sampleLine('a').key);
      expect(found.sort()).toEqual(['a', 'b', 'c']);
    });

    test('are never two', async () => {
      await using scene = await open();
      const two = appendLine(scene.forge, { ...sampleLine('a'), line: '{"id": "a",\n"b": 1}' });
      await refused(two, 422, /fuel\.ndjson on ciclo-history: more than a line/);
    });
  });
}
