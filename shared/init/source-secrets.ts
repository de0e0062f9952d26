import { sourcesOf } from '../config/sections/data-section.ts';
import type { Config } from '../config/sections/schema.ts';
import { isObjectSource } from '../config/sections/sources/file-source.ts';
import type { SourceConfig } from '../config/sections/sources/source.ts';

const reference = /\$\{\{\s*env\.(CICLO_\w+)\s*\}\}/g;
/** What object storage is signed in to with, where ciclo.yml names nothing else. */
const objectKeys = ['CICLO_S3_ACCESS_KEY_ID', 'CICLO_S3_SECRET_ACCESS_KEY'];

/**
 * The variables of the environment that the sources of a configuration ask for, sorted: on GitHub they are secrets.
 *
 * @example secretsOf of `url: ${{ env.CICLO_URL }}` // ['CICLO_URL']
 */
export function secretsOf({ data, monitor }: Pick<Config, 'data' | 'monitor'>): string[] {
  const sources = [...sourcesOf(data), monitor.source, monitor.labels].filter(
    (source) => source !== undefined,
  );
  return [...new Set(sources.flatMap(secretsOfSource))].sort();
}

function secretsOfSource(source: SourceConfig): string[] {
  const named = [...JSON.stringify(source).matchAll(reference)].map(([, name]) => name!);
  const byKeys = source.type === 'file' && isObjectSource(source) && source.storage?.anonymous !== true;
  return [...named, ...(byKeys && named.length === 0 ? objectKeys : [])];
}
