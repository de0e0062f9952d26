import type { Pipeline } from '../../pipeline/pipeline.ts';
import type { DeployPorts } from '../deploy-inputs.ts';
import type { ReleasedVersion } from '../production.ts';

/** What a target is made from: a version as its release has it. */
export interface TargetInput {
  readonly pipeline: Pipeline;
  /** Downloaded again, and checked whole. */
  readonly released: ReleasedVersion;
  /** The environment that it is about to get. */
  readonly environment: string;
}

/** What a released version is made into, beside its release: a folder that is written, then tried. */
export interface Target {
  /** As `deploy.targets` calls it. */
  readonly name: string;
  /** Its folder within `release/` of the run directory. */
  readonly folder: string;
  /** Fills an empty folder. It gets its name when it is complete. */
  write(input: TargetInput, folder: string, ports: DeployPorts): Promise<void>;
  /**
   * Tries the finished folder as its users would, within a time that it sets itself.
   *
   * @returns what differs from the stored examples, and what does not work at all; empty when all is well.
   */
  smoke(input: TargetInput, folder: string, ports: DeployPorts): Promise<readonly string[]>;
}
