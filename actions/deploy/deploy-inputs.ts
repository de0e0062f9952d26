import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { Bump } from '../../shared/release/registry/version.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';

/** Inputs of the verb deploy. */
export interface DeployInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
  /** The commit that is deployed: versions are tagged there. */
  readonly commit: string;
  /** Digest of the evaluation that lets the model be deployed; default the one that is there. */
  readonly evaluation?: string;
  /** By how much to raise the version, in place of what changed. */
  readonly bump?: Bump;
  /** Who let the version be released: on GitHub who merged, or started the run. */
  readonly approver?: string | undefined;
  /** Whether none but readers of a private repository can read its releases; absent: not known, and taken as no. */
  readonly isPrivate?: boolean;
  /** The workflow run that deploys. */
  readonly run?: { readonly id: number; readonly url: string };
}

export type DeployForge = Pick<Forge, 'tags' | 'releases' | 'deployments' | 'branches' | 'contents'>;

export interface DeployPorts extends VerbPorts {
  readonly forge: DeployForge;
}
