import type { TargetFolders } from './targets/targets.ts';

/** What deploy did. */
export interface DeployOutputs {
  /** `v1.2.0` */
  readonly version: string;
  /** `fuel@v1.2.0` */
  readonly tag: string;
  readonly environment: string;
  /** `unchanged`: this very model is in the environment already; `failed`: its smoke test failed, and it is not. */
  readonly change: 'deployed' | 'unchanged' | 'failed';
  /** The version that was there before; absent for a first one. */
  readonly replaced?: string;
  /** Why the version is called as it is or comes back, or what the smoke test found. */
  readonly reasons: readonly string[];
  readonly releaseUrl: string;
  /** The bundle among the release's files. */
  readonly bundle: { readonly name: string; readonly digest: string };
  /** Whether the bundle has the bytes that this deployment makes; not so where an earlier one made the version. */
  readonly ownBundle: boolean;
  /** Folders of the targets that were written, by the target's name. */
  readonly folders: TargetFolders;
}
