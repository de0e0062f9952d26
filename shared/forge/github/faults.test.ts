import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../tests/github/fault.ts';
import { fixedClock } from '../../platform/clock.ts';
import { ForgeError, RateLimitedError } from '../ports/forge-error.ts';
import { sampleAnnotation, sampleCheck } from '../testing/forge-scene.ts';
import { openGitHubScene } from '../testing/github-scene.ts';
import { thrown } from '../testing/refusal.ts';
import { upsertCheck } from '../upsert/check-upsert.ts';
import { formatMarker } from '../upsert/marker.ts';
import { upsertComment } from '../upsert/sticky-comment.ts';

/** Stands still: no test waits between attempts. */
const clock = fixedClock(0);
const marker = { pipeline: 'fuel', kind: 'evaluation' };
const comments = '/repos/{owner}/{repo}/issues/{issue_number}/comments';
const comment = '/repos/{owner}/{repo}/issues/comments/{comment_id}';
const checks = '/repos/{owner}/{repo}/check-runs';
const check = '/repos/{owner}/{repo}/check-runs/{check_run_id}';

const broken: readonly [string, FaultKind][] = [
  ['the connection drops before the change', { drop: 'before' }],
  ['the connection drops after the change', { drop: 'after' }],
  ['the connection drops in the middle of the answer', { drop: 'during' }],
  ['500', { status: 500 }],
  ['502 after a proxy', { status: 502, body: { message: 'Server Error' } }],
];

describe.each(broken)('nothing is lost and nothing doubled when, twice: %s', (_, kind) => {
  test('a comment is created', async () => {
    await using scene = await openGitHubScene();
    scene.github.fault({ method: 'POST', path: comments, times: 2, kind });
    const { comment: made, change } = await upsertComment(
      scene.forge.comments,
      {
        ...scene,
        marker,
        body: 'pass',
      },
      { clock },
    );
    expect(change).toBe('created');
    const bodies = [...scene.seeded.comments.values()].map(({ id, body }) => [id, body]);
    expect(bodies).toEqual([[made.id, `${formatMarker(marker)}\npass`]]);
  });

  test('a comment is updated', async () => {
    await using scene = await openGitHubScene();
    await upsertComment(scene.forge.comments, { ...scene, marker, body: 'pass' }, { clock });
    scene.github.fault({ method: 'PATCH', path: comment, times: 2, kind });
    const { change } = await upsertComment(
      scene.forge.comments,
      { ...scene, marker, body: 'fail' },
      { clock },
    );
    expect(change).toBe('updated');
    expect([...scene.seeded.comments.values()].map(({ body }) => body)).toEqual([
      `${formatMarker(marker)}\nfail`,
    ]);
  });

  test('comments are listed', async () => {
    await using scene = await openGitHubScene();
    await scene.comment('visitor', 'hello');
    scene.github.fault({ method: 'GET', path: comments, times: 2, kind });
    expect(await scene.forge.comments.list(scene.pullRequest)).toHaveLength(1);
  });

  test('a check with 120 annotations is created, then updated', async () => {
    await using scene = await openGitHubScene();
    const annotations = Array.from({ length: 120 }, (_, i) => sampleAnnotation({ line: i + 1 }));
    scene.github.fault({ method: 'POST', path: checks, times: 1, kind });
    scene.github.fault({ method: 'PATCH', path: check, times: 1, kind });
    await upsertCheck(scene.forge.checks, scene.commit, sampleCheck({ annotations }), { clock });
    scene.github.fault({ method: 'PATCH', path: check, times: 2, kind });
    const more = [...annotations, sampleAnnotation({ path: 'other.yml' })];
    await upsertCheck(scene.forge.checks, scene.commit, sampleCheck({ annotations: more, title: 'again' }), {
      clock,
    });
    const [run, ...others] = scene.seeded.checkRuns.values();
    expect(others).toEqual([]);
    expect(run!.output.title).toBe('again');
    expect(run!.annotations.map(({ path, start_line }) => [path, start_line])).toEqual(
      more.map(({ path, line }) => [path, line]),
    );
  });
});

