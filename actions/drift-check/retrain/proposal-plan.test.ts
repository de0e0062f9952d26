import { describe, expect, test } from 'vitest';
import type { HistoryLine } from '../../../shared/drift/history/history-line.ts';
import { type PlanInput, planProposal } from './proposal-plan.ts';

const day = 86_400_000;
const line: HistoryLine = {
  version: 1,
  time: '2026-01-05T00:00:00.000Z',
  pipeline: 'fuel',
  model: 'v1.0.0',
  window: { after: '2009', until: '2010' },
  rows: 100,
  outcome: 'drift',
  severity: 'major',
  share: 0.4,
  columns: [],
};

function plan(change: Partial<PlanInput> = {}) {
  return planProposal({
    former: [],
    humanCommits: false,
    champion: 'v1.0.0',
    better: true,
    open: 'if-better',
    cooldown: 7 * day,
    now: 10 * day,
    line,
    history: [],
    ...change,
  });
}

describe('the plan for a challenger', () => {
  test('that is better is a pull request', () => {
    expect(plan().kind).toBe('open');
  });

  test('that is not better is an issue, unless open is always', () => {
    expect(plan({ better: false }).kind).toBe('issue');
    expect(plan({ better: false, open: 'always' }).kind).toBe('open');
  });

  test('updates the open pull request, better or not', () => {
    const former = [{ number: 4, state: 'open' as const }];
    expect(plan({ former })).toMatchObject({ kind: 'update', number: 4 });
    expect(plan({ former, better: false })).toMatchObject({ kind: 'update', number: 4 });
  });

  test('leaves a branch with commits of a person alone, with a pull request or without', () => {
    expect(plan({ humanCommits: true })).toMatchObject({ kind: 'quiet' });
    expect(plan({ humanCommits: true, former: [{ number: 4, state: 'open' }] })).toMatchObject({
      kind: 'quiet',
      number: 4,
    });
  });

  test('waits for the deployment of a merged one, and no longer', () => {
    const merged = { number: 4, state: 'merged' as const, closed: 0 };
    expect(plan({ former: [{ ...merged, champion: 'v1.0.0' }] })).toMatchObject({ kind: 'quiet', number: 4 });
    expect(plan({ former: [{ ...merged, champion: 'v0.9.0' }] }).kind).toBe('open');
  });

  describe('after one that was closed', () => {
    const former = [{ number: 4, state: 'closed' as const, closed: 9 * day }];
    const then: HistoryLine = { ...line, action: { kind: 'pull-request', number: 4, reason: '' } };

    test('is quiet until the cooldown is over', () => {
      expect(plan({ former, history: [then] })).toMatchObject({
        kind: 'quiet',
        reason: expect.stringContaining('quiet until 1970-01-17T00:00Z'),
      });
      expect(plan({ former, history: [then], now: 16 * day }).kind).toBe('open');
    });

    test.each([
      ['half as much weight again', { share: 0.6 }],
      ['all the weight', { share: 1 }],
      ['a performance below its limit', { performance: degraded() }],
    ] as const)('is opened again for %s', (_, change) => {
      const now = { ...line, ...change };
      expect(plan({ former, history: [then], line: now }).kind).toBe('open');
    });

    test('is opened again when drift became major', () => {
      const minor = { ...then, severity: 'minor' as const };
      expect(plan({ former, history: [minor] })).toMatchObject({
        kind: 'open',
        reason: 'drift became major since #4 was closed',
      });
    });

    test('is compared with the check that led to it, not with later ones that looked at nothing', () => {
      const quiet: HistoryLine = {
        ...line,
        outcome: 'nothing-to-compare',
        severity: 'none',
        share: 0,
        action: { kind: 'none', number: 4, reason: 'quiet' },
      };
      expect(plan({ former, history: [then, quiet] }).kind).toBe('quiet');
      const empty: HistoryLine = { ...quiet, action: { kind: 'pull-request', number: 4, reason: 'by hand' } };
      expect(plan({ former, history: [then, empty] }).kind).toBe('quiet');
      expect(plan({ former, history: [then, empty], line: { ...line, share: 0.6 } })).toMatchObject({
        kind: 'open',
        reason: 'the weight of drifted features grew from 40% to 60% since #4 was closed',
      });
      expect(plan({ former, history: [empty] })).toMatchObject({ kind: 'open' });
      expect(plan({ former, history: [quiet] })).toMatchObject({ kind: 'quiet' });
    });

    test('is not opened again for a little more', () => {
      expect(plan({ former, history: [then], line: { ...line, share: 0.5 } }).kind).toBe('quiet');
    });
  });
});

function degraded(): NonNullable<HistoryLine['performance']> {
  return { metric: 'rmse', kind: 'measured', value: 4, low: 3, high: 5, reference: 2, degraded: true };
}
