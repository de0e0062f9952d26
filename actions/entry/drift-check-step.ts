import { ConfigurationError } from '../../shared/platform/errors.ts';
import { driftSummary } from '../../shared/report/drift/drift-summary.ts';
import { driftCheck } from '../drift-check/drift-check.ts';
import type { DriftCheckOutputs } from '../drift-check/drift-inputs.ts';
import { readHistory } from '../drift-check/history.ts';
import { type MonitorOutputs, monitor } from '../drift-check/monitor.ts';
import type { VerbPorts } from '../ports.ts';
import type { StepInputs } from './inputs.ts';
import { storeResult } from './results.ts';
import { sourcePorts } from './source-environment.ts';
import { openPipeline, type PipelinePlace, requiredToken, type StepHost, type StepResult } from './step.ts';

type Inputs = StepInputs<'drift-check'>;

/** The action `drift-check`: looks at what came since the model in production was made, and proposes a retraining. */
export async function driftCheckStep(inputs: Inputs, host: StepHost): Promise<StepResult> {
  const place = await openPipeline(inputs, host.context);
  const ports = sourcePorts(inputs['source-env'], host);
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
  const degraded = report.performance?.degraded === true;
  const action = 'action' in outputs ? outputs.action : undefined;
  return {
    outputs: {
      drift: String(report.drift),
      severity: report.severity,
      degraded: String(degraded),
      columns: JSON.stringify(report.columns.filter(({ drifted }) => drifted).map(({ name }) => name)),
      headline: report.headline,
      'report-path': outputs.reportPath,
      ...stored.outputs,
      action: action?.kind ?? 'none',
      'pull-request': action?.kind === 'pull-request' ? String(action.number) : '',
    },
    ...failedOn(inputs['fail-on'], report.drift, degraded, report.headline),
  };
}

async function check(
  inputs: Inputs,
  place: PipelinePlace,
  { context, forge }: StepHost,
  ports: VerbPorts,
): Promise<DriftCheckOutputs | MonitorOutputs> {
  const host = await forge(requiredToken(inputs['github-token'], 'finding the version in production'));
  const { pipeline, runDirectory: output, repositoryPath } = place;
  const site = inputs['site-url'] === undefined ? {} : { siteUrl: inputs['site-url'] };
  if (inputs.retrain === 'never') {
    const history = await readHistory(pipeline, host);
    return driftCheck({ pipeline, output, history, ...site }, { ...ports, forge: host });
  }
  if (repositoryPath === undefined) {
    throw new ConfigurationError(
      `config: ${pipeline.loaded.file} lies outside the checkout, so there is no branch that its lock could be moved on; give a path inside, or retrain: never`,
    );
  }
  return monitor(
    {
      pipeline,
      output,
      commit: context.commit,
      repositoryPath,
      byHand: inputs.retrain === 'always',
      runUrl: context.run.url,
      ...site,
      checksWait: ports.environment.CICLO_OWN_TOKEN !== 'false',
    },
    { ...ports, forge: host },
  );
}

function failedOn(
  on: Inputs['fail-on'],
  drift: boolean,
  degraded: boolean,
  headline: string,
): Pick<StepResult, 'failed'> {
  if (on === 'drift' && drift) return { failed: headline };
  if (on !== 'never' && degraded) return { failed: 'the model got worse than monitor.performance allows' };
  return {};
}
