// APIs that answer JSON, page by page.
import type { HttpSourceConfig } from '../../config/sections/sources/http-source.ts';
import type { SourceTable } from '../../dataset/table/origin.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { formatCount } from '../../text/counts.ts';
import { EnvironmentReferences } from '../remote/environment-reference.ts';
import { redactedLogger } from '../remote/redacted-logger.ts';
import type { ReadOptions, SourcePorts } from '../types.ts';
import { collectedPages, type Pages } from './collected-pages.ts';
import { addressOf } from './http-address.ts';
import { type HttpAnswer, refuseHtml, shownUrl } from './http-answer.ts';
import { HttpClient, sameHost } from './http-client.ts';
import { HttpRefusal } from './http-failure.ts';
import { nextLink } from './link-header.ts';
import { PageLoop } from './page-loop.ts';
import { createPager } from './pagination.ts';

/**
 * Reads what an API answers, page by page, as one table. See `readSource`.
 *
 * @throws ConfigurationError, without secrets, when the address, an answer or its rows are refused.
 */
export async function readHttpSource(
  source: HttpSourceConfig,
  options: ReadOptions,
  given: SourcePorts,
): Promise<SourceTable> {
  const references = new EnvironmentReferences(given.environment);
  const ports = { ...given, logger: redactedLogger(given.logger, references) };
  const { url, authorization } = addressOf(source, references);
  const own = Object.entries(source.headers).map(
    ([name, value]) => [name, references.resolve(value, `data.source.headers.${name}`)] as const,
  );
  const isTold = own.some(([name]) => name.toLowerCase() === 'authorization');
  const headers = Object.fromEntries(
    authorization === undefined || isTold ? own : [['authorization', authorization] as const, ...own],
  );
  const limits = { timeout: source.timeout, retries: source.retries, maxBytes: source['max-bytes'] };
  const client = new HttpClient({ headers, ...limits }, ports, references);
  const collected = collectedPages(source, options, ports);
  try {
    const last = await visitPages(source, url, client, collected, ports);
    const found = await collected.finish();
    const remark = whatIsMissing(source, url, last, found.table.rows);
    if (remark !== undefined) ports.logger.warn(remark);
    return found;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    throw new ConfigurationError(references.redact(error.message));
  }
}

async function visitPages(
  source: HttpSourceConfig,
  url: URL,
  client: HttpClient,
  collected: Pages,
  ports: SourcePorts,
): Promise<HttpAnswer | undefined> {
  const pager = createPager(url, source.pagination);
  const loop = new PageLoop(source['max-pages']);
  let next: URL | undefined = pager.first;
  let last: HttpAnswer | undefined;
  for (let page = 1; next; page++) {
    loop.visit(next, page);
    const own = sameHost(url, next);
    const answer = await client.get(next, own).catch((error: unknown) => {
      if (page > 1 && isBehindTheLast(error, source)) return undefined;
      throw error;
    });
    if (!answer) break;
    last = answer;
    refuseHtml(answer, source.format);
    const { rows, digest, document } = await collected.add(answer, `page ${page}`);
    if (source.pagination) {
      if (rows > 0) loop.compare(digest, answer.url, page);
      ports.logger.progress({
        task: `collect ${shownUrl(url)}`,
        done: page,
        detail: `${collected.rows} rows`,
      });
    }
    next = pager.next({ answer, document, rows });
  }
  return last;
}

/** What some APIs answer to a number of a page, or an offset, that is behind their rows. */
function isBehindTheLast(error: unknown, { pagination }: HttpSourceConfig): boolean {
  const counted = pagination?.type === 'page' || pagination?.type === 'offset';
  return counted && error instanceof HttpRefusal && (error.status === 404 || error.status === 416);
}

/** What there is to say where the API has more rows than came. @param last answer that came. */
function whatIsMissing(
  { pagination, format }: HttpSourceConfig,
  url: URL,
  last: HttpAnswer | undefined,
  rows: number,
): string | undefined {
  const place = shownUrl(url);
  if (!pagination && nextLink(last?.link ?? null) !== undefined) {
    return `${place} has more pages than the one that was read (it names the next in its Link header); for all of them write data.source.pagination: { type: link }`;
  }
  const skipped = pagination?.type === 'offset' ? pagination.start : 0;
  const all = pagination?.type === 'page' && pagination.start > 1 ? undefined : last?.total;
  if (!all || rows >= all.rows - skipped) return undefined;
  const advice = pagination
    ? `check data.source.pagination${format === 'json' ? ' and rows' : ''}, or ask again`
    : 'say in data.source.pagination how its pages are asked for';
  return `${place} says that there are ${formatCount(all.rows)} rows (${all.header}), and ${formatCount(rows)} came; ${advice}`;
}
