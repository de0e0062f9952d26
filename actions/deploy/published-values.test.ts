import path from 'node:path';
import { expect, test } from 'vitest';
import { openDeployScene } from '../../shared/forge/testing/github-scene.ts';
import { fixedClock } from '../../shared/platform/clock.ts';
import { driftSummary } from '../../shared/report/drift/drift-summary.ts';
import { renderCheck } from '../../shared/report/pull-request/check-output.ts';
import { renderComment } from '../../shared/report/pull-request/comment.ts';
import { renderJobSummary } from '../../shared/report/pull-request/job-summary.ts';
import { driftCheck } from '../drift-check/drift-check.ts';
import { planLock, writeLock } from '../prepare/lock.ts';
import { prepare } from '../prepare/prepare.ts';
import { type PipelineFolder, pipelineFolder, quietPorts } from '../testing/pipeline-folder.ts';
import { train } from '../train/train.ts';
import { pullRequestReport } from '../validate/pull-request-report.ts';
import { validate } from '../validate/validate.ts';
import { deploy } from './deploy.ts';
import type { DeployForge } from './deploy-inputs.ts';
import {
  type PlantedPeople,
  type PlantedTask,
  plantedConfig,
  plantedPeople,
} from './testing/planted-people.ts';
import { filesBelow, insideOf, type PlacedFiles, textsOf, unknownFiles } from './testing/published-files.ts';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Numbers as they are written anywhere in a text, by their values. */
function numbersIn(text: string): Set<number> {
  return new Set(Array.from(text.matchAll(/-?\d+(?:\.\d+)?(?:e[+-]?\d+)?/gi), ([token]) => Number(token)));
}

/** What of the planted values stands in the files of a place. */
async function foundIn(
  place: string,
  files: PlacedFiles,
  { texts, numbers }: PlantedPeople,
): Promise<string[]> {
  const found: string[] = [];
  for (const [name, content] of files) {
    for (const text of await textsOf(name, content)) {
      const hits = texts.filter((one) => text.includes(one));
      const digits = [...numbersIn(text)].filter((value) => numbers.has(value)).map(String);
      found.push(...[...hits, ...digits].slice(0, 3).map((value) => `${place}/${name}: ${value}`));
    }
  }
  return [...new Set(found)];
}

/** The release: its notes, the messages of its tags, its files. */
async function releaseFiles({ releases, tags }: DeployForge): Promise<PlacedFiles> {
  const release = (await releases.published('people@v1.0.0'))!;
  const assets = await releases.assets(release.id);
  const files = await Promise.all(
    assets.map(async (asset): Promise<[string, Uint8Array]> => [asset.name, await releases.download(asset)]),
  );
  return new Map([
    ['notes', bytes(release.body)],
    ['tags', bytes(JSON.stringify(await tags.list('people')))],
    ...files,
  ]);
}

/** What a pull request would show. */
async function hostFiles(folder: PipelineFolder): Promise<PlacedFiles> {
  const pipeline = await folder.pipeline();
  const outputs = await validate({ pipeline }, quietPorts());
  const report = pullRequestReport({
    ...{ outputs, head: pipeline.loaded, commit: 'c'.repeat(40), config: 'ciclo.yml', origin: 'repository' },
    links: {},
  });
  const check = renderCheck(report, { configPath: 'ciclo.yml', locate: pipeline.loaded.locate });
  return new Map([
    ['comment', bytes(renderComment(report))],
    ['summary', bytes(renderJobSummary(report))],
    ['check', bytes(JSON.stringify(check))],
  ]);
}

const cases: readonly [PlantedTask, 'allowed' | undefined, 'linear' | 'boosted-trees' | 'portfolio'][] = [
  ['regression', undefined, 'linear'],
  ['binary', undefined, 'linear'],
  ['multiclass', undefined, 'linear'],
  ['regression', 'allowed', 'linear'],
  ['multiclass', 'allowed', 'linear'],
  ['regression', 'allowed', 'boosted-trees'],
  ['binary', 'allowed', 'boosted-trees'],
  ['regression', 'allowed', 'portfolio'],
  ['binary', 'allowed', 'portfolio'],
];

test.each(cases)(
  '%s, personal %s, %s: nothing that is published holds what fewer than five people have',
  async (task, personal, candidate) => {
    await using scene = await openDeployScene();
    const people = plantedPeople(task, 600, 'early');
    await using folder = await pipelineFolder(plantedConfig(task, personal, candidate), {
      'data/people.csv': people.csv,
    });
    await writeLock(await planLock({ pipeline: await folder.pipeline() }, quietPorts()));
    const prepared = await prepare({ pipeline: await folder.pipeline() }, quietPorts());
    const features = prepared.schema.columns.filter(({ role }) => role === 'feature').map(({ name }) => name);
    expect(features.includes('full_name')).toBe(personal === 'allowed');
    await train({ pipeline: prepared.pipeline }, quietPorts());
    const host = new Map(await hostFiles(folder));
    const ports = { ...quietPorts(), clock: fixedClock(Date.UTC(2026, 0, 5, 9)), forge: scene.forge };
    const outputs = await deploy({ pipeline: await folder.pipeline(), commit: scene.mainCommit }, ports);
    expect(outputs.change).toBe('deployed');

    const later = plantedPeople(task, 120, 'later', 2);
    await folder.write('data/people-later.csv', later.csv);
    const drift = await driftCheck(
      { pipeline: await folder.pipeline() },
      { ...quietPorts(), forge: scene.forge },
    );
    host.set('drift-summary', bytes(driftSummary(drift.report, {})));

    const run = path.join(folder.path, '.ciclo');
    const bundle = await releaseFiles(scene.forge);
    const places: Record<string, PlacedFiles> = {
      release: bundle,
      bundle: await insideOf(bundle.get('people-v1.0.0.zip')!),
      server: await filesBelow(path.join(run, 'release', 'server')),
      site: await filesBelow(path.join(run, 'release', 'site')),
      model: await filesBelow(path.join(run, 'model')),
      evaluation: await filesBelow(path.join(run, 'evaluation')),
      drift: await filesBelow(drift.folder),
      host,
    };
    const all: PlantedPeople = {
      csv: '',
      texts: [...people.texts, ...later.texts],
      numbers: new Set([...people.numbers, ...later.numbers]),
    };
    const found: string[] = [];
    for (const [place, files] of Object.entries(places)) {
      expect(files.size, place).toBeGreaterThan(0);
      found.push(...unknownFiles(place, files).map((name) => `${place}/${name} is not in the list`));
      found.push(...(await foundIn(place, files, all)));
    }
    expect(found).toEqual([]);
  },
  120_000,
);
