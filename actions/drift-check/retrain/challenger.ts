import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { formatLock } from '../../../shared/config/lock/lock-file.ts';
import type { Forge } from '../../../shared/forge/ports/forge.ts';
import { challengerOutcome } from '../../../shared/metrics/evaluation/challenger-outcome.ts';
import type { Evaluation } from '../../../shared/metrics/evaluation/evaluation.ts';
import type { TrainingReport } from '../../../shared/model/report/training-report.ts';
import { makeIgnoredFolder } from '../../../shared/platform/ignored-folder.ts';
import { productionChampion } from '../../deploy/champion.ts';
import { type Pipeline, runDirectoryOf, withLock, withLockFile } from '../../pipeline/pipeline.ts';
import type { VerbPorts } from '../../ports.ts';
import { planLock, writeLock } from '../../prepare/lock.ts';
import { prepare } from '../../prepare/prepare.ts';
import { train } from '../../train/train.ts';
import { validate } from '../../validate/validate.ts';
import type { ValidateOutputs } from '../../validate/validate-inputs.ts';
import { type OldAndNew, oldAndNew } from './old-and-new.ts';

/** A model of the new data, judged against the one in production. */
export interface Challenger {
  /** The new ciclo.lock. */
  readonly lock: string;
  /** What changes in it, in words. */
  readonly lockChanges: readonly string[];
  readonly evaluation: Evaluation;
  /** All that validate made. */
  readonly validated: ValidateOutputs;
  readonly training: TrainingReport;
  /** Both models on the test rows that the champion's window had, and on those that came after it. */
  readonly apart?: OldAndNew;
  readonly reportPath: string;
}

/** Why there is no challenger. */
export interface NoChallenger {
  readonly reason: string;
}

/**
 * Moves the window of a copy of ciclo.lock to the newest data, and runs prepare, train (every candidate) and validate on
 * it, against the model in production, in a run directory of its own. The checkout's lock and results stay as they are.
 *
 * @param inputs.output the run directory, in which `retrain` is made.
 */
export async function trainChallenger(
  inputs: { readonly pipeline: Pipeline; readonly output?: string; readonly until?: string },
  forge: Pick<Forge, 'tags' | 'releases'>,
  ports: VerbPorts,
): Promise<Challenger | NoChallenger> {
  const output = path.join(runDirectoryOf(inputs.pipeline, inputs.output), 'retrain');
  const own = withLockFile(inputs.pipeline, path.join(output, 'ciclo.lock'));
  // A lock that does not pin the name yet is no other data.
  const copy = own.lock ? withLock(own, { ...own.lock, name: own.name }) : own;
  const until = inputs.until ?? (copy.loaded.config.data.time === undefined ? undefined : 'latest');
  const plan = await planLock({ pipeline: copy, ...(until === undefined ? {} : { until }) }, ports);
  if (plan.before && plan.changes.length === 0) {
    return {
      reason:
        'data.source has no rows that ciclo.lock does not pin already: there is nothing new to learn from. Where the rows to watch come from elsewhere, their labels belong into data.source',
    };
  }
  makeIgnoredFolder(output);
  await mkdir(output, { recursive: true });
  const pipeline = await writeLock(plan);
  const next = { pipeline, output };
  const prepared = await prepare(next, ports);
  if (prepared.quality.status === 'fail') {
    const failed = prepared.quality.checks.filter(({ status }) => status === 'fail');
    return {
      reason: `the new data fails its quality checks: ${failed.map(({ message }) => message).join('; ')}`,
    };
  }
  const trained = await train(next, ports);
  const champion = await productionChampion(next, forge);
  const judged = await validate({ ...next, ...champion?.inputs }, ports);
  const apart = await oldAndNew(pipeline, judged.judged, {
    before: plan.before,
    championName: champion?.name,
    championWindow: champion?.inputs.championWindow,
  });
  return {
    lock: formatLock(pipeline.lock),
    lockChanges: plan.changes,
    evaluation: judged.evaluation,
    validated: judged,
    training: trained.report,
    reportPath: judged.reportPath,
    ...(apart ? { apart } : {}),
  };
}

/** Whether a challenger is better than the champion, as {@link challengerOutcome} has it. */
export function isBetter(evaluation: Evaluation, confidence: number): boolean {
  return challengerOutcome(evaluation, confidence) === 'better';
}
