import { describe, expect, test } from 'vitest';
import type { HistoryLine } from '../../drift/history/history-line.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { metricRows } from '../metrics-table.ts';
import { hostile, sampleMonitor } from '../testing/sample-drift.ts';
import { sampleRegression } from '../testing/sample-evaluation.ts';
import { sampleChampion, sampleMetric } from '../testing/sample-parts.ts';
import { sampleTraining } from '../testing/sample-training.ts';
import { retrainingIssue } from './retraining-issue.ts';
import { retrainingPullRequest } from './retraining-pull-request.ts';
import { rollbackProposal } from './rollback-proposal.ts';

const report = sampleMonitor();

/** A challenger with this rmse against the champion's, and the gain with its interval. */
function judged(
  [champion, challenger]: readonly [number, number],
  [low, high]: readonly [number, number],
  overrides: Partial<Evaluation> = {},
): Evaluation {
  const gain = champion - challenger;
  const metric = sampleMetric('rmse', challenger, 0.8, {
    champion: sampleChampion(champion, [gain, low, high], 'lower'),
  });
  return sampleRegression({ metrics: [metric], ...overrides });
}

const better = judged([3.1, 2.7], [0.1, 0.7]);
const input = {
  pipeline: 'fuel',
  champion: 'fuel@v1.2.0',
  report,
  history: [],
  why: 'weight, horsepower drifted',
  lockChanges: ['window: year until 1975 → year until 1979', 'rows: 250 rows → 392 rows (+142)'],
  evaluation: better,
  training: sampleTraining(),
  runUrl: 'https://github.com/octo/cars/actions/runs/1',
  checksWait: true,
  cooldown: 7 * 86_400_000,
  confidence: 0.8,
};

describe('the retraining pull request', () => {
  test('says the gain in its title', () => {
    expect(retrainingPullRequest(input).title).toBe(
      'Retrain fuel: rmse 3.10 → 2.70 on unseen rows (−13%), not clearly better',
    );
  });

  test.each([
    [{ surely: true, confidence: 0.99 }, ', clearly better', 'It is clearly better: the 95% interval'],
    [
      { surely: false, confidence: 0.87 },
      ', probably better',
      'It is probably better: with a one-sided confidence of 87% the gain is above 0.',
    ],
    [
      { surely: false, confidence: 0.6 },
      ', not clearly better',
      'With a one-sided confidence of 60% the gain is above 0; retrain.confidence requires 80%.',
    ],
    [{ surely: false, confidence: null }, ', not clearly better', ''],
  ])('says of %j how sure it is, in title and evidence', (sure, title, sentence) => {
    const evaluation = { ...better, champion: { ...better.champion!, better: sure } };
    const proposal = retrainingPullRequest({ ...input, evaluation });
    expect(proposal.title).toBe(`Retrain fuel: rmse 3.10 → 2.70 on unseen rows (−13%)${title}`);
    expect(proposal.body).toContain(sentence);
  });

  test('begins with the evidence, then why, what changes and how to act', () => {
    const { body } = retrainingPullRequest(input);
    expect(body.split('\n')[0]).toBe('✅ **rmse 3.10 → 2.70 mpg (−13%)**: better by 0.40 (0.10 to 0.70).');
    const headings = body.split('\n').filter((line) => line.startsWith('#### '));
    expect(headings).toEqual([
      '#### Both on the same rows',
      '#### Why',
      '#### What changes in ciclo.lock',
      '#### Which algorithm won',
      '#### How to act',
    ]);
    expect(body).toContain('- rows: 250 rows → 392 rows (+142)');
    expect(body).toContain('| `weight` | **drifted** |');
    expect(body).toContain('no new pull request comes for 7 days');
    expect(body).toContain('**`neural-network`** (chosen)');
  });

  test('gives values of the compared rows the decimals of these rows, however wide the interval of all judged rows is', () => {
    // mape of all rows, one of which has a target of 0, and of the newer rows that champion and challenger are compared on.
    const compared = { ...sampleChampion(0.97, [0.9384, 0.86, 1.12], 'lower'), own: 0.0316 };
    const mape = { ...sampleMetric('mape', 1.9e13, 1e14, { champion: compared }), low: 6e11, high: 2e14 };
    const evaluation = judged([3.1, 2.7], [0.1, 0.7], { metrics: [...better.metrics, mape] });
    const { body } = retrainingPullRequest({ ...input, evaluation });
    expect(body).toContain('| `mape` | 0.97 | **0.03** | ▲ better by 0.94 (0.86 to 1.12) |');
    expect(metricRows(evaluation).find(({ metric }) => metric.startsWith('mape'))!.champion).toBe('0.97');
  });

  test('keeps the evidence of the last check that had rows when it is made or updated without new ones', () => {
    const empty = { ...report, rows: { ...report.rows, current: 0 } };
    const line = (over: Partial<HistoryLine>): HistoryLine => ({
      ...{
        version: 1,
        time: '2026-01-05T06:00:00.000Z',
        pipeline: 'fuel',
        model: report.production!.version,
      },
      ...{
        window: { after: '1976', until: '1982' },
        rows: 183,
        outcome: 'drift',
        severity: 'major',
        share: 0.9,
      },
      columns: [
        { name: 'origin', drifted: false, effect: 1.2, adjustedP: 0.08 },
        { name: 'weight', drifted: true, effect: 4.1, adjustedP: 0.0016 },
      ],
      ...over,
    });
    const history = [
      line({}),
      line({ model: 'v0.9.0', rows: 7 }),
      line({ rows: 0, outcome: 'nothing-to-compare' }),
    ];
    const { body } = retrainingPullRequest({ ...input, report: empty, history });
    expect(body).toContain(
      'No row has arrived since the previous check, which covered 183 rows after 1976 until 1982 and found major drift:',
    );
    expect(body).toMatch(
      /\| `weight` \| \*\*drifted\*\* \| 4\.1 × the minimum effect \|[^\n]*\n\| `origin` \| not drifted \|/,
    );
    expect(retrainingPullRequest({ ...input, history }).body).not.toContain('No row has come');
  });

  test('says that checks wait only where they do', () => {
    expect(retrainingPullRequest(input).body).toContain('Approve workflows to run');
    expect(retrainingPullRequest({ ...input, checksWait: false }).body).not.toContain('Approve workflows');
  });

  test('warns of a loss on the old rows', () => {
    const apart = { old: judged([2.6, 3.1], [-0.8, -0.2], { rows: 60 }), new: judged([3.9, 2.6], [0.6, 2]) };
    const { body } = retrainingPullRequest({ ...input, apart });
    expect(body).toContain('⚠️ On the old rows it is worse by 0.20 to 0.80.');
    expect(body).toMatch(
      /\| old: in the previous window \| 60 rows \| 2.60 \| \*\*3.10\*\* \| ▼ worse by 0.50/,
    );
  });

  test('shows of new and old rows apart what both models have on the rows compared', () => {
    const old = judged([2.6, 3.1], [-0.8, -0.2], { rows: 60 });
    const metrics = old.metrics.map((metric) => ({
      ...metric,
      value: 3.4,
      champion: { ...metric.champion!, own: 3.1 },
    }));
    const champion = { ...old.champion!, rows: 48 };
    const { body } = retrainingPullRequest({ ...input, apart: { old: { ...old, metrics, champion } } });
    expect(body).toMatch(
      /\| old: in the previous window \| 48 rows \| 2.60 \| \*\*3.10\*\* \| ▼ worse by 0.50/,
    );
  });

  test('calls nothing clearly better whose interval, of more than 95%, reaches across zero', () => {
    const wide = judged([3.1, 2.7], [-0.1, 0.9]);
    const evaluation = {
      ...wide,
      champion: { ...wide.champion!, better: { surely: true, confidence: 0.98 } },
    };
    const { title, body } = retrainingPullRequest({ ...input, evaluation });
    expect(title).toContain(', probably better');
    expect(body).toContain('It is probably better: with a one-sided confidence of 98% the gain is above 0.');
    expect(body).toContain('no clear difference (0.10 worse to 0.90 better)');
  });

  test('stays within what GitHub takes, whatever the texts, and keeps evidence and actions', () => {
    const long = `${hostile} `.repeat(60);
    const columns = Array.from({ length: 300 }, () => ({ ...report.columns[0]!, name: long }));
    const { title, body } = retrainingPullRequest({
      ...input,
      pipeline: 'p'.repeat(5000),
      why: long,
      lockChanges: Array.from({ length: 500 }, () => long),
      report: { ...report, columns },
    });
    expect(title.length).toBeLessThanOrEqual(200);
    expect(body.length).toBeLessThanOrEqual(64_000);
    expect(body).toContain('#### How to act');
    expect(body).not.toContain('<img');
    expect(body).not.toContain('@octocat');
  });
});

