import { describe, expect, test } from 'vitest';
import { evaluationArchive } from '../../../shared/artifacts/testing/evaluation-archive.ts';
import { buildZip, zipOf } from '../../../shared/artifacts/testing/zip-builder.ts';
import type { PlantedArtifact } from '../../github/artifacts/artifact-state.ts';
import { addComment, openPullRequest } from '../../github/seed.ts';
import { forkPullRequest, runComment, runOfFork } from './support/fork.ts';
import { gates, quickConfig } from './support/quick.ts';
import { setStage } from './support/stage.ts';

const quick = { 'ciclo.yml': quickConfig(), 'ciclo.lock': null };

describe('a pull request from a fork', () => {
  test('is gated by its own run, and commented on by comment.yml, which says whose figures they are', async () => {
    await using stage = await setStage(quick);
    const pull = await forkPullRequest(stage, { 'README.md': 'a change\n' });
    const run = await runOfFork(stage, pull);
    expect(run.passed).toBe(true);
    expect(stage.comments(pull)).toEqual([]);
    expect(stage.checks(pull.head.sha)).toEqual([]);

    const commented = await runComment(stage, pull, run.id);
    expect(commented.log).not.toMatch(/bug in Ciclo/);
    expect(commented.passed).toBe(true);
    const [comment, ...others] = stage.comments(pull);
    expect(others).toEqual([]);
    expect(comment!.body).toMatch(/fork/);
    expect(comment!.body).toContain(pull.head.sha.slice(0, 7));
    expect(stage.checks(pull.head.sha)).toEqual([]);

    await runComment(stage, pull, run.id);
    expect(stage.comments(pull)).toHaveLength(1);
  });

  test('that changes the gates: the comment says so', async () => {
    await using stage = await setStage({ ...quick, 'ciclo.yml': quickConfig([gates.fail]) });
    const pull = await forkPullRequest(stage, { 'ciclo.yml': quickConfig([gates.pass]) });
    const run = await runOfFork(stage, pull);
    expect((await runComment(stage, pull, run.id)).passed).toBe(true);
    const { body } = stage.comments(pull)[0]!;
    expect(body.slice(0, body.indexOf('<details>'))).toMatch(/rmse.*0\.5.*6|0\.5/s);
  });

  test('of several pipelines: a comment each, and that whose gates it changes says so', async () => {
    const strikes = (gate: string) => quickConfig([gate], { name: 'strikes', path: '../data/*.csv' });
    await using stage = await setStage({
      ...quick,
      'strikes/ciclo.yml': strikes(gates.fail),
      'strikes/ciclo.lock': null,
    });
    const pull = await forkPullRequest(stage, { 'strikes/ciclo.yml': strikes(gates.pass) });
    const run = await runOfFork(stage, pull, ['.', 'strikes']);
    expect((await runComment(stage, pull, run.id)).passed).toBe(true);
    const bodies = stage.comments(pull).map(({ body }) => body);
    const of = (name: string) => bodies.find((body) => body.includes(`"pipeline":"${name}"`))!;
    expect(bodies).toHaveLength(2);
    expect(of('strikes')).toContain('loosens what it is judged by');
    expect(of('strikes')).toContain('npx ciclo run --config strikes/ciclo.yml');
    expect(of('fuel')).not.toMatch(/(changes|loosens) what it is judged by/);
    expect(of('fuel')).toContain('npx ciclo run --config ciclo.yml');
  });

  test('whose head has moved on is left to the newer run', async () => {
    await using stage = await setStage(quick);
    const pull = await forkPullRequest(stage, { 'README.md': 'a change\n' });
    const planted = evaluationArchive();
    const artifactRun = stage.artifacts.addRun({ id: 99, repository: 'acme/fuel' });
    stage.artifacts.plant(artifactRun, { name: planted.name, bytes: zipOf(planted.files) });
    const before = { ...pull, head: { ...pull.head } };
    pull.head = {
      ...pull.head,
      sha: await stage.checkout.commit('their-change', { 'README.md': 'again\n' }),
    };
    const commented = await runComment(stage, before, 99);
    expect(commented.passed).toBe(true);
    expect(commented.log).toMatch(/is not the head of an open pull request now/);
    expect(stage.comments(pull)).toEqual([]);
  });

  test('whose run stored nothing: nothing to say', async () => {
    await using stage = await setStage(quick);
    const pull = await forkPullRequest(stage, { 'README.md': 'a change\n' });
    stage.artifacts.addRun({ id: 99, repository: 'acme/fuel' });
    const commented = await runComment(stage, pull, 99);
    expect(commented.passed).toBe(true);
    expect(stage.comments(pull)).toEqual([]);
  });
});

