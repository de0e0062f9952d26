import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ReleaseAsset } from '../../../shared/forge/ports/releases.ts';
import { type GitHubScene, openDeployScene } from '../../../shared/forge/testing/github-scene.ts';
import { type LogEntry, recordingLogger } from '../../../shared/platform/logger.ts';
import { sampleHistory } from '../../../shared/report/testing/sample-drift.ts';
import { modelElement, type PageModelData } from '../../../shared/site/data.ts';
import { packNumbers, unpackNumbers } from '../../../shared/site/pack/engine-numbers.ts';
import { parseSummary } from '../../../shared/site/summary.ts';
import { historyBranch, historyFile } from '../../drift-check/history.ts';
import { type PipelineFolder, quietPorts, refusalOf } from '../../testing/pipeline-folder.ts';
import type { DeployOutputs } from '../deploy-outputs.ts';
import { rollback } from '../rollback.ts';
import { housesOf, passingConfig, release } from '../testing/houses-production.ts';
import { tampered, unbound } from '../testing/spoilt-releases.ts';
import { writeSite } from './pages-target-folder.ts';
import { collectPipelines } from './pages-target-site.ts';
import { smokeTestSite } from './pages-target-smoke.ts';

const pages = { deploy: { targets: ['release', 'pages'] } };
const text = (folder: string, file: string): Promise<string> => readFile(path.join(folder, file), 'utf8');

/** The page of a model of one network, whose first weight is larger by one. */
function withOtherWeights(page: string): string {
  const begin = page.indexOf(`id="${modelElement}">`) + `id="${modelElement}">`.length;
  const end = page.indexOf('</script>', begin);
  const data = JSON.parse(page.slice(begin, end)) as PageModelData;
  const network = data.networks[0]!;
  const [bytes] = unpackNumbers(Buffer.from(data.numbers, 'base64'), [{ network }]);
  const view = new DataView(bytes!.buffer);
  view.setFloat32(0, view.getFloat32(0, true) + 1, true);
  const numbers = Buffer.from(packNumbers([{ network, bytes: bytes! }])).toString('base64');
  return page.slice(0, begin) + JSON.stringify({ ...data, numbers }) + page.slice(end);
}

/** Another pipeline of the same repository, in an environment of another name. */
const flatsOf = (): Promise<PipelineFolder> =>
  housesOf({
    name: 'flats',
    description: 'What a flat costs.',
    deploy: { environment: 'staging', targets: ['release', 'pages'] },
  });