describe('the issue in its place', () => {
  test('gives both figures where the challenger is not better, and what could be done', () => {
    const { title, body } = retrainingIssue({ ...input, evaluation: judged([3.1, 3.05], [-0.2, 0.3]) });
    expect(title).toBe('fuel: 1 challenger was not clearly better (−1.6%), rmse 3.10 → 3.05');
    expect(body).toMatch(/^⚠️ .*no clear difference/);
    expect(body).toContain('#### What can be done');
  });

  test('says where a better challenger is held up by a gate', () => {
    const champion = { ...better.champion!, better: { surely: true, confidence: 0.99 } };
    const { title } = retrainingIssue({ ...input, evaluation: { ...better, verdict: 'fail', champion } });
    expect(title).toBe('fuel: 1 challenger was better (−13%) but failed a gate, rmse 3.10 → 2.70');
  });

  test('says why where no model could be trained', () => {
    const { evaluation: _, lockChanges: __, ...rest } = input;
    const { title, body } = retrainingIssue({ ...rest, reason: 'there is nothing new to learn from' });
    expect(title).toBe('fuel: retraining is needed but not possible');
    expect(body).toMatch(/^No model was trained: there is nothing new to learn from\. `fuel@v1\.2\.0` stays/);
  });
});

describe('the rollback proposal', () => {
  test('names the version, both figures and the command', () => {
    const { title, body } = rollbackProposal({
      pipeline: 'fuel',
      live: 'fuel@v1.2.0',
      version: 'v1.1.0',
      evaluation: better,
      report,
      history: [],
      challenger: judged([3.1, 3.0], [-0.1, 0.3]),
    });
    expect(title).toBe('Roll fuel back to v1.1.0: rmse 3.10 → 2.70 on new rows (−13%)');
    expect(body).toContain('`ciclo deploy --rollback-to v1.1.0`');
    expect(body).toContain('A retrained model was tried as well');
  });
});
