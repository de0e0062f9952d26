import type { IncomingHttpHeaders } from 'node:http';

/** A request as a route sees it. */
export interface Exchange {
  readonly method: string;
  /** Path as requested, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** The path's variables: `{owner}` → `params.owner`, decoded. */
  readonly params: Readonly<Record<string, string>>;
  /** Where this server answers: `http://127.0.0.1:4711`. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  /** A Buffer goes out as it is, undefined as nothing, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One operation that the emulated GitHub knows. */
export interface Route {
  readonly method: string;
  /** As GitHub's OpenAPI description writes it: `/repos/{owner}/{repo}/issues/{issue_number}/comments`. */
  readonly path: string;
  /** What request and response are validated against: GitHub's description, or a schema of the route's own module. */
  readonly contract: 'openapi' | 'own';
  answer(exchange: Exchange): Answer | Promise<Answer>;
}
