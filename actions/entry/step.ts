import path from 'node:path';
import type { EvaluationReader } from '../../shared/artifacts/store/artifact-reader.ts';
import type { ArtifactStore } from '../../shared/artifacts/store/artifact-store.ts';
import type { Agreements } from '../../shared/forge/ports/agreements.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { WorkflowRuns } from '../../shared/forge/ports/workflow-runs.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { isWithin, slashedPath } from '../../shared/platform/slashed-path.ts';
import { checkNamesakes } from '../pipeline/namesake.ts';
import { checkPinnedName, loadPipeline, type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import type { RunContext } from './run-context.ts';

/** What a step is given beside its inputs. Forge and store are made when they are asked for, and only then loaded. */
export interface StepHost {
  readonly context: RunContext;
  readonly ports: VerbPorts;
  /** Hides a text in the logs of the run from here on. */
  mask(secret: string): void;
  /** A token that shows who this run is (OIDC). @throws Error where the job has no right to one. */
  identityToken(audience: string): Promise<string>;
  forge(token: string): Promise<Forge>;
  runs(token: string): Promise<WorkflowRuns>;
  /** Who agreed to a pull request. */
  agreements(token: string): Promise<Agreements>;
  /** Reads the evaluations that other runs have stored. */
  evaluations(token: string): Promise<EvaluationReader>;
  store(): Promise<ArtifactStore>;
  /** Adds Markdown to the run's summary page. */
  summarise(markdown: string): Promise<void>;
  /** Says in which run directory results are written: what is half there goes when the runner cancels the job. */
  tellUnfinished(runDirectory: string): void;
}

/** How a step ended. */
export interface StepResult {
  /** Outputs of the action, by their names in action.yml. */
  readonly outputs: Readonly<Record<string, string>>;
  /** Why the step is red although it did its work: a gate failed. */
  readonly failed?: string;
}

/** A pipeline, and where it lies in the checkout. */
export interface PipelinePlace {
  /** Loaded once for the step; messages show its file from the workspace's root. */
  readonly pipeline: Pipeline;
  /** That path with forward slashes; undefined when it lies outside the checkout. */
  readonly repositoryPath?: string;
  readonly runDirectory: string;
}

/**
 * Finds ciclo.yml by the inputs `working-directory` and `config`, and loads it.
 *
 * @throws ConfigurationError when it, or the lock beside it, cannot be read.
 */
export async function openPipeline(
  inputs: { readonly config: string; readonly 'working-directory': string },
  { workspace }: Pick<RunContext, 'workspace'>,
): Promise<PipelinePlace> {
  const config = path.resolve(workspace, inputs['working-directory'], inputs.config);
  const inside = isWithin(workspace, config);
  const pipeline = await loadPipeline(inside ? path.relative(workspace, config) : config);
  checkPinnedName(pipeline);
  await checkNamesakes(pipeline);
  return {
    pipeline,
    ...(inside ? { repositoryPath: slashedPath(workspace, config) } : {}),
    runDirectory: path.resolve(workspace, runDirectoryOf(pipeline, undefined)),
  };
}

/** The token of the input `github-token`. @throws ConfigurationError when the action that needs it has none. */
export function requiredToken(token: string | undefined, what: string): string {
  if (token !== undefined) return token;
  throw new ConfigurationError(
    `github-token: it is empty, and ${what} needs one: leave the input out (then it is the job's own token), or give an App's`,
  );
}
