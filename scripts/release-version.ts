/** A version as package.json has it, without pre-release or build parts: nothing else is released. */
const version = /^(\d+)\.(\d+)\.(\d+)$/;

/** The tags of a release. */
export interface ReleaseTags {
  /** `v1.2.3`, which never moves. */
  readonly exact: string;
  /** `v1`, which moves with every release of that major version. */
  readonly major: string;
}

function parts(text: string): [number, number, number] {
  const match = version.exec(text);
  if (!match)
    throw new Error(`version: "${text}" cannot be released; three numbers are needed, such as 1.2.3`);
  return [Number(match[1]), Number(match[2]), Number(match[3])];
}

/** The tags of a version. @throws Error for anything but three numbers. */
export function releaseTags(text: string): ReleaseTags {
  const [major] = parts(text);
  return { exact: `v${text}`, major: `v${major}` };
}

/** True when no released version of the same major is newer. @param tags the repository's tags, of whatever kind. */
export function isNewest(text: string, tags: readonly string[]): boolean {
  const own = parts(text);
  return tags
    .filter((tag) => tag.startsWith('v') && version.test(tag.slice(1)))
    .map((tag) => parts(tag.slice(1)))
    .filter((other) => other[0] === own[0])
    .every((other) => other[1] < own[1] || (other[1] === own[1] && other[2] <= own[2]));
}
