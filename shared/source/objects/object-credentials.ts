import type { ObjectStorageConfig } from '../../config/sections/sources/object-storage.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import type { EnvironmentReferences } from '../remote/environment-reference.ts';
import type { ObjectCredentials, SourcePorts } from '../types.ts';

/** Whose credentials requests are signed with. */
export interface CredentialSource {
  /** Those for the next request, others than those that have expired; undefined: ask without any. */
  get(expired?: ObjectCredentials): Promise<ObjectCredentials | undefined>;
  /** They can be had again when they have expired. */
  readonly renewable: boolean;
}

const variables = {
  id: 'CICLO_S3_ACCESS_KEY_ID',
  secret: 'CICLO_S3_SECRET_ACCESS_KEY',
  token: 'CICLO_S3_SESSION_TOKEN',
} as const;

/**
 * Whose credentials a storage is asked with: none of a public bucket; those that ciclo.yml names; those of the role that the
 * workflow takes on; those of the usual variables.
 *
 * @param references remember each value, so that no message shows it.
 * @throws ConfigurationError for variables that are not set.
 */
export function credentialsOf(
  storage: ObjectStorageConfig,
  references: EnvironmentReferences,
  ports: Pick<SourcePorts, 'environment' | 'objectRole'>,
): CredentialSource {
  if (storage.anonymous) return { get: () => Promise.resolve(undefined), renewable: false };
  const role = ports.objectRole;
  if (storage['access-key-id'] === undefined && role) {
    const get = async (expired?: ObjectCredentials): Promise<ObjectCredentials> => {
      const taken = await role(storage.region, expired);
      for (const value of Object.values(taken)) references.hide(value);
      return taken;
    };
    return { get, renewable: true };
  }
  checkUsual(storage, ports.environment);
  const given = namedCredentials(storage, references, ports.environment);
  return { get: () => Promise.resolve(given), renewable: false };
}

/** Where ciclo.yml names no variables, says what else there is beside the usual ones. */
function checkUsual(storage: ObjectStorageConfig, environment: SourcePorts['environment']): void {
  const missing = [variables.id, variables.secret].find((name) => !environment[name]);
  if (storage['access-key-id'] !== undefined || missing === undefined) return;
  throw new ConfigurationError(
    `data.source.storage: the environment variable ${missing} is ${environment[missing] === '' ? 'empty' : 'not set'}; set it where ciclo runs ` +
      `(in GitHub Actions: the secret ${missing}), give the action the input aws-role, or say of a public bucket storage: { anonymous: true }`,
  );
}

function namedCredentials(
  storage: ObjectStorageConfig,
  references: EnvironmentReferences,
  environment: SourcePorts['environment'],
): ObjectCredentials {
  const resolve = (key: 'access-key-id' | 'secret-access-key' | 'session-token', variable: string): string =>
    references.resolve(storage[key] ?? `\${{ env.${variable} }}`, `data.source.storage.${key}`);
  const accessKeyId = resolve('access-key-id', variables.id);
  const secretAccessKey = resolve('secret-access-key', variables.secret);
  const isNamed = storage['session-token'] !== undefined;
  // Keys that ciclo.yml names itself are not those that the usual token goes with.
  const hasToken = isNamed || (storage['access-key-id'] === undefined && environment[variables.token]);
  return {
    accessKeyId,
    secretAccessKey,
    ...(hasToken ? { sessionToken: resolve('session-token', variables.token) } : {}),
  };
}
