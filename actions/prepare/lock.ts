import { rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Lock } from '../../shared/config/lock/lock.ts';
import { describeLockChange, formatLock } from '../../shared/config/lock/lock-file.ts';
import { isOutsideGit } from '../../shared/config/sections/sources/source.ts';
import type { FoldChoice } from '../../shared/config/sections/split-section.ts';
import { prepareDataset } from '../../shared/dataset/prepare-dataset.ts';
import type { SourceTable } from '../../shared/dataset/table/origin.ts';
import { temporaryBeside } from '../../shared/platform/unfinished.ts';
import { snapshotDigest, writeSnapshot } from '../../shared/source/snapshot.ts';
import { undatedLookups } from '../../shared/tables/undated-sources.ts';
import { type LockedPipeline, type Pipeline, withLock } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { collect, snapshotDirectory } from './collect.ts';

/** A lock that has been worked out and not yet written: shown first, then accepted. */
export interface LockPlan {
  readonly pipeline: Pipeline;
  readonly source: SourceTable;
  readonly file: string;
  readonly before?: Lock;
  readonly after: Lock;
  /** What changes, in words; empty when nothing does. */
  readonly changes: readonly string[];
  /** Whether there are rows beyond the window's end, which wait for a lock that goes further. */
  readonly goesOn: boolean;
}

/**
 * Works out what `ciclo lock` would write: the data as it is now, up to `until`. Key, split seed and types stay
 * as the former lock froze them.
 */
export async function planLock(
  {
    pipeline,
    until,
    folds,
  }: { readonly pipeline: Pipeline; readonly until?: string; readonly folds?: FoldChoice },
  ports: VerbPorts,
): Promise<LockPlan> {
  const source = await collect(pipeline, ports, { fresh: true, until });
  const { lock, moved, leftOut } = prepareDataset(
    {
      source,
      config: pipeline.loaded.config,
      ...(pipeline.lock ? { lock: pipeline.lock } : {}),
      moveLock: { ...(until === undefined ? {} : { until }), ...(folds === undefined ? {} : { folds }) },
    },
    ports,
  );
  const before = pipeline.lock;
  const named = withName(lock, pipeline);
  const after = await withSnapshots(named, pipeline, source, (kept) => Promise.resolve(snapshotDigest(kept)));
  return {
    pipeline,
    source,
    file: pipeline.lockFile,
    after,
    changes: describeLockChange(before, after, moved),
    goesOn: leftOut.afterWindow > 0,
    ...(before ? { before } : {}),
  };
}

/**
 * The lock with the snapshots that it needs. Files are in git with the lock; what an API, a database or object storage answered is not. Of
 * several sources those are kept, too, that are looked up whatever the time of a row: they change in place.
 *
 * @param keep keeps what a source answered. @returns the snapshot's digest.
 */
async function withSnapshots(
  lock: Lock,
  { loaded }: Pipeline,
  source: SourceTable,
  keep: (source: SourceTable) => Promise<string>,
): Promise<Lock> {
  const { data } = loaded.config;
  if (!source.steps) {
    return isOutsideGit(data.source!) ? withSnapshot(lock, await keep(source)) : lock;
  }
  const undated = new Set(undatedLookups(data));
  const pins = { ...lock.data.sources };
  for (const [name, answer] of source.steps.sources) {
    if (!isOutsideGit(data.sources![name]!) && !undated.has(name)) continue;
    pins[name] = { ...pins[name]!, snapshot: await keep(answer) };
  }
  return { ...lock, data: { ...lock.data, sources: pins } };
}

/** The name stays what it is when the folder is called otherwise. */
function withName(lock: Lock, { name }: Pipeline): Lock {
  return { ...lock, name };
}

function withSnapshot(lock: Lock, snapshot: string): Lock {
  return { ...lock, data: { ...lock.data, snapshot } };
}

/** Writes a planned lock, and the snapshot of a source outside git. @returns the pipeline with the lock that is there now. */
export async function writeLock(plan: LockPlan): Promise<LockedPipeline> {
  return saveLock(plan.pipeline, plan.after, plan.source);
}

/**
 * Writes ciclo.lock, atomically; what has to be kept is kept as a snapshot first.
 *
 * @returns the pipeline with the lock that is there now.
 */
export async function saveLock(pipeline: Pipeline, lock: Lock, source: SourceTable): Promise<LockedPipeline> {
  const named = withName(lock, pipeline);
  const whole = await withSnapshots(named, pipeline, source, (kept) =>
    writeSnapshot(snapshotDirectory(pipeline), kept),
  );
  const temporary = temporaryBeside(path.dirname(pipeline.lockFile), 'lock');
  try {
    await writeFile(temporary, formatLock(whole));
    await rename(temporary, pipeline.lockFile);
  } finally {
    await rm(temporary, { force: true });
  }
  return withLock(pipeline, whole);
}
