import type { Worker } from 'node:worker_threads';
import type { Clock } from '../shared/platform/clock.ts';
import type { Logger } from '../shared/platform/logger.ts';

/** What every verb needs from outside; the command line and the actions bring their own. */
export interface VerbPorts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Environment variables; sources may look up only the names that the configuration may use. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Folders, after that of ciclo.yml, from which optional packages such as onnxruntime-node are resolved. */
  readonly packageFolders?: readonly string[];
  /** Asked when an ONNX model is to be run and no folder has its runtime. @returns the folder that it is resolved from then. */
  installOnnxRuntime?(): Promise<string>;
  /** Starts a thread that trains candidates (actions/train/threads); without it they are trained one after the other. */
  startTrainingThread?(): Worker;
}
