import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestProject } from 'vitest/node';
import { publishedRelease } from '../../../../shared/init/published-actions.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the release tree, `$/` rewritten for act, which does not know it. */
    readonly release: string;
    /** Program `act`. */
    readonly act: string;
  }
}

/** Where `act` is: CICLO_ACT, or on the path. .ci/run installs it. */
export function findAct(): string {
  const given = process.env.CICLO_ACT;
  if (given !== undefined) return given;
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  const found = folders.map((folder) => path.join(folder, 'act')).find((program) => existsSync(program));
  if (found !== undefined) return found;
  throw new Error(
    'this runs workflows with act: go install github.com/nektos/act@v0.2.89, and put it on the path or name it in CICLO_ACT',
  );
}

/** Builds the release tree into a folder, exactly as it is released but for `$/`. */
export function buildReleaseTree(folder: string): void {
  const words = ['scripts/build-release.ts', '--output', folder, '--self', publishedRelease];
  execFileSync(process.execPath, words, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Builds the release tree once for all tests; CICLO_RELEASE names one that is there. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide('act', findAct());
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-release-'));
  const release = process.env.CICLO_RELEASE ?? path.join(folder, 'release');
  if (process.env.CICLO_RELEASE === undefined) buildReleaseTree(release);
  project.provide('release', release);
  return () => rm(folder, { recursive: true, force: true });
}
