import { getIDToken, setSecret, summary } from '@actions/core';
import { systemClock } from '../../shared/platform/clock.ts';
import { createActionLogger } from './action-logger.ts';
import { duckdbOptionalPackage } from './duckdb-optional-package.ts';
import { onnxRuntimePackage } from './onnx-runtime.ts';
import { installOptionalPackage } from './optional-package.ts';
import type { RunContext } from './run-context.ts';
import type { StepHost } from './step.ts';
import { startTrainingThread } from './training-job.ts';

/** The runner's host: its log, its summary page, its artifacts, GitHub itself. */
export function createHost(
  context: RunContext,
  environment: NodeJS.ProcessEnv,
  tellUnfinished: StepHost['tellUnfinished'],
): StepHost {
  const logger = createActionLogger(systemClock);
  return {
    context,
    ports: {
      ...{ logger, clock: systemClock, environment },
      packageFolders: [context.workspace],
      startTrainingThread,
      installOnnxRuntime: () => installOptionalPackage(onnxRuntimePackage, { logger, environment }),
      installDuckDb: () => installOptionalPackage(duckdbOptionalPackage, { logger, environment }),
    },
    mask: setSecret,
    identityToken: getIDToken,
    forge: async (token) => {
      setSecret(token);
      const { createGitHubForge } = await import('../../shared/forge/github/github-forge.ts');
      return createGitHubForge({ token, repository: context.repository, apiUrl: context.apiUrl, logger });
    },
    runs: async (token) => {
      setSecret(token);
      const { createGitHubWorkflowRuns } = await import('../../shared/forge/github/workflow-runs.ts');
      return createGitHubWorkflowRuns({
        token,
        repository: context.repository,
        apiUrl: context.apiUrl,
        logger,
      });
    },
    agreements: async (token) => {
      setSecret(token);
      const { createGitHubAgreements } = await import('../../shared/forge/github/agreements.ts');
      return createGitHubAgreements({
        token,
        repository: context.repository,
        apiUrl: context.apiUrl,
        logger,
      });
    },
    evaluations: async (token) => {
      setSecret(token);
      const { createEvaluationReader } = await import('../../shared/artifacts/store/artifact-reader.ts');
      const { owner, name } = context.repository;
      return createEvaluationReader({ apiUrl: context.apiUrl, token, repository: `${owner}/${name}` });
    },
    store: async () => {
      const { createGitHubArtifactStore } = await import(
        '../../shared/artifacts/store/artifact-github-store.ts'
      );
      return createGitHubArtifactStore({ logger });
    },
    summarise: async (markdown) => {
      await summary.addRaw(markdown, true).write();
    },
    tellUnfinished,
  };
}
