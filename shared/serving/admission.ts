import { RequestError } from './request-error.ts';

/** Milliseconds between looks at the event loop. */
const interval = 100;

export interface AdmissionLimits {
  readonly maxInFlight: number;
  /** Milliseconds. */
  readonly maxLag: number;
}

/**
 * Lets in as many requests as the server can answer: a bounded number at a time, and none while the event loop is late,
 * which is how a single thread shows that too much waits for it. A request comes here when its body is whole and its token
 * right: clients that are slow, or strangers, take no place.
 */
export class Admission {
  readonly #limits: AdmissionLimits;
  readonly #timer: NodeJS.Timeout;
  #last = performance.now();
  #inFlight = 0;
  /** Milliseconds by which the last look came late. */
  #lag = 0;

  constructor(limits: AdmissionLimits) {
    this.#limits = limits;
    this.#timer = setInterval(() => {
      const now = performance.now();
      this.#lag = Math.max(0, now - this.#last - interval);
      this.#last = now;
    }, interval);
    this.#timer.unref();
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Seconds. */
  get lag(): number {
    return this.#lag / 1000;
  }

  /** Why a request could not be let in now; undefined when it could. */
  busy(): 'in_flight' | 'event_loop' | undefined {
    if (this.#inFlight >= this.#limits.maxInFlight) return 'in_flight';
    return this.#lag > this.#limits.maxLag ? 'event_loop' : undefined;
  }

  /** Why a request cannot be let in; undefined when it was, and must {@link leave}. */
  enter(): ReturnType<Admission['busy']> {
    const reason = this.busy();
    if (reason === undefined) this.#inFlight++;
    return reason;
  }

  leave(): void {
    this.#inFlight--;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}

/** The answer to a request that was not let in. */
export function overloaded(reason: 'in_flight' | 'event_loop'): RequestError {
  const why =
    reason === 'in_flight'
      ? 'as many requests as it takes at a time are being answered'
      : 'it is behind its work';
  return new RequestError(503, `the server is busy: ${why}; try again in a second`, {
    headers: { 'retry-after': '1' },
  });
}