test('a comment that is deleted between reading and writing is created again', async () => {
  await using scene = await openGitHubScene();
  await upsertComment(scene.forge.comments, { ...scene, marker, body: 'pass' }, { clock });
  const { list } = scene.forge.comments;
  let first = true;
  const deleting = {
    ...scene.forge.comments,
    async list(pullRequest: number) {
      const found = await list(pullRequest);
      if (first) scene.seeded.comments.clear();
      first = false;
      return found;
    },
  };
  await upsertComment(deleting, { ...scene, marker, body: 'fail' }, { clock });
  expect([...scene.seeded.comments.values()].map(({ body }) => body)).toEqual([
    `${formatMarker(marker)}\nfail`,
  ]);
});

test('a comment that counts counts once, though the connection dropped after it was created', async () => {
  await using scene = await openGitHubScene();
  scene.github.fault({ method: 'POST', path: comments, times: 1, kind: { drop: 'after' } });
  const seen: (readonly string[])[] = [];
  const body = (earlier: readonly string[]): string => {
    seen.push(earlier);
    return [...new Set([...earlier, 'judged'])].join(', ');
  };
  const { change } = await upsertComment(scene.forge.comments, { ...scene, marker, body }, { clock });
  expect(change).toBe('created');
  expect(seen).toEqual([[], ['judged']]);
  expect([...scene.seeded.comments.values()].map((each) => each.body)).toEqual([
    `${formatMarker(marker)}\njudged`,
  ]);
});

test('a host that stays broken is an error after three tries, each a read and a write', async () => {
  await using scene = await openGitHubScene();
  scene.github.fault({ method: 'POST', path: comments, kind: { drop: 'before' } });
  const error = await thrown(
    upsertComment(scene.forge.comments, { ...scene, marker, body: 'pass' }, { clock }),
  );
  expect(error).toBeInstanceOf(ForgeError);
  expect(error).toMatchObject({ status: undefined, message: expect.stringMatching(/no answer from GitHub/) });
  expect(scene.github.requests.map(({ method }) => method)).toEqual([
    'GET',
    'POST',
    'GET',
    'POST',
    'GET',
    'POST',
  ]);
});

test('a create is not repeated by the transport, a read is, three times', async () => {
  await using scene = await openGitHubScene();
  scene.github.fault({ method: 'POST', path: comments, kind: { status: 503 } });
  scene.github.fault({ method: 'GET', path: comments, kind: { status: 503 } });
  expect(await thrown(scene.forge.comments.create(scene.pullRequest, 'hello'))).toMatchObject({
    status: 503,
  });
  expect(scene.github.requests).toHaveLength(1);
  expect(await thrown(scene.forge.comments.list(scene.pullRequest))).toMatchObject({ status: 503 });
  expect(scene.github.requests).toHaveLength(1 + 4);
});

test('an answer that does not come within the time is a broken connection, and asked for again', async () => {
  await using scene = await openGitHubScene({ forge: { waits: { backoff: 1, timeout: 10, retries: 1 } } });
  scene.github.fault({ method: 'GET', path: /./, kind: { delay: 300 } });
  const error = await thrown(scene.forge.contents.read('ciclo.yml', 'main'));
  expect(error).toMatchObject({ status: undefined, message: expect.stringMatching(/no answer.*timeout/) });
  expect(scene.github.requests).toHaveLength(2);
});

