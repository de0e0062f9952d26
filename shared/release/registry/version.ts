import { ConfigurationError, quote } from '../../platform/errors.ts';

/** A version as GTO's tags write it: `v1.2.0` (Semantic Versioning 2.0.0, without pre-release and build). */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly patch: number;
}

/** By how much a version is raised. */
export type Bump = 'major' | 'minor' | 'patch';

/** The first version of a pipeline. */
export const firstVersion: Version = { major: 1, minor: 0, patch: 0 };

const pattern = /^v(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})$/;

/** `v1.2.0`. */
export function formatVersion({ major, minor, patch }: Version): string {
  return `v${major}.${minor}.${patch}`;
}

/** The version of a text such as `v1.2.0`; undefined for anything else. */
export function parseVersion(text: string): Version | undefined {
  const match = pattern.exec(text);
  return match ? { major: Number(match[1]), minor: Number(match[2]), patch: Number(match[3]) } : undefined;
}

/** The version of a text that a user wrote, with or without `v`. @throws ConfigurationError */
export function requireVersion(text: string): Version {
  const version = parseVersion(text.startsWith('v') ? text : `v${text}`);
  if (version) return version;
  throw new ConfigurationError(`${quote(text)} is not a version; write three numbers, such as v1.2.0`);
}

/** Negative when `a` is the lower one, 0 when they are equal. */
export function compareVersions(a: Version, b: Version): number {
  return a.major - b.major || a.minor - b.minor || a.patch - b.patch;
}

/** The next version: the raised part by one, those after it zero. */
export function raisedVersion({ major, minor, patch }: Version, bump: Bump): Version {
  if (bump === 'major') return { major: major + 1, minor: 0, patch: 0 };
  return bump === 'minor' ? { major, minor: minor + 1, patch: 0 } : { major, minor, patch: patch + 1 };
}
