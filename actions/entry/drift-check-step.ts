import { driftSummary } from '../../shared/report/drift/drift-summary.ts';
import { type ChallengeOutputs, challenge, writeProposal } from '../drift-check/challenge.ts';
import { driftCheck } from '../drift-check/drift-check.ts';
import type { DriftCheckOutputs } from '../drift-check/drift-inputs.ts';
import { readHistory } from '../drift-check/history.ts';
import { type MonitorOutputs, monitor } from '../drift-check/monitor.ts';
import type { VerbPorts } from '../ports.ts';
import { acceleratedPorts } from './acceleration.ts';
import { driftFailure, requiredPath } from './drift-failure.ts';
import type { StepInputs } from './inputs.ts';
import { numberOutputs } from './proposal-numbers.ts';
import { storeResult } from './results.ts';
import { sourcePorts } from './source-environment.ts';
import { openPipeline, type PipelinePlace, requiredToken, type StepHost, type StepResult } from './step.ts';
import { rolePorts } from './storage-role.ts';

type Inputs = StepInputs<'drift-check'>;

/** The action `drift-check`: looks at what came since the model in production was made, and proposes a retraining. */
export async function driftCheckStep(inputs: Inputs, host: StepHost): Promise<StepResult> {
  const place = await openPipeline(inputs, host.context);
  const ports = acceleratedPorts(
    inputs.accelerate,
    place.pipeline.loaded.config,
    rolePorts(inputs, sourcePorts(inputs['source-env'], host), host),
  );
  const outputs = await check(inputs, place, host, ports);
  const { report } = outputs;
  for (const reason of report.reasons) ports.logger.info(reason);
  const stored = await storeResult(inputs, outputs.folder, host);
  await host.summarise(
    driftSummary(report, {
      ...(stored.url === undefined ? {} : { reportUrl: stored.url }),
      ...('action' in outputs ? { action: outputs.action.reason } : {}),
    }),
  );
  const handed =
    'proposal' in outputs && !inputs.propose ? await handOver(inputs, outputs, place, host) : undefined;
  const action = 'action' in outputs ? outputs.action : undefined;
  return {
    outputs: {
      drift: String(report.drift),
      structural: String(report.structural),
      severity: report.severity,
      degraded: String(report.performance?.degraded === true),
      columns: JSON.stringify(report.columns.filter(({ drifted }) => drifted).map(({ name }) => name)),
      headline: report.headline,
      'report-path': outputs.reportPath,
      ...stored.outputs,
      proposal: handed ?? '',
      action: action?.kind ?? 'none',
      ...numberOutputs(action),
    },
    ...(handed ? {} : driftFailure(inputs['fail-on'], report)),
  };
}

/** Keeps what is to be proposed for the job that may write. @returns its digest. */
async function handOver(
  inputs: Inputs,
  { proposal }: ChallengeOutputs,
  { pipeline, runDirectory: output }: PipelinePlace,
  host: StepHost,
): Promise<string> {
  const { folder, digest } = await writeProposal(proposal, { pipeline, output });
  await storeResult({ ...inputs, artifacts: 'true' }, folder, host);
  return digest;
}

async function check(
  inputs: Inputs,
  place: PipelinePlace,
  { context, forge }: StepHost,
  ports: VerbPorts,
): Promise<DriftCheckOutputs | ChallengeOutputs | MonitorOutputs> {
  const host = await forge(requiredToken(inputs['github-token'], 'finding the version in production'));
  const { pipeline, runDirectory: output } = place;
  const site = inputs['site-url'] === undefined ? {} : { siteUrl: inputs['site-url'] };
  if (inputs.retrain === 'never') {
    const history = await readHistory(pipeline, host);
    return driftCheck({ pipeline, output, history, ...site }, { ...ports, forge: host });
  }
  const repositoryPath = requiredPath(place);
  const challenged = {
    pipeline,
    output,
    commit: context.commit,
    repositoryPath,
    byHand: inputs.retrain === 'always',
    runUrl: context.run.url,
    ...site,
  };
  if (!inputs.propose) return challenge(challenged, { ...ports, forge: host });
  const checksWait = ports.environment.CICLO_OWN_TOKEN !== 'false';
  return monitor({ ...challenged, checksWait }, { ...ports, forge: host });
}
