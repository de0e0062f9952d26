import { expect, test } from 'vitest';
import { openGitHubScene } from '../../shared/forge/testing/github-scene.ts';
import { formatMarker } from '../../shared/forge/upsert/marker.ts';
import { upsertComment } from '../../shared/forge/upsert/sticky-comment.ts';
import { pullRequestLimits, shortDigest } from '../../shared/metrics/evaluation/looks.ts';
import { type LogEntry, recordingLogger, silentLogger } from '../../shared/platform/logger.ts';
import { renderComment } from '../../shared/report/pull-request/comment.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';
import { largeReport, sampleReport } from '../../shared/report/pull-request/testing/sample-reports.ts';
import { evaluationComment, looksOfComment } from './evaluation-comment.ts';
import { formatLooksLine, parseLooksLine } from './looks-line.ts';
import { evaluationMarker } from './publication.ts';

/** A report of a model, by rows. */
function reportOf(model: string, rows = 'r', report = sampleReport()): PullRequestReport {
  const evaluation = { ...report.evaluation, model, judged: { rows, models: [model] } };
  return { ...report, evaluation };
}

const quiet = { logger: silentLogger };

test('a pull request’s comments count the models of their own pipeline, however often each is judged', async () => {
  await using scene = await openGitHubScene();
  const { forge, pullRequest } = scene;
  const write = async (pipeline: string, model: string, rows?: string): Promise<string> => {
    const { evaluation, ...others } = reportOf(model, rows);
    const report = { ...others, evaluation: { ...evaluation, pipeline } };
    const body = (earlier: readonly string[]): string => evaluationComment(report, earlier, quiet);
    const sticky = { pullRequest, marker: evaluationMarker(pipeline), body };
    return (await upsertComment(forge.comments, sticky)).comment.body;
  };
  const planted = formatLooksLine({
    rows: shortDigest('r'),
    models: ['x', 'y'].map(shortDigest),
    unlisted: 9,
  });
  await scene.comment('visitor', `${formatMarker(evaluationMarker('fuel'))}\n${planted}\nplanted`);
  expect(await write('fuel', 'a')).not.toMatch(/Judged \d/);
  await write('strikes', 'b');
  expect(await write('fuel', 'c')).toContain('they have evaluated 2 models');
  expect(await write('fuel', 'c')).toContain('they have evaluated 2 models');
  expect(await write('fuel', 'a')).toContain('they have evaluated 2 models');
  expect(await write('fuel', 'd')).toContain(
    'Test rows reused: they have evaluated 3 models since new rows last arrived (counted: 3 models in this pull request; not counted: models tried elsewhere).',
  );
  expect(await write('strikes', 'c')).toContain('they have evaluated 2 models');
  expect(await write('fuel', 'e', 'more rows')).not.toMatch(/Judged \d/);
  scene.seeded.comments.clear();
  expect(await write('strikes', 'd')).not.toMatch(/Judged \d/);
});

test('what a comment says can be read out of it again', () => {
  const { evaluation } = reportOf('b');
  const runs = { rows: 'r', models: ['b', 'local'] };
  const first = evaluationComment(reportOf('a'), [], quiet);
  const second = evaluationComment(reportOf('b'), [first], { ...quiet, runs });
  expect(second).toContain(
    '(counted: 2 models in this pull request, 2 models in this run directory; not counted:',
  );
  expect(looksOfComment(evaluation, second, runs)).toMatchObject({ models: 3, pullRequest: 2, runs: 2 });
  expect(looksOfComment(evaluation, 'no such line')).toBeUndefined();
  expect(looksOfComment(evaluation, '<!-- ciclo-judged: {} -->')).toBeUndefined();
});

test('a line that somebody changed is not believed, and a warning says so', () => {
  const entries: LogEntry[] = [];
  const logger = recordingLogger(entries);
  const changed = '<!-- ciclo-judged: {"rows":"<b>","models":["@octocat"],"unlisted":1e99} -->\nhello';
  const body = evaluationComment(reportOf('a'), [changed], { logger });
  expect(parseLooksLine(body)).toEqual({ rows: shortDigest('r'), models: [shortDigest('a')], unlisted: 0 });
  expect(body).not.toMatch(/octocat|Judged \d/);
  expect(entries).toEqual([{ level: 'warn', message: expect.stringMatching(/starts again from zero$/) }]);
  const sound = evaluationComment(reportOf('b'), [body, 'from a version before'], { logger });
  expect(sound).toContain('they have evaluated 2 models');
  expect(entries).toHaveLength(1);
});

test('what a stranger’s evaluation calls its model and rows stays a digest', () => {
  const hostile = '--> @octocat <script>';
  const [line] = evaluationComment(reportOf(hostile, hostile), [], quiet).split('\n');
  expect(line).toMatch(
    /^<!-- ciclo-judged: \{"rows":"x[0-9a-f]{12}","models":\["x[0-9a-f]{12}"\],"unlisted":0\} -->$/,
  );
});

test('the longest list and the largest report fit one comment', () => {
  const models = Array.from({ length: pullRequestLimits.models }, (_, i) => shortDigest(`${i}`));
  const earlier = formatLooksLine({ rows: shortDigest('r'), models, unlisted: 7 });
  const largest = largeReport();
  const { evaluation } = largest;
  const gates = evaluation.gates.map((gate) => ({ ...gate, declared: `rmse at most ${'9'.repeat(200)}` }));
  const report = reportOf('one more', 'r', { ...largest, evaluation: { ...evaluation, gates } });
  const marker = formatMarker(evaluationMarker(evaluation.pipeline));
  // Without the list it would be shortened less.
  expect(renderComment(report).length + earlier.length).toBeGreaterThan(65_536);
  const body = evaluationComment(report, [earlier], quiet);
  expect(`${marker}\n${body}`.length).toBeLessThanOrEqual(65_536);
  expect(parseLooksLine(body)).toMatchObject({ unlisted: 8 });
  expect(body).toContain('they have evaluated 508 models');
});

test('an evaluation that does not say which rows judged has a comment without the line', () => {
  const report = sampleReport();
  expect(report.evaluation.judged).toBeUndefined();
  expect(evaluationComment(report, [evaluationComment(reportOf('a'), [], quiet)], quiet)).toMatch(/^### /);
});
