import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { readDatasetParts } from '../shared/artifacts/folders/dataset-folder.ts';
import { readModelFolder } from '../shared/artifacts/folders/model-folder.ts';
import { jsonOf } from '../shared/artifacts/folders/result-files.ts';
import { readFolder } from '../shared/artifacts/folders/run-folder.ts';
import { loadConfig } from '../shared/config/load.ts';
import type { Config } from '../shared/config/sections/schema.ts';
import { type Evaluation, evaluationSchema } from '../shared/metrics/evaluation/evaluation.ts';
import { renderModelCard } from '../shared/model/card/card.ts';
import { answerUncertainty } from '../shared/site/answer-uncertainty.ts';
import type { PipelineSite, SiteVersion } from '../shared/site/site-input.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const name = 'fuel';

/**
 * The example's pipeline as it would be after one deployment a model year: for each window the lock is moved, the
 * model trained and judged, by the command line, in a git repository of its own that is removed again.
 *
 * @param until the last model year of each window.
 */
export async function exampleSite(until: readonly number[]): Promise<PipelineSite> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'ciclo-example-site-'));
  try {
    const repository = path.join(folder, 'repository');
    await cp(path.join(root, 'example-repo'), repository, {
      recursive: true,
      filter: (source) => !source.endsWith('.ciclo'),
    });
    const run = path.join(folder, 'run');
    const versions: SiteVersion[] = [];
    for (const [i, year] of until.entries()) {
      const date = `${year + 1}-01-15T09:00:00Z`;
      ciclo(repository, ['lock', '--until', String(year), '--yes', '--quiet']);
      await rm(run, { recursive: true, force: true });
      ciclo(repository, ['run', '--output', run, '--quiet']);
      const commit = commitAll(repository, `data until ${year}`, date);
      const live = i === until.length - 1;
      versions.push({
        version: `v1.0.${i}`,
        ...(live ? { stage: 'production' } : {}),
        ...{ live, date, commit },
        window: `1970 to ${year}`,
        ...metricOf(await evaluationOf(run)),
      });
    }
    const { config } = await loadConfig(path.join(repository, 'ciclo.yml'));
    return await siteOf(run, config, versions);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function ciclo(folder: string, args: readonly string[]): void {
  execFileSync(process.execPath, [path.join(root, 'cli/ciclo.js'), ...args], { cwd: folder, stdio: 'pipe' });
}

function commitAll(folder: string, message: string, date: string): string {
  const dates = { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  const who = ['-c', 'user.name=example', '-c', 'user.email=example@invalid'];
  const git = (...args: string[]) =>
    execFileSync('git', [...who, ...args], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, ...dates },
    });
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', message);
  return git('rev-parse', 'HEAD').trim();
}

async function evaluationOf(run: string): Promise<Evaluation> {
  const read = await readFolder(path.join(run, 'evaluation'), 'evaluation', ['evaluation.json']);
  return jsonOf(read, 'evaluation.json', evaluationSchema);
}

function metricOf({ metrics, primary }: Evaluation): Pick<SiteVersion, 'metric'> {
  const metric = metrics.find(({ name }) => name === primary);
  if (!metric) return {};
  const { name, value, low, high, better } = metric;
  return { metric: { name, value, low, high, better } };
}

async function siteOf(run: string, config: Config, versions: readonly SiteVersion[]): Promise<PipelineSite> {
  const model = await readModelFolder(path.join(run, 'model'));
  const { schema, recipe, profile, training } = model;
  const { quality } = await readDatasetParts(path.join(run, 'dataset'));
  const evaluation = await evaluationOf(run);
  const card = renderModelCard({ pipeline: name, config, schema, quality, training, recipe, evaluation });
  return {
    name,
    ...(config.description === undefined ? {} : { description: config.description }),
    model,
    ...{ profile, training, evaluation, card, versions },
    report: await readFile(path.join(run, 'evaluation/report.html'), 'utf8'),
    ...answerUncertainty(evaluation),
  };
}
