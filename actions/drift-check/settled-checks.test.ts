import { describe, expect, test } from 'vitest';
import { retrainSchema } from '../../shared/config/sections/retrain-section.ts';
import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import { sampleMonitor, undecidedReport } from '../../shared/report/testing/sample-drift.ts';
import { retrainingDecision } from './retrain/policy.ts';
import { earlierChecks } from './spending.ts';

function lineOf(outcome: HistoryLine['outcome'], until: string): HistoryLine {
  return {
    version: 1,
    time: '2026-01-01T00:00:00Z',
    pipeline: 'houses',
    model: 'v1.0.0',
    window: { after: null, until },
    rows: 100,
    outcome,
    severity: 'none',
    share: 0,
    columns: [],
  };
}

describe('the rows of a check', () => {
  test('that is not decided have been looked at: once more would be one more chance of a false alarm', () => {
    const history = [
      lineOf('no-drift', '2010'),
      lineOf('not-decided', '2011'),
      lineOf('not-enough-data', '2012'),
    ];
    expect(earlierChecks(history, 'v1.0.0')).toEqual({ check: 3, decided: '2011' });
  });

  test('that is not decided are new data to retrain on, and no drift', () => {
    const report = { ...sampleMonitor(), ...undecidedReport(), performance: undefined };
    const decision = (on: string[]) => retrainingDecision(report, [], retrainSchema.parse({ on }));
    expect(decision(['new-data']).retrain).toBe(true);
    expect(decision(['drift', 'performance'])).toEqual({ retrain: false, why: report.headline });
  });
});
