import { z } from 'zod';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { VerbPorts } from '../ports.ts';
import type { StepHost } from './step.ts';

const variables = z.record(z.string().regex(/^CICLO_[A-Za-z0-9_]+$/), z.string());

/**
 * Reads the input `source-env`: a JSON object of the variables that `ciclo.yml` may name as `${{ env.CICLO_… }}`.
 * It comes from one secret, so that a reusable workflow need not know the names.
 *
 * @throws ConfigurationError when it is not such an object. The message quotes only names, never a value.
 */
function parseSourceEnvironment(text: string): Readonly<Record<string, string>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ConfigurationError(
      'source-env: it is not JSON; an object of variables is needed, such as {"CICLO_API_TOKEN": "…"}',
    );
  }
  const parsed = variables.safeParse(value);
  if (parsed.success) return parsed.data;
  const keys = parsed.error.issues.map((issue) => String(issue.path[0] ?? '(the whole)'));
  throw new ConfigurationError(
    `source-env: ${keys.join(', ')}: an object is needed whose names begin with CICLO_ and whose values are texts, such as {"CICLO_API_TOKEN": "…"}`,
  );
}

/** The ports of a step that reads sources: with the variables of `source-env`, each of whose values is masked. */
export function sourcePorts(
  sourceEnv: string | undefined,
  host: Pick<StepHost, 'mask' | 'ports'>,
): VerbPorts {
  const secrets = sourceEnv === undefined ? {} : parseSourceEnvironment(sourceEnv);
  for (const secret of Object.values(secrets)) if (secret !== '') host.mask(secret);
  return { ...host.ports, environment: { ...host.ports.environment, ...secrets } };
}
