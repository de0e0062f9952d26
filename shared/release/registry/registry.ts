// Versions and stages as git tags that GTO reads too; every decision about them is pure.
import { formatGtoTag } from './gto-tag.ts';
import { type RegistryEvent, type RegistryTag, registryEvents } from './registry-events.ts';
import { type BundleBinding, parseBinding, parseModelLine, parsePushLine } from './tag-lines.ts';
import { compareVersions, formatVersion, type Version } from './version.ts';

export interface RegisteredVersion {
  readonly version: Version;
  /** `fuel@v1.2.0` */
  readonly tag: string;
  readonly commit: string;
  readonly time: number;
  /** Digest of the model, which Ciclo writes below the tag's first line; undefined in tags of others. */
  readonly model: string | undefined;
  /** What its bundle must be; undefined in tags of others: then any bundle that says it is this version could be its. */
  readonly binding?: BundleBinding | undefined;
}

/** One assignment of a stage, in order of time. */
export interface Assignment {
  readonly stage: string;
  readonly version: Version;
  readonly tag: string;
  readonly time: number;
  /** The commit whose deployment made it; undefined when a person did, or another tool. */
  readonly pushed: string | undefined;
}

/** What the tags say of one artifact. */
export interface Registry {
  readonly artifact: string;
  /** Registered and not deregistered, the lowest first. */
  readonly versions: readonly RegisteredVersion[];
  /** Deregistered, the lowest first. Their numbers stay taken. */
  readonly withdrawn: readonly RegisteredVersion[];
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

/** Reads the registry out of a repository's annotated tags. */
export function readRegistry(tags: readonly RegistryTag[], artifact: string): Registry {
  const events = registryEvents(tags, artifact);
  const { versions, withdrawn } = versionsOf(events);
  return {
    artifact,
    versions,
    withdrawn,
    stages: holders(events, versions),
    assignments: events.flatMap(({ kind, stage, version, tag, time, message }) =>
      kind === 'assignment' && stage !== undefined && version
        ? [{ stage, version, tag, time, pushed: parsePushLine(message) }]
        : [],
    ),
    history: events.toReversed(),
    numbered: events.reduce((most, { number }) => Math.max(most, number ?? 0), 0),
    lastTime: events.at(-1)?.time,
    deprecated: events.at(-1)?.kind === 'deprecation',
  };
}

/** A version that was taken back and registered again keeps its first tag, which is its release's. */
function versionsOf(events: readonly RegistryEvent[]): Pick<Registry, 'versions' | 'withdrawn'> {
  const known = new Map<string, RegisteredVersion>();
  const active = new Set<string>();
  for (const { kind, version, tag, commit, time, message } of events) {
    if (!version) continue;
    const label = formatVersion(version);
    if (kind === 'registration') {
      const model = parseModelLine(message);
      const binding = parseBinding(message);
      known.set(label, known.get(label) ?? { version, tag, commit, time, model, binding });
      active.add(label);
    }
    if (kind === 'deregistration') active.delete(label);
  }
  const ascending = [...known.values()].sort((a, b) => compareVersions(a.version, b.version));
  const isActive = ({ version }: RegisteredVersion): boolean => active.has(formatVersion(version));
  return { versions: ascending.filter(isActive), withdrawn: ascending.filter((one) => !isActive(one)) };
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
