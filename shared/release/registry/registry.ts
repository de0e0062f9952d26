import { formatGtoTag } from './gto-tag.ts';
import { type RegistryEvent, type RegistryTag, registryEvents } from './registry-events.ts';
import { standingVersions } from './stage-history.ts';
import { compareVersions, formatVersion, type Version } from './version.ts';

export interface RegisteredVersion {
  readonly version: Version;
  /** `fuel@v1.2.0` */
  readonly tag: string;
  readonly commit: string;
  readonly time: number;
  /** Digest of the model, which Ciclo writes below the tag's first line; undefined in tags of others. */
  readonly model: string | undefined;
}

/** One assignment of a stage, in order of time. */
export interface Assignment {
  readonly stage: string;
  readonly version: Version;
  readonly tag: string;
  readonly time: number;
}

/** What the tags say of one artifact. */
export interface Registry {
  readonly artifact: string;
  /** Registered and not deregistered, the lowest first. */
  readonly versions: readonly RegisteredVersion[];
  /**
   * Which version a stage has now, as GTO says it: the one assigned last of those that are registered and were not
   * unassigned. So taking a stage from a version gives it back to the one before.
   */
  readonly stages: ReadonlyMap<string, RegisteredVersion>;
  /** Every assignment that there was, the oldest first. */
  readonly assignments: readonly Assignment[];
  /** All that happened, the newest first. */
  readonly history: readonly RegistryEvent[];
  /** The highest counter of the artifact's tags, whatever the stage: the next one's number less one. */
  readonly numbered: number;
  /** Time of the last tag, in seconds; undefined when there is none. */
  readonly lastTime: number | undefined;
  /** The last thing that happened was that the artifact was deprecated. */
  readonly deprecated: boolean;
}

const modelLine = /^model: (sha256:[0-9a-f]{64})$/m;

/** The line of a registration's message that says which bytes the version is. */
export function formatModelLine(digest: string): string {
  return `model: ${digest}`;
}

/** Reads the registry out of a repository's annotated tags. */
export function readRegistry(tags: readonly RegistryTag[], artifact: string): Registry {
  const events = registryEvents(tags, artifact);
  const versions = activeVersions(events);
  return {
    artifact,
    versions: versions.toSorted((a, b) => compareVersions(a.version, b.version)),
    stages: holders(events, versions),
    assignments: events.flatMap(({ kind, stage, version, tag, time }) =>
      kind === 'assignment' && stage !== undefined && version ? [{ stage, version, tag, time }] : [],
    ),
    history: events.toReversed(),
    numbered: events.reduce((most, { number }) => Math.max(most, number ?? 0), 0),
    lastTime: events.at(-1)?.time,
    deprecated: events.at(-1)?.kind === 'deprecation',
  };
}

/** A version that was taken back and registered again keeps its first tag, which is its release's. */
function activeVersions(events: readonly RegistryEvent[]): readonly RegisteredVersion[] {
  const versions = new Map<string, RegisteredVersion>();
  const active = new Set<string>();
  for (const { kind, version, tag, commit, time, message } of events) {
    if (!version) continue;
    const label = formatVersion(version);
    if (kind === 'registration') {
      const model = modelLine.exec(message)?.[1];
      versions.set(label, versions.get(label) ?? { version, tag, commit, time, model });
      active.add(label);
    }
    if (kind === 'deregistration') active.delete(label);
  }
  return [...versions].flatMap(([label, version]) => (active.has(label) ? [version] : []));
}

/** By stage, the version of the last assignment that still holds. */
function holders(
  events: readonly RegistryEvent[],
  versions: readonly RegisteredVersion[],
): ReadonlyMap<string, RegisteredVersion> {
  const active = new Map(versions.map((one) => [formatVersion(one.version), one]));
  const held = new Map<string, Set<string>>();
  for (const { kind, stage, version } of events) {
    if (stage === undefined || !version) continue;
    const label = formatVersion(version);
    const inOrder = held.get(stage) ?? new Set();
    inOrder.delete(label);
    if (kind === 'assignment') inOrder.add(label);
    held.set(stage, inOrder);
  }
  return new Map(
    [...held].flatMap(([stage, labels]) => {
      const last = [...labels].filter((label) => active.has(label)).at(-1);
      return last === undefined ? [] : [[stage, active.get(last)!] as const];
    }),
  );
}

/** Seconds of the next tag: now, but later than the artifact's last one, by whose time GTO orders. */
export function nextTagTime({ lastTime }: Registry, now: number): number {
  return Math.max(Math.floor(now / 1000), (lastTime ?? 0) + 1);
}

/** Name of the tag that assigns a stage next. */
export function nextAssignment({ artifact, numbered }: Registry, stage: string): string {
  return formatGtoTag({ kind: 'assignment', artifact, stage, number: numbered + 1 });
}

/** The version that a registry calls so; undefined when it has none, or no longer. */
export function registeredVersion(registry: Registry, version: Version): RegisteredVersion | undefined {
  return registry.versions.find((one) => compareVersions(one.version, version) === 0);
}

/**
 * What `previous` means: the version that the stage had before the one that it has, those left out that were taken away
 * again. So after a rollback it is the version before that one, not the one that was rolled back.
 */
export function previousVersion(registry: Registry, stage: string): RegisteredVersion | undefined {
  const live = registry.stages.get(stage);
  return standingVersions(registry.history.toReversed(), stage)
    .filter((version) => !live || compareVersions(version, live.version) !== 0)
    .flatMap((version) => registeredVersion(registry, version) ?? [])
    .at(-1);
}
