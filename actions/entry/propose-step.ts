import { nextWords } from '../../shared/report/drift/drift-summary.ts';
import { concludeCheck, readProposal } from '../drift-check/conclusion.ts';
import { driftFailure, requiredPath } from './drift-failure.ts';
import type { StepInputs } from './inputs.ts';
import { numberOutputs } from './proposal-numbers.ts';
import { fetchResults } from './results.ts';
import { openPipeline, requiredToken, type StepHost, type StepResult } from './step.ts';

/** The action `propose`: what a check found in a job that may only read is proposed and noted by this one. */
export async function proposeStep(inputs: StepInputs<'propose'>, host: StepHost): Promise<StepResult> {
  const place = await openPipeline(inputs, host.context);
  const { pipeline, runDirectory } = place;
  await fetchResults({ artifacts: 'true' }, place, ['proposal'], host);
  const proposal = await readProposal(pipeline, runDirectory, inputs.proposal);
  const { logger, clock, environment } = host.ports;
  const { action } = await concludeCheck(
    proposal,
    {
      pipeline,
      repositoryPath: requiredPath(place),
      runUrl: host.context.run.url,
      checksWait: environment.CICLO_OWN_TOKEN !== 'false',
    },
    {
      logger,
      clock,
      forge: await host.forge(requiredToken(inputs['github-token'], 'proposing a retraining')),
    },
  );
  await host.summarise(`${nextWords(action.reason)}\n`);
  return {
    outputs: {
      action: action.kind,
      ...numberOutputs(action),
    },
    ...driftFailure(inputs['fail-on'], proposal.report),
  };
}
