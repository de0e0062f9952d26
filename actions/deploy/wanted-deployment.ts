import type { WantedDeployment } from '../../shared/forge/upsert/deployment-upsert.ts';
import {
  nextAssignment,
  type RegisteredVersion,
  type Registry,
} from '../../shared/release/registry/registry.ts';
import type { DeployInputs } from './deploy-inputs.ts';

/** What gets the version: a pipeline's environment. */
export interface DeployedPlace {
  readonly name: string;
  readonly environment: string;
}

/** The deployment of a version, by which a later run finds it again. */
export function wantedDeployment(
  { registry, version, target }: { registry: Registry; version: RegisteredVersion; target: DeployedPlace },
  { run }: Pick<DeployInputs, 'run'>,
): WantedDeployment {
  return {
    pipeline: target.name,
    version: version.tag,
    assignment: assignmentOf(registry, version, target.environment),
    environment: target.environment,
    commit: version.commit,
    ref: version.tag,
    production: target.environment === 'production',
    ...(run ? { run: { id: run.id }, logUrl: run.url } : {}),
  };
}

/** The tag by which the version has the stage, or will get it. */
function assignmentOf(registry: Registry, version: RegisteredVersion, stage: string): string {
  const holds = registry.stages.get(stage)?.tag === version.tag;
  const last = registry.assignments.filter((one) => one.stage === stage).at(-1);
  return holds && last ? last.tag : nextAssignment(registry, stage);
}