describe('what is refused for good is sent once:', () => {
  const labels = '/repos/{owner}/{repo}/labels';
  const refusals = [403, 404, 422].map((status) => ({ status, body: { message: 'no' } }));

  test.each(refusals)('a create that may be repeated, $status', async (kind) => {
    await using scene = await openGitHubScene({ token: { permissions: { issues: 'write' } } });
    scene.github.fault({ method: 'POST', path: labels, kind });
    const label = { color: '1d76db', description: '' };
    expect(await thrown(scene.forge.labels.ensure('ciclo', label))).toMatchObject({ status: kind.status });
    expect(scene.github.requests).toHaveLength(1);
  });

  test.each(refusals)('an update, a read and a create, $status', async (kind) => {
    await using scene = await openGitHubScene();
    for (const method of ['POST', 'PATCH', 'GET']) scene.github.fault({ method, path: /./, kind });
    await thrown(scene.forge.comments.create(scene.pullRequest, 'hello'));
    await thrown(scene.forge.comments.update(1, 'hello'));
    await thrown(scene.forge.comments.list(scene.pullRequest));
    expect(scene.github.requests).toHaveLength(3);
  });

  test('while one that broke off is sent again where that makes the same', async () => {
    await using scene = await openGitHubScene({ token: { permissions: { issues: 'write' } } });
    scene.github.fault({ method: 'POST', path: labels, times: 2, kind: { status: 503 } });
    expect(await scene.forge.labels.ensure('ciclo', { color: '1d76db', description: '' })).toBe('created');
    expect(scene.github.requests).toHaveLength(3);
  });
});

describe('rate limits', () => {
  test('are known by the header alone, whatever the refusal says', async () => {
    await using scene = await openGitHubScene();
    const headers = { 'retry-after': '30' };
    const kind = { status: 403, body: { message: 'You have sent too many requests' }, headers };
    scene.github.fault({ method: 'POST', path: comments, times: 2, kind });
    await upsertComment(scene.forge.comments, { ...scene, marker, body: 'pass' }, { clock });
    expect(scene.seeded.comments.size).toBe(1);
    expect(scene.log.filter(({ message }) => /waiting (29|30|31) s/.test(message))).toHaveLength(2);
  });

  test('are waited for as long as GitHub says, creates too, since a limited request was not done', async () => {
    await using scene = await openGitHubScene();
    scene.github.fault({ method: 'POST', path: comments, times: 2, kind: { rateLimit: { retryAfter: 30 } } });
    await upsertComment(scene.forge.comments, { ...scene, marker, body: 'pass' }, { clock });
    expect(scene.seeded.comments.size).toBe(1);
    const waiting = 'GitHub limits how often this token may ask: waiting 30 s';
    expect(scene.log.map(({ message }) => message)).toEqual([waiting, waiting]);
  });

  test('are an error after three waits', async () => {
    await using scene = await openGitHubScene();
    scene.github.fault({ method: 'GET', path: comments, kind: { rateLimit: { retryAfter: 60 } } });
    const error = await thrown(scene.forge.comments.list(scene.pullRequest));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(scene.github.requests).toHaveLength(4);
    // The clock of the scene moved on by three waits.
    expect((error as Error).message).toBe(
      'reading the comments of pull request 1: GitHub limits how often this token may ask; try again in 60 s, after 2026-01-05T00:04:00Z',
    );
  });

  test('that last longer than is waited for are an error at once: when to try again is in it', async () => {
    await using scene = await openGitHubScene();
    const reset = Date.UTC(2036, 0, 5, 1) / 1000;
    scene.github.fault({ method: 'GET', path: comments, kind: { rateLimit: { reset } } });
    const error = await thrown(scene.forge.comments.list(scene.pullRequest));
    expect(error).toBeInstanceOf(RateLimitedError);
    expect(error).toMatchObject({
      retryAt: reset * 1000,
      message: expect.stringContaining('2036-01-05T01:00:00Z'),
    });
    expect(scene.github.requests).toHaveLength(1);
  });

  test('a refusal for lack of rights is not taken for one', async () => {
    await using scene = await openGitHubScene({ token: { permissions: {} } });
    await thrown(scene.forge.comments.list(scene.pullRequest));
    expect(scene.github.requests).toHaveLength(1);
  });
});
