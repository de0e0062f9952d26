import { parseTemplate } from './path-template.ts';
import type { Answer } from './route.ts';

/** What goes wrong. */
export type FaultKind =
  /** Answered instead of the route, whose state stays as it is. */
  | { readonly status: number; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }
  /** Milliseconds before the route is asked. */
  | { readonly delay: number }
  /**
   * The connection is cut: before the state changes, after it changed and before the answer, or in the middle of the
   * answer's body.
   */
  | { readonly drop: 'before' | 'after' | 'during' }
  /** Secondary rate limit, in seconds; or the primary one, with the second since 1970 when it ends. */
  | { readonly rateLimit: { readonly retryAfter: number } | { readonly reset: number } };

export interface Fault {
  readonly method: string;
  /** As GitHub writes it, `/repos/{owner}/{repo}/check-runs`, or an expression over the path. */
  readonly path: string | RegExp;
  /** How many requests it hits; for ever when absent. */
  readonly times?: number;
  /** How many requests pass before it hits; none when absent. */
  readonly after?: number;
  readonly kind: FaultKind;
}

/** The faults that are to come. */
export interface Faults {
  add(fault: Fault): void;
  /** The fault that hits this request, counted. */
  take(method: string, path: string): FaultKind | undefined;
}

export function createFaults(): Faults {
  const pending: {
    readonly fault: Fault;
    readonly hits: (path: string) => boolean;
    left: number;
    wait: number;
  }[] = [];
  return {
    add(fault) {
      const { path } = fault;
      const template = typeof path === 'string' ? parseTemplate(path) : undefined;
      const hits = (requested: string): boolean =>
        path instanceof RegExp ? path.test(requested) : template?.match(requested) !== undefined;
      pending.push({ fault, hits, left: fault.times ?? Number.POSITIVE_INFINITY, wait: fault.after ?? 0 });
    },
    take(method, path) {
      for (const entry of pending) {
        if (entry.left === 0 || entry.fault.method !== method || !entry.hits(path)) continue;
        if (entry.wait > 0) {
          entry.wait -= 1;
          continue;
        }
        entry.left -= 1;
        return entry.fault.kind;
      }
      return undefined;
    },
  };
}

/** The answer of a fault that is one. */
export function faultAnswer(kind: FaultKind): Answer | undefined {
  if ('status' in kind) {
    const { status, body = { message: 'injected fault', status: String(status) }, headers } = kind;
    return { status, body, ...(headers ? { headers } : {}) };
  }
  return 'rateLimit' in kind ? rateLimited(kind.rateLimit) : undefined;
}

function rateLimited(limit: { readonly retryAfter: number } | { readonly reset: number }): Answer {
  const documentation_url = 'https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api';
  if ('reset' in limit) {
    return {
      status: 403,
      headers: {
        'x-ratelimit-limit': '1000',
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(limit.reset),
      },
      body: { message: 'API rate limit exceeded for installation ID 1.', documentation_url, status: '403' },
    };
  }
  return {
    status: 403,
    headers: { 'retry-after': String(limit.retryAfter) },
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
      documentation_url,
      status: '403',
    },
  };
}
