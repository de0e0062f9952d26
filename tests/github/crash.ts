import type { LoggedRequest } from './visit.ts';

/** When a caller dies. */
export interface CrashOptions {
  /** The writes that count: an expression over `POST /repos/…`; all when absent. */
  readonly matching?: RegExp;
  /** Whether the write that it dies of is still done; it never hears of it. */
  readonly cut?: 'before' | 'after';
}

/** A caller that dies, as a test sees it. */
export interface Crash {
  /** Whether it came to that: false when there were fewer writes. */
  readonly happened: boolean;
  /** Answers again, as to a caller that is started anew. */
  recover(): void;
}

/** Callers that are to die. */
export interface Crashes {
  /** From the n-th write on, counted from 1, every connection is cut. */
  after(count: number, options?: CrashOptions): Crash;
  /** Whether this request's connection is cut, and whether before or after it is done. */
  take(request: LoggedRequest): 'before' | 'after' | undefined;
}

export function createCrashes(): Crashes {
  const pending = new Set<{ left: number; happened: boolean; readonly options: CrashOptions }>();
  return {
    after(count, options = {}) {
      const entry = { left: count, happened: false, options };
      pending.add(entry);
      return {
        get happened() {
          return entry.happened;
        },
        recover: () => void pending.delete(entry),
      };
    },
    take(request) {
      let cut: 'before' | 'after' | undefined;
      for (const entry of pending) {
        const { matching, cut: when = 'before' } = entry.options;
        // Dead: not even a read gets through.
        if (entry.happened) return 'before';
        if (!isWrite(request) || matching?.test(`${request.method} ${request.path}`) === false) continue;
        entry.left -= 1;
        if (entry.left > 0) continue;
        entry.happened = true;
        cut = when;
      }
      return cut;
    },
  };
}

/** GraphQL is asked by POST; the queries that are emulated only read. */
function isWrite({ method, path }: LoggedRequest): boolean {
  return method !== 'GET' && method !== 'HEAD' && !path.endsWith('/graphql');
}
