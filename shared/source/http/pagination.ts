import type { HttpSourceConfig } from '../../config/sections/sources/http-source.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { parseJsonPath, valueAtPath } from '../json/json-path.ts';
import { type HttpAnswer, shownUrl } from './http-answer.ts';
import { withoutUser } from './http-client.ts';
import { nextLink } from './link-header.ts';

/** What a page said, as far as the way to the next one needs it. */
export interface AnsweredPage {
  readonly answer: HttpAnswer;
  /** The parsed document, of JSON. */
  readonly document: unknown;
  readonly rows: number;
}

/** Finds the way from page to page. */
export interface Pager {
  readonly first: URL;
  /** Where the next page is; undefined after the last. */
  next(page: AnsweredPage): URL | undefined;
}

/**
 * @param url the source's, with its query.
 *
 * @throws ConfigurationError from `next`, when a page does not say where the next one is as declared.
 */
export function createPager(url: URL, pagination: HttpSourceConfig['pagination']): Pager {
  switch (pagination?.type) {
    case undefined:
      return { first: url, next: () => undefined };
    case 'link':
      return { first: url, next: ({ answer }) => linked(answer) };
    case 'cursor': {
      const steps = parseJsonPath(pagination.path, 'data.source.pagination.path');
      return {
        first: url,
        next: ({ document, answer }) => {
          const cursor = valueAtPath(document, steps);
          if (cursor === undefined || cursor === null || cursor === '' || cursor === false) return undefined;
          if (typeof cursor === 'string' || typeof cursor === 'number') {
            return withParameter(url, pagination.parameter, String(cursor));
          }
          throw new ConfigurationError(
            `data.source.pagination.path is ${pagination.path}, where ${shownUrl(answer.url)} answers ` +
              `${quote(cursor)}; a cursor is a text or a number`,
          );
        },
      };
    }
    case 'offset': {
      const { parameter, start, limit } = pagination;
      const limited = limit ? withParameter(url, limit.parameter, String(limit.value)) : url;
      let skipped = start;
      return {
        first: withParameter(limited, parameter, String(start)),
        // By the rows that came: a server may allow fewer than it was asked for. Only an empty page is the last.
        next: ({ rows }) => {
          skipped += rows;
          return rows === 0 ? undefined : withParameter(limited, parameter, String(skipped));
        },
      };
    }
    case 'page': {
      const { parameter, start, size } = pagination;
      const sized = size ? withParameter(url, size.parameter, String(size.value)) : url;
      let number = start;
      return {
        first: withParameter(sized, parameter, String(start)),
        // A page shorter than asked is not the last: a server may allow fewer rows. Only an empty one is.
        next: ({ rows }) => (rows === 0 ? undefined : withParameter(sized, parameter, String(++number))),
      };
    }
  }
}

function linked({ link, url }: HttpAnswer): URL | undefined {
  const target = nextLink(link);
  if (target === undefined) return undefined;
  const next = URL.canParse(target, url) ? new URL(target, url) : undefined;
  if (next?.protocol === 'http:' || next?.protocol === 'https:') return withoutUser(next);
  throw new ConfigurationError(
    `${shownUrl(url)} names a next page in its Link header that is not an HTTP address`,
  );
}

function withParameter(url: URL, name: string, value: string): URL {
  const changed = new URL(url);
  changed.searchParams.set(name, value);
  return changed;
}
