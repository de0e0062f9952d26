import type { Route } from '../route.ts';
import {
  type ArtifactRecord,
  type ArtifactRun,
  type ArtifactState,
  finished,
  type PlantedArtifact,
  plant,
} from './artifact-state.ts';
import { blobRoutes } from './blob-routes.ts';
import { type Authorize, anyToken, restRoutes } from './rest-routes.ts';
import { formatRuntimeToken } from './runtime-token.ts';
import { twirpRoutes } from './twirp-routes.ts';

export interface ArtifactServiceOptions {
  /** Who may use the REST API; default any token. */
  readonly authorize?: Authorize;
  readonly now?: () => Date;
  readonly nextId?: () => number;
}

/** GitHub's artifact service for tests: the results service, the blob store and the REST API on one state. */
export interface ArtifactService {
  readonly state: ArtifactState;
  readonly routes: readonly Route[];
  /** Makes a run known. The same id gives the same run: attempts share it. */
  addRun(run: Pick<ArtifactRun, 'id' | 'repository'> & Partial<ArtifactRun>): ArtifactRun;
  /** The value of ACTIONS_RUNTIME_TOKEN for a job of the run. */
  runtimeToken(run: ArtifactRun, job?: string): string;
  /** The run's finished artifacts, oldest first. */
  artifactsOf(run: ArtifactRun): readonly ArtifactRecord[];
  /** Puts an artifact into a run past the protocol, as a hostile uploader would. */
  plant(run: ArtifactRun, planted: PlantedArtifact): ArtifactRecord;
  /** Changes stored bytes behind the service's back: what is stated of them stays. */
  replaceBytes(artifact: ArtifactRecord, bytes: Uint8Array): void;
}

/** Makes the service; mount `routes` on a server. */
export function createArtifactService(options: ArtifactServiceOptions = {}): ArtifactService {
  let id = 0;
  const state: ArtifactState = {
    runs: new Map(),
    artifacts: [],
    violations: [],
    calls: [],
    quotaExceeded: false,
    now: options.now ?? (() => new Date()),
    nextId: options.nextId ?? (() => ++id),
  };
  return {
    state,
    routes: [
      ...twirpRoutes(state),
      ...blobRoutes(state),
      ...restRoutes(state, options.authorize ?? anyToken),
    ],
    addRun(seed) {
      const known = state.runs.get(seed.id);
      if (known) return known;
      const backendId = `00000000-0000-4000-8000-${seed.id.toString(16).padStart(12, '0')}`;
      const run = { backendId, headSha: 'a'.repeat(40), headBranch: 'main', ...seed };
      state.runs.set(run.id, run);
      return run;
    },
    runtimeToken: (run, job = '11111111-0000-4000-8000-000000000001') =>
      formatRuntimeToken({ run: run.backendId, job }),
    artifactsOf: (run) => finished(state, run),
    plant: (run, planted) => plant(state, run, planted),
    replaceBytes(artifact, bytes) {
      artifact.blob.bytes = Buffer.from(bytes);
    },
  };
}