describe('the target pages', () => {
  let scene: GitHubScene;
  let houses: PipelineFolder;
  let flats: PipelineFolder;
  let first: DeployOutputs;
  let second: DeployOutputs;

  beforeAll(async () => {
    scene = await openDeployScene();
    houses = await housesOf(pages);
    flats = await flatsOf();
    first = await release(houses, scene.forge, scene.mainCommit);
    second = await release(flats, scene.forge, scene.commit);
  }, 60_000);
  afterAll(async () => {
    await houses[Symbol.asyncDispose]();
    await flats[Symbol.asyncDispose]();
    await scene[Symbol.asyncDispose]();
  });

  test('is a site with the version that is being deployed, tried before it has the stage', async () => {
    expect(first.change).toBe('deployed');
    const files = await readdir(first.folders.pages!, { recursive: true });
    expect(files.filter((file) => file.includes('.')).sort()).toEqual([
      ...[
        'houses/badge.json',
        'houses/card.html',
        'houses/index.html',
        'houses/report.html',
        'houses/summary.json',
      ],
      ...['houses/versions.html', 'index.html'],
    ]);
    expect(parseSummary(await text(first.folders.pages!, 'houses/summary.json'))).toMatchObject({
      name: 'houses',
      version: 'v1.0.0',
      versions: 1,
    });
    const page = await text(first.folders.pages!, 'houses/index.html');
    expect(page).toMatch(/"uncertainty":\{"rows":\d+,"intervals":\[\{"level":0\.5,"halfWidth":\d/);
    const versions = await text(first.folders.pages!, 'houses/versions.html');
    expect(versions).toContain('production');
    expect(versions).toContain(scene.mainCommit.slice(0, 8));
    expect(versions).toContain(`href="${first.releaseUrl}"`);
  });

  test('keeps the pages of the other pipelines, each from its own release', async () => {
    const folder = second.folders.pages!;
    const index = await text(folder, 'index.html');
    expect(index).toContain('href="flats/index.html"');
    expect(index).toContain('href="houses/index.html"');
    for (const file of ['houses/index.html', 'houses/card.html', 'houses/report.html']) {
      expect(await text(folder, file)).toBe(await text(first.folders.pages!, file));
    }
  });

  test('made from only the tags is the same as the deployment made it, whichever pipeline was last', async () => {
    const folder = path.join(houses.path, 'out');
    const ports = { forge: scene.forge, logger: quietPorts().logger };
    const written = await writeSite({ folder }, ports);
    expect(written).toEqual({
      folder,
      pipelines: [
        { name: 'flats', version: 'v1.0.0' },
        { name: 'houses', version: 'v1.0.0' },
      ],
      differences: [],
      large: [],
    });
    const names = (await readdir(second.folders.pages!, { recursive: true })).filter((one) =>
      one.endsWith('.html'),
    );
    for (const name of names) expect(await text(folder, name)).toBe(await text(second.folders.pages!, name));
    // Again over itself, as every deployment does.
    expect(await writeSite({ folder }, ports)).toEqual(written);
  });

  test('does not replace a folder that holds something else', async () => {
    const refusal = await refusalOf(
      writeSite({ folder: houses.path }, { forge: scene.forge, logger: quietPorts().logger }),
    );
    expect(refusal).toMatch(/holds other files than a site \(.*\): name an empty folder/);
    expect(await readdir(houses.path)).toContain('ciclo.yml');
  });

  test('answers the stored examples in the page; another model, or a page that does not run, is reported', async () => {
    const [version] = (await collectPipelines({ forge: scene.forge, logger: quietPorts().logger })).flatMap(
      ({ live }) => (live.bundle.manifest.name === 'houses' ? [live] : []),
    );
    const folder = path.join(houses.path, 'tried');
    await writeSite({ folder }, { forge: scene.forge, logger: quietPorts().logger });
    expect(await smokeTestSite(folder, version!)).toEqual([]);
    const file = path.join(folder, 'houses/index.html');
    const page = await readFile(file, 'utf8');
    await writeFile(file, withOtherWeights(page));
    const differences = await smokeTestSite(folder, version!);
    expect(differences.length).toBeGreaterThan(0);
    expect(differences[0]).toMatch(/^record \d: .* in place of /);
    const broken = page.replace(/"numbers":"[^"]*"/, (numbers) => `${numbers.slice(0, -9)}"`);
    await writeFile(file, broken);
    expect(await smokeTestSite(folder, version!)).toEqual([
      expect.stringMatching(
        /^houses\/index\.html does not answer: RangeError: the packed numbers end after \d+ bytes/,
      ),
    ]);
    await writeFile(file, page.replace('<script>(() => {', '<script>(() => { throw new Error("broken");'));
    expect(await smokeTestSite(folder, version!)).toEqual([
      'houses/index.html does not answer: Error: broken',
    ]);
    await writeFile(file, page.replace('<script>(() => {', '<script>(() => { for (;;);'));
    expect(await smokeTestSite(folder, version!, { limit: 20 })).toEqual([
      'houses/index.html does not answer: Error: Script execution timed out after 20ms',
    ]);
    await writeFile(file, '<!doctype html>');
    expect(await smokeTestSite(folder, version!)).toEqual([
      'houses/index.html does not answer: the page has no model or no script',
    ]);
  });

  test('shows what drift checks noted on ciclo-history; a broken line is reported, and the rest is there', async () => {
    const lines = sampleHistory(3).map((line) => JSON.stringify({ ...line, pipeline: 'houses' }));
    const files = new Map([
      [historyFile('houses'), `${lines.join('\n')}\n`],
      [historyFile('flats'), 'not a line\n'],
    ]);
    await scene.forge.branches.commit({
      ...{ branch: historyBranch, pipeline: 'houses', expectedHead: undefined, message: 'checks', files },
    });
    const log: LogEntry[] = [];
    const collected = await collectPipelines({ forge: scene.forge, logger: recordingLogger(log) });
    expect(collected.map(({ site }) => [site.name, site.history?.length])).toEqual([
      ['flats', undefined],
      ['houses', 3],
    ]);
    expect(log.map(({ message }) => message).join('\n')).toMatch(
      /the site has no history of flats: ciclo-history: flats\.ndjson:1 is not JSON/,
    );
  });

  test('leaves out a pipeline whose release is damaged, and says so', async () => {
    const entries: LogEntry[] = [];
    const logger = recordingLogger(entries);
    const damaged = {
      ...scene.forge,
      releases: {
        ...scene.forge.releases,
        download: async (asset: ReleaseAsset) => {
          const bytes = await scene.forge.releases.download(asset);
          return asset.name.startsWith('flats') ? bytes.subarray(0, 100) : bytes;
        },
      },
    };
    const collected = await collectPipelines({ forge: damaged, logger });
    expect(collected.map(({ site }) => site.name)).toEqual(['houses']);
    expect(entries.map(({ message }) => message).join('\n')).toMatch(/flats is not on the site: /);
  });
});

test('an older release that cannot be read is reported, and a rollback brings it back to the page', async () => {
  await using scene = await openDeployScene();
  await using folder = await housesOf(pages);
  await release(folder, scene.forge, scene.mainCommit);
  await folder.write(
    'ciclo.yml',
    passingConfig({ ...pages, train: { candidates: [{ type: 'linear', l2: 0.5 }] } }),
  );
  await release(folder, scene.forge, scene.commit);
  const ports = { ...quietPorts(), forge: scene.forge };
  const log: LogEntry[] = [];
  const [shown] = await collectPipelines({
    forge: {
      ...scene.forge,
      tags: unbound(scene.forge.tags),
      releases: tampered(
        scene.forge.releases,
        () => [['evaluation.json', new TextEncoder().encode('{}')]],
        (file) => file === 'houses-v1.0.0.zip',
      ),
    },
    logger: recordingLogger(log),
  });
  expect(shown!.site.versions.map(({ version, metric }) => [version, metric?.name])).toEqual([
    ['v1.1.0', 'rmse'],
    ['v1.0.0', undefined],
  ]);
  expect(log.map(({ message }) => message).join('\n')).toMatch(
    /^houses@v1\.0\.0 is on the site without its figures: houses-v1\.0\.0\.zip\/evaluation\.json does not fit its format: /,
  );
  const back = await rollback({ pipeline: await folder.pipeline(), to: 'previous' }, ports);
  expect(back).toMatchObject({ version: 'v1.0.0', change: 'deployed' });
  const summary = parseSummary(await text(back.folders.pages!, 'houses/summary.json'));
  expect(summary).toMatchObject({ version: 'v1.0.0', versions: 2 });
});
