import { ConfigurationError, quote } from '../../platform/errors.ts';
import { formatVersion, parseVersion, type Version } from './version.ts';

/**
 * What a tag of the GTO convention (1.10) says of an artifact:
 *
 * | tag | event |
 * |---|---|
 * | `fuel@v1.2.0` | registration of a version |
 * | `fuel@v1.2.0!` | deregistration |
 * | `fuel@deprecated` | deprecation of the artifact |
 * | `fuel#production#3` | assignment of a stage to the tagged commit's version |
 * | `fuel#production!#4` | unassignment |
 *
 * GTO gives counters to stages' tags; to the others when asked to repeat one (`fuel@v1.2.0#5`), and none at all to
 * stages' tags when asked for simple ones.
 */
export type GtoEvent =
  | {
      readonly kind: 'registration' | 'deregistration';
      readonly artifact: string;
      readonly version: Version;
      readonly number?: number | undefined;
    }
  | { readonly kind: 'deprecation'; readonly artifact: string; readonly number?: number | undefined }
  | {
      readonly kind: 'assignment' | 'unassignment';
      readonly artifact: string;
      readonly stage: string;
      /** Counts the artifact's tags that have one, whatever the stage; undefined in tags that leave it out. */
      readonly number?: number | undefined;
    };

/** A name, and a folder before it that GTO writes with `:` and, in tags, with `=`. */
const name = '[a-zA-Z0-9](?:[a-zA-Z0-9/_-]*[a-zA-Z0-9])?';
const artifactName = `(?:[a-zA-Z0-9_./-]+=)?${name}`;
const pattern = new RegExp(
  `^(${artifactName})(?:#(${name})(!)?|@(v[0-9.]+)(!)?|@(deprecated))(?:#([0-9]{1,15}))?$`,
);

/**
 * The tag's name.
 *
 * @throws ConfigurationError when the artifact or the stage has a name that GTO's tags cannot hold.
 */
export function formatGtoTag(event: GtoEvent): string {
  const tag = `${event.artifact.replaceAll(':', '=')}${wordOf(event)}${event.number === undefined ? '' : `#${event.number}`}`;
  if (saysSame(parseGtoTag(tag), event)) return tag;
  throw new ConfigurationError(
    `${quote(tag)} is not a tag of GTO: the names of artifacts and stages are letters, digits, "-", "_" and "/", and begin and end with a letter or a digit`,
  );
}

/** A stage called `live!` would make a tag that says something else. */
function saysSame(parsed: GtoEvent | undefined, event: GtoEvent): boolean {
  const stageOf = (one: GtoEvent): string | undefined => ('stage' in one ? one.stage : undefined);
  return (
    parsed?.kind === event.kind && parsed.artifact === event.artifact && stageOf(parsed) === stageOf(event)
  );
}

function wordOf(event: GtoEvent): string {
  switch (event.kind) {
    case 'registration':
      return `@${formatVersion(event.version)}`;
    case 'deregistration':
      return `@${formatVersion(event.version)}!`;
    case 'deprecation':
      return '@deprecated';
    case 'assignment':
      return `#${event.stage}`;
    case 'unassignment':
      return `#${event.stage}!`;
  }
}

/** What a tag says; undefined for a tag that is not of the convention, as `v1` or `fuel@2.0.0`, or of a pre-release. */
export function parseGtoTag(tag: string): GtoEvent | undefined {
  const match = pattern.exec(tag);
  if (!match) return undefined;
  const [, named, stage, unassigned, versioned, deregistered, deprecated, counter] = match;
  const artifact = named!.replaceAll('=', ':');
  const number = counter === undefined ? {} : { number: Number(counter) };
  if (stage !== undefined) {
    return { kind: unassigned === undefined ? 'assignment' : 'unassignment', artifact, stage, ...number };
  }
  if (deprecated !== undefined) return { kind: 'deprecation', artifact, ...number };
  const version = parseVersion(versioned!);
  const kind = deregistered === undefined ? 'registration' : 'deregistration';
  return version && { kind, artifact, version, ...number };
}

/** The first line of the tag's message, in GTO's words. @param version the one that a stage is assigned to. */
export function gtoMessage(event: GtoEvent, version: Version): string {
  const about = `artifact ${event.artifact} version ${formatVersion(version)}`;
  const quoted = `artifact '${event.artifact}' version '${formatVersion(version)}'`;
  switch (event.kind) {
    case 'registration':
      return `Registering ${about}`;
    case 'deregistration':
      return `Deregistering ${about}`;
    case 'deprecation':
      return `Deprecating artifact '${event.artifact}'`;
    case 'assignment':
      return `Assigning stage ${event.stage} to ${about}`;
    case 'unassignment':
      return `Unassigning stage '${event.stage}' to ${quoted}`;
  }
}
