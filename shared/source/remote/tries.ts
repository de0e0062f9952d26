// What all sources elsewhere have in common: tries, certificates, and secrets that no message shows.
import { ConfigurationError, messageOf } from '../../platform/errors.ts';
import { createRandom } from '../../platform/random.ts';
import { counted } from '../../text/counts.ts';
import type { SourcePorts } from '../types.ts';

/** First pause between tries, doubled each time up to the longest, then shortened at random by up to half. */
const firstPause = 500;
const longestPause = 30_000;
/** A server that asks for more patience than this is not waited for. */
const longestAskedPause = 600_000;

/** What a try came to when it may be tried again. */
export class Setback {
  readonly what: string;
  /** Milliseconds that the server asks to wait. */
  readonly pause: number | undefined;

  constructor(what: string, pause?: number) {
    this.what = what;
    this.pause = pause;
  }
}

/** Nothing was answered, however often it was tried. */
export class NoAnswer extends ConfigurationError {}

/** A request's failure that may pass: no answer in time, or a connection that broke. @param timeout seconds. */
export function setbackOf(error: unknown, timeout: number): Setback {
  const cause = error instanceof Error ? error.cause : undefined;
  for (const one of [error, cause]) {
    if (one instanceof DOMException && one.name === 'TimeoutError') {
      return new Setback(`no answer within ${timeout} s`);
    }
  }
  const code = [cause, error].find((one) => one instanceof Error && 'code' in one && one.code !== undefined);
  const words = code ? String(Reflect.get(code as Error, 'code')) : messageOf(cause ?? error);
  return new Setback(`the connection failed (${words})`);
}

export interface TriesOptions {
  /** Further tries after the first. */
  readonly retries: number;
  /** What a user may do after the last try. */
  readonly advice: string;
  /** Takes secrets out of a message. */
  readonly redact: (message: string) => string;
}

/** Tries again, with pauses that grow, what a server or a network may only refuse for now. */
export class Tries {
  readonly #options: TriesOptions;
  readonly #ports: Pick<SourcePorts, 'clock' | 'logger'>;
  readonly #random = createRandom('http backoff');

  constructor(options: TriesOptions, ports: Pick<SourcePorts, 'clock' | 'logger'>) {
    this.#options = options;
    this.#ports = ports;
  }

  /**
   * The outcome of the first try that is no setback.
   *
   * @param place what messages call the server. @throws NoAnswer with what each try came to.
   */
  async until<T>(place: string, attempt: () => Promise<T | Setback>): Promise<T> {
    const { retries, advice, redact } = this.#options;
    const setbacks: string[] = [];
    for (;;) {
      const outcome = await attempt();
      if (!(outcome instanceof Setback)) return outcome;
      setbacks.push(outcome.what);
      if (setbacks.length > retries) {
        throw new NoAnswer(
          `${place} gave no answer in ${counted(setbacks.length, 'try', 'tries')}: ` +
            `${redact(setbackWords(setbacks))}; ${advice}`,
        );
      }
      const asked = outcome.pause ?? 0;
      if (asked > longestAskedPause) {
        throw new ConfigurationError(
          `${place} answered ${outcome.what} and asks to wait ${Math.ceil(asked / 1000)} s, more than the ` +
            `${longestAskedPause / 1000} s that are waited; run again later`,
        );
      }
      const pause = Math.max(asked, this.#backoff(setbacks.length));
      this.#ports.logger.info(
        redact(
          `${place}: ${outcome.what}; trying again in ${(pause / 1000).toFixed(1)} s ` +
            `(${setbacks.length} of ${retries})`,
        ),
      );
      await this.#ports.clock.sleep(pause);
    }
  }

  #backoff(setbacks: number): number {
    const full = Math.min(firstPause * 2 ** (setbacks - 1), longestPause);
    return full * (1 - this.#random.next() / 2);
  }
}

/** What tries came to, each thing once: `503 each time`, `500 (3 times), 429`. */
function setbackWords(setbacks: readonly string[]): string {
  const times = new Map<string, number>();
  for (const what of setbacks) times.set(what, (times.get(what) ?? 0) + 1);
  if (times.size === 1 && setbacks.length > 1) return `${setbacks[0]} each time`;
  return [...times].map(([what, count]) => (count === 1 ? what : `${what} (${count} times)`)).join(', ');
}
