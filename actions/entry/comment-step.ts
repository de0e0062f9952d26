import { comment } from '../comment/comment.ts';
import type { StepInputs } from './inputs.ts';
import { requiredToken, type StepHost, type StepResult } from './step.ts';

/** The action `comment`. */
export async function commentStep(inputs: StepInputs<'comment'>, host: StepHost): Promise<StepResult> {
  const token = requiredToken(inputs['github-token'], 'commenting');
  const { logger } = host.ports;
  const { pullRequest, comments, refused } = await comment(
    { runId: inputs['run-id'], configs: inputs.config },
    {
      forge: await host.forge(token),
      runs: await host.runs(token),
      evaluations: await host.evaluations(token),
      logger,
    },
  );
  for (const url of comments) logger.info(`commented: ${url}`);
  return {
    outputs: {
      'comment-url': comments[0] ?? '',
      'pull-request': pullRequest === undefined ? '' : String(pullRequest),
    },
    ...(refused.length === 0
      ? {}
      : {
          failed: `refused, and not shown on the pull request:\n${refused.map((line) => `  ${line}`).join('\n')}`,
        }),
  };
}
