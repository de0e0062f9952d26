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
 */
export type GtoEvent =
  | { readonly kind: 'registration' | 'deregistration'; readonly artifact: string; readonly version: Version }
  | { readonly kind: 'deprecation'; readonly artifact: string }
  | {
      readonly kind: 'assignment' | 'unassignment';
      readonly artifact: string;
      readonly stage: string;
      /** Counts the artifact's assignments, whatever the stage; undefined in tags that leave it out. */
      readonly number: number | undefined;
    };

const pattern = /^([a-z0-9](?:[a-z0-9/._=-]*[a-z0-9])?)(?:@(.+)|#([a-z][a-z0-9-]*)(!)?(?:#(\d+))?)$/i;

/** The tag's name. GTO writes `:` in a name as `=`. */
export function formatGtoTag(event: GtoEvent): string {
  const name = event.artifact.replaceAll(':', '=');
  switch (event.kind) {
    case 'registration':
      return `${name}@${formatVersion(event.version)}`;
    case 'deregistration':
      return `${name}@${formatVersion(event.version)}!`;
    case 'deprecation':
      return `${name}@deprecated`;
    default: {
      const number = event.number === undefined ? '' : `#${event.number}`;
      return `${name}#${event.stage}${event.kind === 'unassignment' ? '!' : ''}${number}`;
    }
  }
}

/** What a tag says; undefined for a tag that is not of the convention, as `v1` or `fuel@2.0.0`. */
export function parseGtoTag(tag: string): GtoEvent | undefined {
  const match = pattern.exec(tag);
  if (!match) return undefined;
  const [, name, after, stage, undone, number] = match;
  const artifact = name!.replaceAll('=', ':');
  if (stage !== undefined) {
    const kind = undone === undefined ? 'assignment' : 'unassignment';
    return { kind, artifact, stage, number: number === undefined ? undefined : Number(number) };
  }
  if (after === 'deprecated') return { kind: 'deprecation', artifact };
  const gone = after!.endsWith('!');
  const version = parseVersion(gone ? after!.slice(0, -1) : after!);
  return version && { kind: gone ? 'deregistration' : 'registration', artifact, version };
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
