import type { EngineFiles } from '../shared/model/engine/engine.ts';
import type { Clock } from '../shared/platform/clock.ts';
import type { Logger } from '../shared/platform/logger.ts';

/** What every verb needs from outside; the command line and the actions bring their own. */
export interface VerbPorts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Environment variables; sources may look up only the names that the configuration may use. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asked when a training begins: where the engine's files are when they are not in node_modules. It may install them. */
  engineFiles?(): Promise<EngineFiles>;
}
