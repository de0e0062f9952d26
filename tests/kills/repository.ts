// The repositories in which verbs are killed, and what of them must survive.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, stringify } from 'yaml';
import { copyOfExample } from '../e2e/support/ciclo-process.ts';

export function git(folder: string, ...words: string[]): string {
  return execFileSync('git', ['-C', folder, '-c', 'user.name=t', '-c', 'user.email=t@t', ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trim();
}

/** The example's pipeline fuel with a model that trains in a moment, committed. */
export async function fuelRepository(): Promise<string> {
  const folder = await copyOfExample('kills');
  const file = path.join(folder, 'ciclo.yml');
  const config = parse(await readFile(file, 'utf8'));
  config.train.candidates = [{ type: 'linear' }, { type: 'neural-network', layers: [8], epochs: 5 }];
  config.validate.gates = [{ metric: 'rmse', max: 100 }];
  config.retrain = { on: ['drift', 'performance'], cooldown: '7d', open: 'always' };
  await writeFile(file, stringify(config));
  await writeFile(path.join(folder, '.gitignore'), '.ciclo/\n');
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'add', '--all');
  git(folder, 'commit', '--quiet', '--message=cars');
  return folder;
}

/** A copy to be killed in. */
export async function copyOf(folder: string): Promise<string> {
  const copy = `${folder} ${Math.trunc(performance.now() * 1000)}`;
  await cp(folder, copy, { recursive: true });
  return copy;
}

/**
 * What of a repository counts, by name: results as one digest a folder (each is there whole or not at all), the lock,
 * releases, how deployments stand, tags and branches by the files that they hold. What a clock decides is left out:
 * tagger's dates, pages and cards that show them.
 */
export function stateOf(folder: string): Map<string, string> {
  const state = new Map<string, string>();
  state.set('ciclo.lock', digestOf(path.join(folder, 'ciclo.lock')));
  const run = path.join(folder, '.ciclo');
  for (const name of existsSync(run) ? readdirSync(run) : []) {
    if (name === 'forge' || name.startsWith('.')) continue;
    // A retraining has a run directory of its own, a release a folder for each target; a replay works in its folder,
    // and has two files for results.
    if (name === 'retrain' || name === 'release') addResults(state, path.join(run, name), `.ciclo/${name}/`);
    else if (name !== 'replay') state.set(`.ciclo/${name}`, digestOf(path.join(run, name)));
    for (const file of name === 'replay' ? ['replay.json', 'replay.html'] : []) {
      const place = path.join(run, name, file);
      if (existsSync(place)) state.set(`.ciclo/replay/${file}`, digestOf(place));
    }
  }
  for (const [name, content] of forgeState(path.join(run, 'forge'))) state.set(name, content);
  for (const line of git(folder, 'for-each-ref', '--format=%(refname)').split('\n')) {
    if (line === '') continue;
    const files = git(folder, 'ls-tree', '-r', '--name-only', line);
    state.set(line, files);
  }
  return state;
}

/** Files of which the bytes show when they were made. */
const dated = /(^|\/)(model-card\.md|notes\.md|.*\.html|summary\.json|drift\.json|retrain\.json)$/;

/** Each result in a run directory, whole. */
function addResults(state: Map<string, string>, folder: string, prefix: string): void {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('.')) state.set(prefix + name, digestOf(path.join(folder, name)));
  }
}

function digestOf(file: string): string {
  if (existsSync(file) && statSync(file).isDirectory()) return folderDigest(file);
  return existsSync(file) ? createHash('sha256').update(readFileSync(file)).digest('hex') : 'missing';
}

/**
 * Files below a folder. Not among them: what a git repository of its own keeps there, which has dates, and what was being
 * written beside a file when the verb was stopped, which no reader takes for one (what of it is left after the verb has
 * run again is looked for apart).
 */
function filesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/(^|\/)(\.git|\.ciclo)\//.test(name))
    .filter((name) => !/(^|\/)\.[^/]*\.tmp$/.test(name))
    .filter((name) => statSync(path.join(folder, name)).isFile())
    .sort();
}

function folderDigest(folder: string): string {
  const lines = filesIn(folder).map((name) =>
    dated.test(name) ? name : `${name} ${digestOf(path.join(folder, name))}`,
  );
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

function forgeState(forge: string): Map<string, string> {
  const state = new Map<string, string>();
  for (const name of filesIn(path.join(forge, 'releases'))) {
    state.set(`release ${name}`, dated.test(name) ? 'there' : digestOf(path.join(forge, 'releases', name)));
  }
  const deployments = path.join(forge, 'deployments');
  const last = new Map<string, string>();
  for (const id of existsSync(deployments)
    ? readdirSync(deployments).sort((a, b) => Number(a) - Number(b))
    : []) {
    const file = path.join(deployments, id, 'deployment.json');
    if (!existsSync(file)) continue;
    const statuses = filesIn(path.join(deployments, id, 'statuses')).sort(
      (a, b) => parseInt(a, 10) - parseInt(b, 10),
    );
    const status = statuses.at(-1);
    const deployment = JSON.parse(readFileSync(file, 'utf8')) as { ref?: string };
    const state = status
      ? JSON.parse(readFileSync(path.join(deployments, id, 'statuses', status), 'utf8')).state
      : 'none';
    last.set(`deployment of ${deployment.ref}`, String(state));
  }
  for (const [name, value] of last) state.set(name, value);
  for (const [kind, file] of [
    ['pull-requests', 'pull-request.json'],
    ['issues', 'issue.json'],
  ] as const) {
    const made = filesIn(path.join(forge, kind)).filter((name) => path.basename(name) === file);
    state.set(kind, String(made.length));
  }
  return state;
}
