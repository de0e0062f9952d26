import type { Forge } from '../../shared/forge/ports/forge.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import type { RegisteredVersion } from '../../shared/release/registry/registry.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { registryOf } from '../pipeline/registry.ts';
import { fetchReleased, type ReleasedVersion } from './production.ts';

/** One version of a pipeline, as `ciclo versions` lists it. */
export interface VersionRow {
  readonly version: string;
  /** Stages that it has now. */
  readonly stages: readonly string[];
  readonly commit: string;
  /** When it was registered, milliseconds since 1970. */
  readonly time: number;
  /** The primary metric on the test rows; absent when it has no release. */
  readonly metric?: {
    readonly name: string;
    readonly value: number | null;
    readonly low: number | null;
    readonly high: number | null;
  };
  /** How far its data goes, in event time; absent without one. */
  readonly window?: { readonly column: string; readonly until: string };
  readonly releaseUrl?: string;
  /** Why its release cannot be used. */
  readonly problem?: string;
}

/** All versions of a pipeline, the newest first. */
export async function versions(
  { pipeline }: { readonly pipeline: Pipeline },
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<readonly VersionRow[]> {
  const registry = await registryOf(pipeline, forge);
  const rows: VersionRow[] = [];
  for (const version of registry.versions.toReversed()) {
    const { released, problem } = await releasedOrProblem(pipeline.name, version, forge);
    const evaluation = released && bundleReader(released.bundle).evaluation();
    const metric = evaluation?.metrics.find(({ name }) => name === evaluation.primary);
    rows.push({
      version: formatVersion(version.version),
      stages: [...registry.stages].flatMap(([stage, { tag }]) => (tag === version.tag ? [stage] : [])),
      commit: version.commit,
      time: version.time * 1000,
      ...(metric
        ? { metric: { name: metric.name, value: metric.value, low: metric.low, high: metric.high } }
        : {}),
      ...(released?.bundle.manifest.window ? { window: released.bundle.manifest.window } : {}),
      ...(released ? { releaseUrl: released.url } : {}),
      ...(problem === undefined ? {} : { problem }),
    });
  }
  return rows;
}

/** One damaged release does not keep the others from being listed. */
async function releasedOrProblem(
  name: string,
  version: RegisteredVersion,
  forge: Pick<Forge, 'releases'>,
): Promise<{ readonly released?: ReleasedVersion | undefined; readonly problem?: string }> {
  try {
    return { released: await fetchReleased(name, version, forge) };
  } catch (error) {
    if (!(error instanceof IntegrityError)) throw error;
    return { problem: error.message };
  }
}