const sound = evaluationArchive();
const entries = [...sound.files].map(([name, bytes]) => ({ name, bytes }));
const named = (bytes: Uint8Array, rest: Partial<PlantedArtifact> = {}): PlantedArtifact => ({
  name: sound.name,
  bytes,
  ...rest,
});
const ofEvaluation = (...words: Parameters<typeof evaluationArchive>): PlantedArtifact => {
  const { name, files } = evaluationArchive(...words);
  return { name, bytes: zipOf(files) };
};

/** Each is refused: nothing of it reaches the page, and the job is red and says why. */
const refused: readonly (readonly [string, PlantedArtifact, RegExp])[] = [
  [
    'a path that leaves the folder',
    named(buildZip([...entries, { name: '../../evil.sh' }])),
    /\.\.\/\.\.\/evil/,
  ],
  ['a symbolic link', named(buildZip([...entries, { name: 'link', mode: 0o120777 }])), /link/],
  ['5 GB claimed', named(zipOf(sound.files), { size: 5 * 2 ** 30 }), /5368709120|5,368,709,120/],
  [
    'a bomb: a small file that claims to be 5 GB',
    named(buildZip([...entries, { name: 'bomb.bin', claimedSize: 5 * 2 ** 29 }])),
    /bomb/,
  ],
  [
    'another digest than GitHub states',
    named(zipOf(sound.files), { digest: `sha256:${'0'.repeat(64)}` }),
    /digest|sha256/,
  ],
  [
    'a file that is not what the manifest says',
    named(
      zipOf(
        new Map([
          ...sound.files,
          ['report.html', new TextEncoder().encode('<!doctype html><title>evil</title>')],
        ]),
      ),
    ),
    /report\.html/,
  ],
  [
    'an evaluation of another schema',
    ofEvaluation({ json: '{"version":1,"verdict":"pass"}' }),
    /evaluation\.json/,
  ],
  [
    'a verdict that its gates do not give',
    ofEvaluation({ evaluation: { verdict: 'fail', gates: [] } }),
    /verdict/,
  ],
  ['another pipeline’s name', { ...ofEvaluation(), name: sound.name.replace('fuel', 'other') }, /other|fuel/],
  ['bytes that are no archive', named(new TextEncoder().encode('#!/bin/sh\nrm -rf /\n')), /archive|zip/i],
];

describe('a hostile artifact is refused', () => {
  test.each(refused)('%s', async (_, planted, why) => {
    await using stage = await setStage(quick);
    const pull = await forkPullRequest(stage, { 'README.md': 'a change\n' });
    stage.artifacts.plant(stage.artifacts.addRun({ id: 99, repository: 'acme/fuel' }), planted);
    const commented = await runComment(stage, pull, 99);
    expect(commented.passed).toBe(false);
    expect(commented.log).toMatch(why);
    expect(commented.log).not.toMatch(/bug in Ciclo/);
    expect(stage.comments(pull)).toEqual([]);
  });
});

describe('a hostile artifact that is well-formed', () => {
  test('names that are Markdown, HTML, mentions and commands come out as text', async () => {
    const evil =
      '@octocat <img src=x onerror=alert(1)> **bold** | `$(touch /tmp/pwned)` [x](https://evil.example) #1';
    await using stage = await setStage(quick);
    const pull = await forkPullRequest(stage, { 'README.md': 'a change\n' });
    const { evaluation } = JSON.parse(
      `{"evaluation":${new TextDecoder().decode(sound.files.get('evaluation.json'))}}`,
    );
    const planted = ofEvaluation({
      evaluation: {
        ...evaluation,
        target: evil,
        unit: evil,
        slices: evaluation.slices.map((slice: object) => ({ ...slice, column: evil, label: evil })),
      },
    });
    stage.artifacts.plant(stage.artifacts.addRun({ id: 99, repository: 'acme/fuel' }), planted);
    const commented = await runComment(stage, pull, 99);
    expect(commented.passed).toBe(true);
    const { body } = stage.comments(pull)[0]!;
    expect(body).not.toContain('@octocat');
    expect(body).not.toContain('<img');
    expect(body).not.toContain('](https://evil.example)');
    expect(body).not.toContain('**bold**');
  });

  test('somebody else’s pull request is not reachable: only the one whose head the run judged', async () => {
    await using stage = await setStage(quick);
    await stage.checkout.commit('ours', { 'README.md': 'ours\n' });
    const other = openPullRequest(stage.github.state, stage.repository, { branch: 'ours' });
    const theirs = addComment(stage.github.state, stage.repository, { issue: other.number, body: 'hello' });
    const pull = await forkPullRequest(stage, { 'README.md': 'a change\n' });
    const planted = evaluationArchive({ extra: {} });
    stage.artifacts.plant(stage.artifacts.addRun({ id: 99, repository: 'acme/fuel' }), {
      name: planted.name,
      bytes: zipOf(planted.files),
    });
    expect((await runComment(stage, pull, 99)).passed).toBe(true);
    expect(stage.comments(other)).toEqual([theirs]);
    expect(stage.comments(pull)).toHaveLength(1);
  });
});
