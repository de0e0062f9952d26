import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import type { HttpSourceConfig } from '../sections/sources/http-source.ts';
import type { SourceConfig } from '../sections/sources/source.ts';
import type { ConfigParts } from './config-parts.ts';

/** `since` where it can mean nothing: without a time, or where no lock has the rows before it. */
export function* sinceProblems({ data, monitor }: Pick<ConfigParts, 'data' | 'monitor'>): Iterable<Problem> {
  const { source, sources = {}, time } = data ?? {};
  yield* problemsOf(source, ['data', 'source'], time, 'data.time');
  for (const [index, [name, one]] of Object.entries(sources).entries()) {
    const own = `data.sources.${name}.time`;
    const known = one.time ?? (index === 0 ? time : undefined);
    yield* problemsOf(one, ['data', 'sources', name], known, index === 0 ? `${own}, or data.time` : own);
  }
  for (const key of ['source', 'labels'] as const) {
    const one = monitor?.[key];
    if (one?.type !== 'http' || !one.since) continue;
    const message = `no lock has the rows before; it goes with data.source: leave it out`;
    yield { path: ['monitor', key, 'since'], message };
  }
}

function* problemsOf(
  source: SourceConfig | undefined,
  at: KeyPath,
  time: string | undefined,
  key: string,
): Iterable<Problem> {
  if (source?.type !== 'http' || !source.since) return;
  if (time === undefined) {
    const message = `rows since when? There is no time; name its column in ${key}`;
    yield { path: [...at, 'since'], message };
  }
  const { parameter } = source.since;
  if (!pagingParameters(source).includes(parameter)) return;
  const message = `"${parameter}" is the parameter of data.source.pagination, too; allowed: another one, as the API has it`;
  yield { path: [...at, 'since', 'parameter'], message };
}

/** Query parameters that the way from page to page sets. */
function pagingParameters({ pagination }: HttpSourceConfig): string[] {
  switch (pagination?.type) {
    case 'cursor':
      return [pagination.parameter];
    case 'page':
      return [pagination.parameter, ...(pagination.size ? [pagination.size.parameter] : [])];
    case 'offset':
      return [pagination.parameter, ...(pagination.limit ? [pagination.limit.parameter] : [])];
    default:
      return [];
  }
}
