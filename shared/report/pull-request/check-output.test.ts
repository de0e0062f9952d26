import { describe, expect, test } from 'vitest';
import { parseConfig } from '../../config/load.ts';
import { sampleGate, sampleRegression } from '../testing/sample-evaluation.ts';
import { renderCheck } from './check-output.ts';
import { hostileTexts } from './testing/hostile-texts.ts';
import {
  failingReport,
  inconclusiveReport,
  largeReport,
  loosenedReport,
  sampleReport,
} from './testing/sample-reports.ts';

const loaded = parseConfig(
  `task: regression
target: mpg
data: { source: { type: file, path: data/*.csv } }
validate:
  gates:
    - { metric: rmse, max: 4 }
    - metric: rmse
      champion: { worse-by-at-most: 2% }
    - { metric: r2, train-gap: { at-most: 0.1 } }
    - { metric: rmse, slice: origin, max: 6 }
`,
  'models/ciclo.yml',
);
const where = { configPath: 'models/ciclo.yml', locate: loaded.locate };

test.each([
  ['success', sampleReport()],
  ['failure', failingReport()],
  ['neutral', inconclusiveReport()],
  ['neutral', sampleReport({ origin: 'fork' })],
  ['failure', failingReport({ origin: 'fork' })],
])('concludes %s', (conclusion, report) => {
  expect(renderCheck(report, where).conclusion).toBe(conclusion);
});

test('the title is the verdict and the number, without markup', () => {
  expect(renderCheck(sampleReport(), where).title).toBe(
    'fuel passes: rmse 2.87 mpg, 0.21 better than the champion’s 3.08 (0.05 to 0.38)',
  );
});

describe('what is loosened', () => {
  const { declaration } = loosenedReport();
  const agreed = { ...declaration!, agreement: { state: 'agreed', by: 'maria', how: 'review' } } as const;

  test('is a failure until somebody agrees, whatever the figures', () => {
    const stopped = renderCheck(loosenedReport(), where);
    expect(stopped.conclusion).toBe('failure');
    expect(stopped.title).toMatch(/^Somebody must agree to what is loosened; fuel passes/);
    expect(stopped.summary).toContain('The job fails until somebody agrees.');
    expect(stopped.summary).toContain('`ciclo:loosened-ok`');
    const done = renderCheck(sampleReport({ declaration: agreed }), where);
    expect(done.conclusion).toBe('success');
    expect(done.summary).toContain('`maria` agreed to it in a review of this commit.');
  });

  test('stops nothing where the gate only warns', () => {
    const warned = { ...declaration!, agreement: { state: 'awaited', why: [], stops: false } } as const;
    const { conclusion, summary } = renderCheck(sampleReport({ declaration: warned }), where);
    expect(conclusion).toBe('success');
    expect(summary).toContain('Nobody has agreed to it, which does not stop the job');
  });

  test('asks for nobody when it is stricter, or only what the model sees', () => {
    for (const effect of ['tightens', 'neutral'] as const) {
      const changes = declaration!.changes.map((change) => ({ ...change, effect }));
      const { summary } = renderCheck(
        sampleReport({ declaration: { base: 'main', changes, verdict: 'same' } }),
        where,
      );
      expect(summary).not.toContain('ciclo:loosened-ok');
      expect(summary).toContain(
        effect === 'neutral' ? 'changes what the model sees' : 'tightens what it is judged by',
      );
    }
  });
});

describe('annotations', () => {
  test('stand on the lines of the gates that failed or are inconclusive, failures first', () => {
    const notes = renderCheck(failingReport(), where).annotations;
    expect(notes.map(({ path, line, level, title }) => ({ path, line, level, title }))).toEqual([
      { path: 'models/ciclo.yml', line: 6, level: 'failure', title: 'Gate failed: rmse at most 4' },
      {
        path: 'models/ciclo.yml',
        line: 7,
        level: 'failure',
        title: 'Gate failed: rmse worse than the champion by at most 2%',
      },
      {
        path: 'models/ciclo.yml',
        line: 10,
        level: 'failure',
        title: 'Gate failed: rmse at most 6 in every slice by origin',
      },
      {
        path: 'models/ciclo.yml',
        line: 9,
        level: 'warning',
        title: 'Gate inconclusive: r2 on test rows worse than on training rows by at most 0.1',
      },
    ]);
    expect(notes[0]!.message).toBe(
      'measured 4.63 (4.11 to 5.19), bound 4.00. The whole interval lies above the bound.',
    );
    expect(notes[2]!.message).toMatch(/^Japan: measured 7\.9 \(6\.2 to 9\.5\), bound 6\.0\./);
  });

  test('a passing pull request has none', () => {
    expect(renderCheck(sampleReport(), where).annotations).toEqual([]);
  });

  test('keys that the pull request loosens are noted where they are still written', () => {
    const notes = renderCheck(loosenedReport(), where).annotations;
    expect(notes).toEqual([
      {
        path: 'models/ciclo.yml',
        line: 6,
        level: 'warning',
        title: 'This pull request loosens what it is judged by',
        message: 'gate rmse at most 4 is loosened to at most 6',
      },
    ]);
  });

  test('slices of one gate share a note', () => {
    const gates = Array.from({ length: 40 }, (_, i) =>
      sampleGate({ index: 3, outcome: 'fail', slice: { column: 'origin', label: `value ${i}` } }),
    );
    const report = sampleReport({ evaluation: sampleRegression({ verdict: 'fail', gates }) });
    const { annotations } = renderCheck(report, where);
    expect(annotations.length).toBe(1);
    expect(annotations[0]!.message.split('\n').at(-1)).toBe('and 30 more slices');
  });

  test.each(hostileTexts)('of %j are within their limits and show what cannot be seen', (text) => {
    const gates = Array.from({ length: 60 }, (_, index) =>
      sampleGate({ index, outcome: 'fail', declared: text.repeat(30), message: text.repeat(300) }),
    );
    const report = sampleReport({ evaluation: sampleRegression({ verdict: 'fail', gates, pipeline: text }) });
    const { annotations, title } = renderCheck(report, where);
    expect(title.length).toBeLessThanOrEqual(255);
    expect(annotations.length).toBe(50);
    for (const note of annotations) {
      expect(note.title.length).toBeLessThanOrEqual(255);
      expect(note.message.length).toBeLessThanOrEqual(4096);
      expect(`${note.title}${note.message}`).not.toMatch(/[\u202e\u200b\u2066]/);
    }
  });
});

test('summary and text stay inside a check’s limits', () => {
  const { summary, text } = renderCheck(largeReport(), where);
  for (const page of [summary, text]) {
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(65_535);
  }
  expect(summary).toContain('#### Gates');
  expect(text).toContain('#### Metrics');
});
