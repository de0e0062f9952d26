// ciclo.yml, read and checked as a whole. A room for its sections, the checks across them, the lock and the messages.
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { digestOf } from '../platform/digest.ts';
import { ConfigurationError, messageOf } from '../platform/errors.ts';
import type { Location } from '../platform/logger.ts';
import { semanticProblems } from './checks/semantic-checks.ts';
import type { KeyPath } from './messages/key-path.ts';
import { type Problem, problemsError } from './messages/problem.ts';
import { schemaProblems } from './messages/schema-problems.ts';
import { readYaml } from './messages/yaml-text.ts';
import { pricedMetrics } from './sections/priced-metrics.ts';
import { type Config, configSchema } from './sections/schema.ts';

/** A ciclo.yml that was read and found right. */
export interface LoadedConfig {
  readonly config: Config;
  /** The file as the caller named it; messages show it so. */
  readonly file: string;
  /** The file's text: who changes the file starts from it, so that comments stay. */
  readonly text: string;
  /** The folder of the file: relative paths in the configuration start here. */
  readonly directory: string;
  /** Digest of the configuration with all defaults filled in: comments and order of keys do not count. */
  readonly digest: string;
  /** Where a key path, or its nearest ancestor that is written, stands in the file. */
  locate(path: readonly (string | number)[]): Location;
}

const smallest = 'task: regression\ntarget: mpg\ndata:\n  source: { type: file, path: data/*.csv }';

function rootProblem(value: unknown): Problem | undefined {
  if (value === null || value === undefined) {
    return { path: [], message: `the file is empty; the smallest configuration is\n${smallest}` };
  }
  if (typeof value === 'object' && !Array.isArray(value)) return undefined;
  const colon = typeof value === 'string' && /^[\w-]+:\S/.test(value);
  const hint = colon ? '; a space is needed after the colon' : '';
  const kind = Array.isArray(value) ? 'a list' : `the single value ${JSON.stringify(value).slice(0, 60)}`;
  return { path: [], message: `the file is ${kind}, not a map of keys such as task, target and data${hint}` };
}

/**
 * Reads the text of a ciclo.yml.
 *
 * @param text YAML 1.2.
 * @param file its path: relative paths in it start at the file's folder, and messages name it.
 * @throws ConfigurationError with every problem of the file, one per line, as
 *   `ciclo.yml:14:9: validate.gates[0].metric: "rsme" is not a metric; did you mean "rmse"? allowed: …`.
 */
export function parseConfig(text: string, file: string): LoadedConfig {
  const yaml = readYaml(text, file);
  const unreadable = yaml.value === undefined && yaml.problems.length > 0;
  const root = unreadable ? undefined : rootProblem(yaml.value);
  if (unreadable || root) throw problemsError(root ? [root] : yaml.problems, yaml.locate);

  const parsed = configSchema.safeParse(yaml.value);
  const problems = [
    ...yaml.problems,
    ...(parsed.success ? [] : schemaProblems(parsed.error.issues, configSchema, yaml.value)),
    ...semanticProblems(yaml.value),
  ];
  if (problems.length > 0 || !parsed.success) throw problemsError(problems, yaml.locate);
  const config = { ...parsed.data, validate: pricedMetrics(parsed.data.validate) };
  return {
    config,
    file,
    text,
    directory: dirname(file),
    digest: digestOf(config),
    locate: (path: KeyPath) => yaml.locate(path),
  };
}

/**
 * Reads a ciclo.yml from disk.
 *
 * @throws ConfigurationError when there is no such file, it is not UTF-8 text, or {@link parseConfig} refuses it.
 */
export async function loadConfig(file: string): Promise<LoadedConfig> {
  return parseConfig(await readText(file), file);
}

async function readText(file: string): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why =
      code === 'ENOENT'
        ? 'there is no such file; name another with --config'
        : code === 'EISDIR'
          ? 'it is a folder; name the file in it'
          : messageOf(error);
    throw new ConfigurationError(`cannot read the configuration ${file}: ${why}`, { cause: error });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new ConfigurationError(
      `cannot read the configuration ${file}: it is not UTF-8 text; save it as UTF-8`,
      { cause: error },
    );
  }
}
