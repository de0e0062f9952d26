import { ConfigurationError, quote } from '../../platform/errors.ts';

/** A body, whole, and what is needed of its headers. */
export interface HttpAnswer {
  /** Where it finally came from. */
  readonly url: URL;
  readonly contentType: string;
  readonly link: string | null;
  /** How many rows there are in all, where the server says so. */
  readonly total: StatedTotal | undefined;
  readonly bytes: Buffer;
}

/** A number of rows, and the header that it is from. */
export interface StatedTotal {
  readonly rows: number;
  readonly header: string;
}

/** What APIs say of all rows that an answer is a part of: `X-Total-Count: 1234`, `X-Total: 1234`, `Content-Range: items 0-49/1234`. */
export function statedTotal(headers: Headers): StatedTotal | undefined {
  for (const header of ['X-Total-Count', 'X-Total', 'Content-Range']) {
    const found = /^(?:(?!bytes\b)[^/]*\/)?(\d+)$/.exec(headers.get(header)?.trim() ?? '')?.[1];
    if (found !== undefined) return { rows: Number(found), header };
  }
  return undefined;
}

/** A URL as messages show it: without query, user and password. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}

/** The first words of a body, without HTML tags, for a message. */
export function firstWords(bytes: Uint8Array): string {
  const text = Buffer.from(bytes.subarray(0, 4096)).toString('utf8');
  const plain = text
    .replace(/<(script|style)\b[\s\S]*?(<\/\1>|$)/gi, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return quote(plain.slice(0, 200));
}

/** @throws ConfigurationError when a web page came instead of data. */
export function refuseHtml(answer: HttpAnswer, format: string): void {
  const start = answer.bytes.subarray(0, 256).toString('latin1').trimStart().toLowerCase();
  const html = start.startsWith('<!doctype html') || start.startsWith('<html');
  if (!html && !/^text\/html\b/i.test(answer.contentType)) return;
  throw new ConfigurationError(
    `${shownUrl(answer.url)} answered a web page (HTML) instead of ${format.toUpperCase()}: ` +
      `${firstWords(answer.bytes)}. Check data.source.url; a login page means that the credentials are missing`,
  );
}
