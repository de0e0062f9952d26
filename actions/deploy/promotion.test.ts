import { describe, expect, test } from 'vitest';
import type { Manifest } from '../../shared/artifacts/folders/manifest.ts';
import { sampleCheck } from '../../shared/forge/testing/forge-scene.ts';
import { openGitHubScene } from '../../shared/forge/testing/github-scene.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { formatJudgedLine, judgedInputsOf } from '../validate/judged-line.ts';
import { comparePromotion } from './promotion.ts';

const manifest = {
  pipeline: 'fuel',
  digest: sha256('model'),
  inputs: { data: sha256('data'), train: sha256('train') },
  reproducible: true,
} as unknown as Manifest;

/** What is said after a pull request with this check was merged. */
async function said(
  summary: string | undefined,
  made: Partial<Manifest> = {},
  name = 'ciclo / fuel',
): Promise<{ outcome: string; sentence: string; number: number }> {
  await using scene = await openGitHubScene();
  if (summary !== undefined) await scene.forge.checks.create(scene.commit, sampleCheck({ name, summary }));
  const commit = await scene.merge(scene.pullRequest);
  const found = await comparePromotion({ manifest: { ...manifest, ...made }, commit }, scene.forge);
  return { ...found, number: scene.pullRequest };
}

const judged = `**pass**\n\n${formatJudgedLine(judgedInputsOf(manifest))}`;

describe('what is deployed, compared with what the merged pull request was judged on', () => {
  test('is the same when the digests are', async () => {
    const { outcome, sentence, number } = await said(judged);
    expect(outcome).toBe('same');
    expect(sentence).toBe(`these are the bytes that #${number} was judged on`);
  });

  test.each([
    [
      'other data',
      { digest: sha256('b'), inputs: { ...manifest.inputs, data: sha256('b') } },
      /has other data$/,
    ],
    [
      'another training configuration',
      { digest: sha256('b'), inputs: { ...manifest.inputs, train: sha256('b') } },
      /has another training configuration$/,
    ],
    [
      'an engine that is not reproducible',
      { digest: sha256('b'), reproducible: false },
      /this engine does not give/,
    ],
    ['anything else', { digest: sha256('b') }, /another preparation, or another version of Ciclo made it$/],
  ])('is other bytes, and says that it is %s', async (_, made, why) => {
    const { outcome, sentence } = await said(judged, made);
    expect(outcome).toBe('other');
    expect(sentence).toMatch(/^these are not the bytes that #\d+ was judged on: /);
    expect(sentence).toMatch(why);
  });

  test('is unknown without the pipeline’s check, or when that names no model', async () => {
    expect((await said(undefined)).sentence).toMatch(/the head of #\d+ has no check "ciclo \/ fuel"$/);
    expect((await said(judged, {}, 'ciclo / other')).outcome).toBe('unknown');
    expect((await said('**pass**')).sentence).toMatch(/does not say which model it is about$/);
  });

  test('is unknown of a commit that was pushed, and of a pull request from a fork', async () => {
    await using scene = await openGitHubScene();
    const pushed = await comparePromotion({ manifest, commit: scene.mainCommit }, scene.forge);
    expect(pushed).toMatchObject({ outcome: 'unknown' });
    expect(pushed.sentence).toMatch(/: no pull request brought this commit$/);
    const merged = await scene.merge(scene.forkPullRequest);
    const stranger = await comparePromotion({ manifest, commit: merged }, scene.forge);
    expect(stranger.sentence).toMatch(/#\d+ came from a fork, whose own run is not trusted$/);
  });

  test('is unknown, with the permission named, to a token that may not look', async () => {
    await using scene = await openGitHubScene({ token: { permissions: { checks: 'read' } } });
    const { outcome, sentence } = await comparePromotion({ manifest, commit: scene.mainCommit }, scene.forge);
    expect(outcome).toBe('unknown');
    expect(sentence).toContain('pull-requests: read');
  });
});
