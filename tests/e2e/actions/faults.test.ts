import { describe, expect, test } from 'vitest';
import type { Fault } from '../../github/fault.ts';
import type { Stage } from './support/open-stage.ts';
import { gates, quickConfig } from './support/quick.ts';
import { setStage } from './support/stage.ts';

const quick = { 'ciclo.yml': quickConfig(), 'ciclo.lock': null };

const list = { method: 'GET', path: /\/issues\/\d+\/comments$/ } as const;
const create = { method: 'POST', path: /\/issues\/\d+\/comments$/ } as const;
const update = { method: 'PATCH', path: /\/issues\/comments\/\d+$/ } as const;
const refusal = (status: number) => ({
  status,
  body: { message: 'refused', documentation_url: 'https://docs.github.com/rest', status: String(status) },
});

/** Opens a pull request, which is judged once when there is a comment to update. */
async function judged(fault: Fault) {
  const stage = await setStage(quick);
  const pull = await stage.pullRequest({ 'README.md': 'a change\n' });
  if (fault.method === 'PATCH') {
    await stage.runPullRequest(pull);
    const sha = await stage.checkout.commit('change', { 'README.md': 'another change\n' });
    pull.head = { ...pull.head, sha };
  }
  stage.github.fault(fault);
  return { stage, pull, run: await stage.runPullRequest(pull) };
}

const warnings = ({ log }: { readonly log: string }): string[] =>
  log.split('\n').filter((line) => line.includes('the verdict counts'));

const checkOf = (stage: Stage, sha: string) => stage.checks(sha).map(({ conclusion }) => conclusion);

describe('an API that gets in the way', () => {
  test.each<[string, Fault]>([
    ['500 twice', { ...list, times: 2, kind: { status: 500 } }],
    ['a rate limit with Retry-After', { ...list, times: 1, kind: { rateLimit: { retryAfter: 1 } } }],
    ['a connection dropped before a comment was created', { ...create, times: 1, kind: { drop: 'before' } }],
    ['a connection dropped after a comment was created', { ...create, times: 1, kind: { drop: 'after' } }],
    ['a connection dropped before an update', { ...update, times: 1, kind: { drop: 'before' } }],
    [
      'a connection dropped in the middle of an update’s answer',
      { ...update, times: 1, kind: { drop: 'during' } },
    ],
  ])('%s: nothing is lost, nothing doubled', async (_, fault) => {
    const { stage, pull, run } = await judged(fault);
    await using _stage = stage;
    expect(run.passed).toBe(true);
    expect(warnings(run)).toEqual([]);
    expect(stage.comments(pull)).toHaveLength(1);
    expect(stage.comments(pull)[0]!.body).toContain(pull.head.sha.slice(0, 7));
    expect(checkOf(stage, pull.head.sha)).toEqual(['success']);
  });

  test.each([404, 422])(
    '%i for the comment: the gate gates, one warning, and the check is there',
    async (status) => {
      const { stage, pull, run } = await judged({ ...create, kind: refusal(status) });
      await using _ = stage;
      expect(run.passed).toBe(true);
      expect(warnings(run)).toHaveLength(1);
      expect(stage.comments(pull)).toEqual([]);
      expect(checkOf(stage, pull.head.sha)).toEqual(['success']);
    },
  );

  test('403, a token without the rights: the gate gates, and one warning names the lines to add', async () => {
    await using stage = await setStage(quick);
    const pull = await stage.pullRequest({ 'ciclo.yml': quickConfig([gates.fail]) });
    const run = await stage.runPullRequest(pull, { permissions: { contents: 'read', actions: 'read' } });
    expect(run.passed).toBe(false);
    expect(warnings(run)).toHaveLength(1);
    expect(run.log).toMatch(/checks: write/);
    expect(run.log).toMatch(/pull-requests: write/);
    expect(stage.comments(pull)).toEqual([]);
  });
});
