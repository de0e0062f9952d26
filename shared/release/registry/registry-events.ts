import { type GtoEvent, parseGtoTag } from './gto-tag.ts';
import { compareVersions, formatVersion, type Version } from './version.ts';

/** An annotated tag of the repository. */
export interface RegistryTag {
  readonly name: string;
  readonly commit: string;
  /** The tagger's, in whole seconds since 1970. */
  readonly time: number;
  readonly message: string;
}

/** What one tag did to an artifact. */
export interface RegistryEvent {
  readonly kind: GtoEvent['kind'];
  /** `fuel#production#3` */
  readonly tag: string;
  readonly commit: string;
  /** In whole seconds since 1970. */
  readonly time: number;
  readonly message: string;
  /** The tag's counter; undefined in tags that have none. */
  readonly number: number | undefined;
  /** Assignments and unassignments. */
  readonly stage?: string;
  /** Absent of a deprecation, and of a stage that was given to a commit without a version. */
  readonly version?: Version;
}

/**
 * The events of one artifact, the oldest first. As GTO does it goes by the tags' own time, not by their numbers; within
 * one second, where GTO is undecided, by number.
 */
export function registryEvents(tags: readonly RegistryTag[], artifact: string): readonly RegistryEvent[] {
  const own = tags.flatMap((tag) => {
    const event = parseGtoTag(tag.name);
    return event?.artifact === artifact ? [{ event, tag }] : [];
  });
  const registered = own.flatMap(({ event, tag }) =>
    event.kind === 'registration' ? [{ version: event.version, commit: tag.commit }] : [],
  );
  return own
    .map(({ event, tag }) => toEvent(event, tag, registered))
    .sort((a, b) => a.time - b.time || (a.number ?? -1) - (b.number ?? -1));
}

type Registered = readonly { readonly version: Version; readonly commit: string }[];

function toEvent(event: GtoEvent, tag: RegistryTag, registered: Registered): RegistryEvent {
  const { name, commit, time, message } = tag;
  const head = { kind: event.kind, tag: name, commit, time, message, number: event.number };
  if ('version' in event) return { ...head, version: event.version };
  if (!('stage' in event)) return head;
  const version = versionAt(tag, registered);
  return { ...head, stage: event.stage, ...(version ? { version } : {}) };
}

/**
 * A stage's tag points to a version's commit. Where that has several versions, which GTO refuses to read, the tag's
 * message names the right one.
 */
function versionAt({ commit, message }: RegistryTag, registered: Registered): Version | undefined {
  const there = registered.filter((one) => one.commit === commit).map(({ version }) => version);
  const named = /version '?(v\d+\.\d+\.\d+)/.exec(message)?.[1];
  return there.find((version) => formatVersion(version) === named) ?? there.toSorted(compareVersions).at(-1);
}
