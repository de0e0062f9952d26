import type { MonitorReport } from '../../shared/drift/history/monitor-report.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { StepInputs } from './inputs.ts';
import type { PipelinePlace, StepResult } from './step.ts';

/** Why a step ends red although it did its work: by `fail-on`, drift or a model that got worse. */
export function driftFailure(
  on: StepInputs<'drift-check'>['fail-on'],
  { drift, performance, headline }: MonitorReport,
): Pick<StepResult, 'failed'> {
  if (on === 'drift' && drift) return { failed: headline };
  if (on !== 'never' && performance?.degraded === true) {
    return { failed: 'the model got worse than monitor.performance allows' };
  }
  return {};
}

/** Path of ciclo.yml from the checkout's root. @throws ConfigurationError when it lies outside. */
export function requiredPath({ repositoryPath, pipeline }: PipelinePlace): string {
  if (repositoryPath !== undefined) return repositoryPath;
  throw new ConfigurationError(
    `config: ${pipeline.loaded.file} lies outside the checkout, so there is no branch that its lock could be moved on; give a path inside, or retrain: never`,
  );
}
