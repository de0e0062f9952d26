import { vi } from 'vitest';
import {
  type ArtifactService,
  createArtifactService,
} from '../../../tests/github/artifacts/artifact-service.ts';
import type { ArtifactRun } from '../../../tests/github/artifacts/artifact-state.ts';
import { type GitHub, startGitHub } from '../../../tests/github/server.ts';

/** A run on an emulated GitHub, and this process as a job of it. */
export interface TestRun extends AsyncDisposable {
  readonly github: GitHub;
  readonly service: ArtifactService;
  readonly run: ArtifactRun;
}

/** Starts an emulated GitHub and sets the environment that the runner gives to JavaScript actions. */
export async function startRun(): Promise<TestRun> {
  const github = await startGitHub();
  const service = createArtifactService();
  github.routes(service.routes);
  const run = service.addRun({ id: 7, repository: 'ciclo-ml/fuel' });
  vi.stubEnv('GITHUB_SERVER_URL', 'https://github.com');
  vi.stubEnv('ACTIONS_RESULTS_URL', `${github.origin}/`);
  vi.stubEnv('ACTIONS_RUNTIME_TOKEN', service.runtimeToken(run));
  // The library reports its progress through the runner's commands on the standard output.
  const output = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  return {
    github,
    service,
    run,
    async [Symbol.asyncDispose]() {
      output.mockRestore();
      vi.unstubAllEnvs();
      await github[Symbol.asyncDispose]();
      if (service.state.violations.length > 0) throw new Error(service.state.violations.join('\n'));
    },
  };
}
