import { describe, expect, test } from 'vitest';
import { evaluationSchema } from '../../shared/metrics/evaluation/evaluation.ts';
import { sampleRegression } from '../../shared/report/testing/sample-evaluation.ts';
import { parseHistory } from './history.ts';

/** As result format 2 wrote it, before changes of structure were noted. */
const earlierLine = {
  version: 1,
  time: '2026-03-02T05:17:00.000Z',
  pipeline: 'fuel',
  model: 'v1.0.0',
  window: { after: '1976', until: '1977' },
  rows: 28,
  outcome: 'drift',
  severity: 'major',
  share: 0.6,
  columns: [{ name: 'weight', drifted: true, effect: 4.2, adjustedP: 0.001 }],
};

describe('results of format 2', () => {
  test('are read as a history, beside lines that say more', () => {
    const later = { ...earlierLine, structural: ['weight is constant at 3'] };
    const text = `${JSON.stringify(earlierLine)}\n${JSON.stringify(later)}\n`;
    expect(parseHistory(text, 'fuel.ndjson')).toEqual([earlierLine, later]);
  });

  test('are read as the evaluation of a champion, without what gates tell, the rows that judged, and doubts', () => {
    const { anchor: _a, judged: _j, warnings: _w, positive: _p, ...kept } = sampleRegression();
    const gates = kept.gates.map(
      ({ of: _of, relative: _r, doubt: _d, means: _m, tells: _t, ...gate }) => gate,
    );
    const earlier = { ...kept, gates, inconclusive: 'warn' };
    expect(evaluationSchema.parse(JSON.parse(JSON.stringify(earlier)))).toEqual(
      JSON.parse(JSON.stringify(earlier)),
    );
  });
});
