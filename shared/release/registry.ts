import { formatGtoTag, type GtoEvent, parseGtoTag } from './gto-tag.ts';
import { compareVersions, formatVersion, type Version } from './version.ts';

/** An annotated tag of the repository. */
export interface RegistryTag {
  readonly name: string;
  readonly commit: string;
  /** The tagger's, in whole seconds since 1970. */
  readonly time: number;
  readonly message: string;
}

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
  /** Which version a stage has now; one that was unassigned has none. */
  readonly stages: ReadonlyMap<string, RegisteredVersion>;
  /** Every assignment that there was, the oldest first. */
  readonly assignments: readonly Assignment[];
  /** Assignments and unassignments so far: the next one's number less one. */
  readonly numbered: number;
  /** Time of the last tag, in seconds; undefined when there is none. */
  readonly lastTime: number | undefined;
  readonly deprecated: boolean;
}

const modelLine = /^model: (sha256:[0-9a-f]{64})$/m;

/** The line of a registration's message that says which bytes the version is. */
export function formatModelLine(digest: string): string {
  return `model: ${digest}`;
}

/**
 * Reads the registry out of a repository's annotated tags. As GTO does it goes by the tags' own time, not by their
 * numbers; within one second by number.
 */
export function readRegistry(tags: readonly RegistryTag[], artifact: string): Registry {
  const versions = new Map<string, RegisteredVersion>();
  const stages = new Map<string, RegisteredVersion>();
  const assignments: Assignment[] = [];
  let numbered = 0;
  let deprecated = false;
  const events = ownEvents(tags, artifact);
  for (const { event, tag } of events) {
    switch (event.kind) {
      case 'registration':
        versions.set(formatVersion(event.version), {
          version: event.version,
          tag: tag.name,
          commit: tag.commit,
          time: tag.time,
          model: modelLine.exec(tag.message)?.[1],
        });
        break;
      case 'deregistration':
        versions.delete(formatVersion(event.version));
        break;
      case 'deprecation':
        deprecated = true;
        break;
      default: {
        numbered = Math.max(numbered + 1, event.number ?? 0);
        const version = assignedVersion(tag, [...versions.values()]);
        if (event.kind === 'unassignment') stages.delete(event.stage);
        else if (version) {
          stages.set(event.stage, version);
          assignments.push({ stage: event.stage, version: version.version, tag: tag.name, time: tag.time });
        }
      }
    }
  }
  return {
    artifact,
    versions: [...versions.values()].sort((a, b) => compareVersions(a.version, b.version)),
    stages,
    assignments,
    numbered,
    lastTime: events.at(-1)?.tag.time,
    deprecated,
  };
}

function ownEvents(tags: readonly RegistryTag[], artifact: string): { event: GtoEvent; tag: RegistryTag }[] {
  const own = tags.flatMap((tag) => {
    const event = parseGtoTag(tag.name);
    return event?.artifact === artifact ? [{ event, tag }] : [];
  });
  const number = (event: GtoEvent): number => ('number' in event ? (event.number ?? 0) : -1);
  return own.sort((a, b) => a.tag.time - b.tag.time || number(a.event) - number(b.event));
}

/** A stage's tag points to a version's commit; of several versions on one commit its message names the right one. */
function assignedVersion(
  { commit, message }: RegistryTag,
  versions: readonly RegisteredVersion[],
): RegisteredVersion | undefined {
  const there = versions.filter((version) => version.commit === commit);
  const named = /version '?(v\d+\.\d+\.\d+)/.exec(message)?.[1];
  return (
    there.find(({ version }) => formatVersion(version) === named) ??
    there.sort((a, b) => compareVersions(a.version, b.version)).at(-1)
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

/** The version of an earlier assignment of the stage than the one that holds, the latest that is another version. */
export function previousVersion(registry: Registry, stage: string): RegisteredVersion | undefined {
  const live = registry.stages.get(stage);
  const before = registry.assignments
    .filter((one) => one.stage === stage && (!live || compareVersions(one.version, live.version) !== 0))
    .at(-1);
  return before && registry.versions.find(({ version }) => compareVersions(version, before.version) === 0);
}
