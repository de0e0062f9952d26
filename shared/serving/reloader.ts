import { messageOf } from '../platform/errors.ts';
import type { ModelSource } from './model-source.ts';
import type { EventLog } from './monitoring/event-log.ts';
import { checkLogColumns } from './monitoring/prediction-line.ts';
import type { PredictionServer } from './server.ts';

/** The result of a reload. */
export type ReloadResult = 'switched' | 'unchanged' | 'refused';

export interface ReloaderParts {
  readonly source: ModelSource;
  readonly server: PredictionServer;
  readonly events: EventLog;
  readonly logsPredictions: boolean;
}

/** How often a model that is replaced while it is read is read again. */
const mostReads = 5;

/**
 * Puts a changed model in place of the one that answers. The new one is read and verified whole first; one that is
 * damaged, or of another pipeline, is refused and reported, and the old one goes on.
 */
export class Reloader {
  readonly #parts: ReloaderParts;
  #mark: string | undefined;
  #work: Promise<ReloadResult> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param mark the source's when the first model was read. */
  constructor(parts: ReloaderParts, mark: string | undefined) {
    this.#parts = parts;
    this.#mark = mark;
  }

  /** Looks at the source every so many milliseconds. */
  watch(interval: number): void {
    this.#timer = setInterval(() => void this.#look(), interval);
    this.#timer.unref();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Reads the model again, whether it changed or not; one reload at a time. */
  reload(): Promise<ReloadResult> {
    this.#work ??= this.#reload().finally(() => {
      this.#work = undefined;
    });
    return this.#work;
  }

  async #look(): Promise<void> {
    const { source, events } = this.#parts;
    try {
      const mark = await source.mark();
      // While a folder is being replaced there is none for a moment.
      if (mark !== undefined && mark !== this.#mark) await this.reload();
    } catch (error) {
      events.warn('cannot look at the model', { place: source.place, error: messageOf(error) });
    }
  }

  async #reload(): Promise<ReloadResult> {
    const { server, source, events } = this.#parts;
    let result: ReloadResult;
    try {
      result = await this.#switch();
    } catch (error) {
      result = 'refused';
      events.error('the model was not reloaded; the former one goes on', {
        place: source.place,
        version: server.model().version,
        error: messageOf(error),
      });
    }
    server.metrics.reload(result);
    return result;
  }

  async #switch(): Promise<ReloadResult> {
    const { server, source, events, logsPredictions } = this.#parts;
    const before = server.model();
    const next = await this.#read();
    if (next.digest === before.digest && next.version === before.version) return 'unchanged';
    if (next.name !== before.name) {
      throw new Error(
        `it is the model ${next.name}, and this server serves ${before.name}: start another one`,
      );
    }
    const model = server.compile(next);
    if (logsPredictions) checkLogColumns(model);
    server.use(model);
    events.info('the model was replaced', {
      model: model.name,
      version: model.version,
      digest: model.digest,
      former: before.version,
      place: source.place,
    });
    return 'switched';
  }

  /** A model that did not change while it was read. */
  async #read() {
    const { source } = this.#parts;
    for (let attempt = 1; ; attempt++) {
      const mark = await source.mark();
      this.#mark = mark;
      try {
        return await source.load();
      } catch (error) {
        const replaced = (await source.mark()) !== mark;
        if (!replaced || attempt === mostReads) throw error;
      }
    }
  }
}
