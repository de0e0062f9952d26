import type { Worker } from 'node:worker_threads';
import type { EngineFiles } from '../shared/model/engine/engine.ts';
import type { Clock } from '../shared/platform/clock.ts';
import type { Logger } from '../shared/platform/logger.ts';
import type { ObjectRole } from '../shared/source/types.ts';
import type { RuntimePorts } from './pipeline/runtime-places.ts';

/** What every verb needs from outside; the command line and the actions bring their own. */
export interface VerbPorts extends RuntimePorts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Environment variables; sources may look up only the names that the configuration may use. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asked when a source of DuckDB is read and no folder has its package. @returns the folder that it is resolved from then. */
  installDuckDb?(): Promise<string>;
  /** Takes on the role that object storage is read with; without it credentials come from the environment. */
  readonly objectRole?: ObjectRole;
  /** Starts a thread that trains candidates (actions/train/threads); without it they are trained one after the other. */
  startTrainingThread?(): Worker;
  /** Asked when a training begins: where the engine's files are when they are not in node_modules. It may install them. */
  engineFiles?(): Promise<EngineFiles>;
}
