import { ConfigurationError, quote } from '../../platform/errors.ts';
import type { RegisteredVersion, Registry } from './registry.ts';
import { compareVersions, formatVersion, type Version } from './version.ts';

/** The version that a registry calls so; undefined when it has none, or no longer. */
export function registeredVersion(registry: Registry, version: Version): RegisteredVersion | undefined {
  return registry.versions.find((one) => compareVersions(one.version, version) === 0);
}

/**
 * The version that a registry calls so.
 *
 * @param input the input that names it, if it has a name.
 * @throws ConfigurationError when it has none, with those that it has.
 */
export function requireRegistered(registry: Registry, version: Version, input?: string): RegisteredVersion {
  const found = registeredVersion(registry, version);
  if (found) return found;
  throw new ConfigurationError(
    `${input === undefined ? '' : `${input}: `}${registry.artifact} has no version ${quote(formatVersion(version))}; ${namedVersions(registry)}`,
  );
}

/** The versions of a registry, for a message: `it has v1.0.0, v1.1.0`. */
export function namedVersions({ versions }: Pick<Registry, 'versions'>): string {
  const names = versions.map(({ version }) => formatVersion(version));
  return names.length === 0 ? 'it has none' : `it has ${names.join(', ')}`;
}

/** The highest version that is this very model. */
export function versionOfModel(
  { versions }: Pick<Registry, 'versions'>,
  model: string,
): RegisteredVersion | undefined {
  return versions.findLast((one) => one.model === model);
}
