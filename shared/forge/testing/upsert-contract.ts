import { describe, expect, test } from 'vitest';
import { upsertCheck } from '../upsert/check-upsert.ts';
import { formatMarker } from '../upsert/marker.ts';
import { roomBelow, upsertComment } from '../upsert/sticky-comment.ts';
import { type ForgeScene, sampleAnnotation, sampleCheck } from './forge-scene.ts';

const marker = { pipeline: 'fuel', kind: 'evaluation' };

/** Comments and checks that are kept current, on every host alike. */
export function describeUpserts(host: string, open: () => Promise<ForgeScene>): void {
  describe(`${host}: the comment that is kept current`, () => {
    test('is created, left alone while it says the same, updated in place', async () => {
      await using scene = await open();
      const { forge, pullRequest } = scene;
      const created = await upsertComment(forge.comments, { pullRequest, marker, body: 'pass' });
      const again = await upsertComment(forge.comments, { pullRequest, marker, body: 'pass' });
      const updated = await upsertComment(forge.comments, { pullRequest, marker, body: 'fail' });
      expect([created, again, updated].map(({ change }) => change)).toEqual([
        'created',
        'unchanged',
        'updated',
      ]);
      expect(await forge.comments.list(pullRequest)).toEqual([updated.comment]);
      expect(updated.comment).toMatchObject({
        id: created.comment.id,
        body: `${formatMarker(marker)}\nfail`,
      });
    });

    test('is one for each pipeline, kind and pull request, and never somebody else’s', async () => {
      await using scene = await open();
      const { forge, pullRequest, forkPullRequest } = scene;
      await scene.comment('visitor', `${formatMarker(marker)}\nplanted`);
      const other = { ...marker, pipeline: 'other' };
      const drift = { ...marker, kind: 'drift' };
      for (const each of [marker, other, drift]) {
        const { change } = await upsertComment(forge.comments, {
          pullRequest,
          marker: each,
          body: each.pipeline,
        });
        expect(change).toBe('created');
      }
      const fork = { pullRequest: forkPullRequest, marker, body: 'fork' };
      expect((await upsertComment(forge.comments, fork)).change).toBe('created');
      const bodies = (await forge.comments.list(pullRequest)).map(({ body }) => body.split('\n')[1]);
      expect(bodies).toEqual(['planted', 'fuel', 'other', 'fuel']);
    });

    test('of two, the oldest is kept current and the other points to it', async () => {
      await using scene = await open();
      const { forge, pullRequest } = scene;
      const oldest = await forge.comments.create(pullRequest, `${formatMarker(marker)}\nold`);
      await forge.comments.create(pullRequest, `${formatMarker(marker)}\ndouble`);
      for (const change of ['updated', 'unchanged']) {
        expect(await upsertComment(forge.comments, { pullRequest, marker, body: 'new' })).toMatchObject({
          change,
        });
      }
      const [first, second] = await forge.comments.list(pullRequest);
      expect(first).toMatchObject({ id: oldest.id, body: `${formatMarker(marker)}\nnew` });
      expect(second!.body).toBe(`The evaluation is kept current in [another comment](${oldest.url}).`);
    });

    test('may follow from those before it, of which only Ciclo’s own count', async () => {
      await using scene = await open();
      const { forge, pullRequest } = scene;
      await scene.comment('visitor', `${formatMarker(marker)}\nplanted`);
      const seen: (readonly string[])[] = [];
      const body = (earlier: readonly string[]): string => {
        seen.push(earlier);
        return [...new Set([...earlier.flatMap((text) => text.split('\n')), 'judged'])].join('\n');
      };
      await upsertComment(forge.comments, { pullRequest, marker, body });
      await forge.comments.create(pullRequest, `${formatMarker(marker)}\ndouble`);
      const { comment } = await upsertComment(forge.comments, { pullRequest, marker, body });
      expect(seen).toEqual([[], ['judged', 'double']]);
      expect(comment.body).toBe(`${formatMarker(marker)}\njudged\ndouble`);
    });

    test('holds what fits below its marker, and not a character more', async () => {
      await using scene = await open();
      const { forge, pullRequest } = scene;
      const body = 'x'.repeat(roomBelow(marker));
      const { comment } = await upsertComment(forge.comments, { pullRequest, marker, body });
      expect(comment.body).toHaveLength(65_536);
      const longer = upsertComment(forge.comments, { pullRequest, marker, body: `${body}x` });
      await expect(longer).rejects.toThrow(`${body.length + 1} characters, of which ${body.length} fit`);
    });
  });

  describe(`${host}: the check that is kept current`, () => {
    test('is created, then updated by later runs on the same commit', async () => {
      await using scene = await open();
      const { checks } = scene.forge;
      const annotations = [sampleAnnotation()];
      const created = await upsertCheck(checks, scene.commit, sampleCheck({ annotations }));
      const more = [...annotations, sampleAnnotation({ line: 4 })];
      const updated = await upsertCheck(
        checks,
        scene.commit,
        sampleCheck({ annotations: more, summary: 'new' }),
      );
      expect(updated.id).toBe(created.id);
      expect(await checks.annotations(updated.id)).toEqual(more);
      expect(await checks.list(scene.commit, 'ciclo / fuel')).toHaveLength(1);
    });

    test('is a new run when the last one has an annotation that no longer holds', async () => {
      await using scene = await open();
      const { checks } = scene.forge;
      const failed = sampleCheck({ annotations: [sampleAnnotation()] });
      const first = await upsertCheck(checks, scene.commit, failed);
      const second = await upsertCheck(checks, scene.commit, sampleCheck({ conclusion: 'success' }));
      const runs = await checks.list(scene.commit, 'ciclo / fuel');
      expect(runs.map(({ id }) => id)).toEqual([second.id, first.id]);
      expect(runs[0]).toMatchObject({ conclusion: 'success', annotationCount: 0 });
    });
  });
}
