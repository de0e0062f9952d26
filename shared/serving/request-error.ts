import type { ListedProblems } from './problems.ts';

export interface RequestErrorDetails {
  /** Which values of which rows are wrong. */
  readonly problems?: ListedProblems;
  /** Headers of the answer: `allow`, `retry-after`, `www-authenticate`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The routes that there are, where none was met. */
  readonly routes?: readonly string[];
}

/** A request that is refused; the message is what the client reads. */
export class RequestError extends Error {
  override name = 'RequestError';
  readonly statusCode: number;
  readonly details: RequestErrorDetails;

  constructor(statusCode: number, message: string, details: RequestErrorDetails = {}) {
    super(message);
    this.statusCode = statusCode;
    this.details = details;
  }
}

/** A request whose content is wrong: 400. */
export function badRequest(message: string): RequestError {
  return new RequestError(400, message);
}
