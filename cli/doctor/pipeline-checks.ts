import type { Pipeline } from '../../actions/pipeline/pipeline.ts';
import type { VerbPorts } from '../../actions/ports.ts';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import { silentLogger } from '../../shared/platform/logger.ts';
import { findConfig } from '../session/paths.ts';
import { openRenamed } from '../session/session.ts';
import { type Finding, ok } from './finding.ts';

/** The pipeline, where it can be loaded, and what is to be said of its files. */
export interface PipelineFindings {
  readonly pipeline?: Pipeline;
  readonly findings: readonly Finding[];
}

/** ciclo.yml, and whether ciclo.lock is what the data is now. */
export async function pipelineFindings(
  cwd: string,
  config: string | undefined,
  ports: VerbPorts,
): Promise<PipelineFindings> {
  let pipeline: Pipeline;
  try {
    await findConfig(cwd, config);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    const message = error.message.split('\n')[0]!;
    return { findings: [{ check: 'ciclo.yml', status: 'fail', message, mend: 'ciclo init' }] };
  }
  try {
    pipeline = await openRenamed(cwd, config);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return {
      findings: [
        { check: 'ciclo.yml', status: 'fail', message: error.message, mend: 'correct the lines above' },
      ],
    };
  }
  const { task, target } = pipeline.loaded.config;
  const declared = ok('ciclo.yml', `${pipeline.name} predicts ${target} (${task})`);
  return { pipeline, findings: [declared, await lockFinding(pipeline, ports)] };
}

async function lockFinding(pipeline: Pipeline, ports: VerbPorts): Promise<Finding> {
  const check = 'ciclo.lock';
  if (!pipeline.lock) {
    const message = 'there is none: each run reads what is there at the time, and no two need be the same';
    return { check, status: 'fail', message, mend: 'ciclo lock, and commit it' };
  }
  const { planLock } = await import('../../actions/prepare/lock.ts');
  try {
    const { changes } = await planLock({ pipeline }, { ...ports, logger: silentLogger });
    return changes.length === 0
      ? ok(check, 'it is what data and ciclo.yml are now')
      : {
          check,
          status: 'warn',
          message: `data or ciclo.yml have changed since it was written: ${changes.join('; ')}`,
          mend: 'ciclo lock shows what comes in, and writes it',
        };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return {
      check,
      status: 'fail',
      message: error.message,
      mend: 'fix the data, or ciclo.yml; then ciclo lock',
    };
  }
}
