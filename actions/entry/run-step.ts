import { readFile } from 'node:fs/promises';
import type { MessagePort } from 'node:worker_threads';
import { getInput, setFailed, setOutput } from '@actions/core';
import { reportFailure } from './failure.ts';
import { createHost } from './host.ts';
import { parseInputs, parseStep, type Step } from './inputs.ts';
import { parsePayload, parseRunContext, type RunContext } from './run-context.ts';
import type { StepHost, StepResult } from './step.ts';

async function readContext(environment: NodeJS.ProcessEnv): Promise<RunContext> {
  const file = environment.GITHUB_EVENT_PATH;
  const payload = file === undefined ? {} : parsePayload(await readFile(file, 'utf8'), file);
  return parseRunContext(environment, payload);
}

async function resultOf(step: Step, inputs: string, host: StepHost): Promise<StepResult> {
  switch (step) {
    case 'prepare':
      return (await import('./prepare-step.ts')).prepareStep(parseInputs(step, inputs), host);
    case 'train':
      return (await import('./train-step.ts')).trainStep(parseInputs(step, inputs), host);
    case 'validate':
      return (await import('./validate-step.ts')).validateStep(parseInputs(step, inputs), host);
    case 'deploy':
      return (await import('./deploy-step.ts')).deployStep(parseInputs(step, inputs), host);
    case 'drift-check':
      return (await import('./drift-check-step.ts')).driftCheckStep(parseInputs(step, inputs), host);
    case 'propose':
      return (await import('./propose-step.ts')).proposeStep(parseInputs(step, inputs), host);
    case 'setup':
      return (await import('./setup-step.ts')).setupStep(parseInputs(step, inputs), host);
    case 'site':
      return (await import('./site-step.ts')).siteStep(parseInputs(step, inputs), host);
    case 'comment':
      return (await import('./comment-step.ts')).commentStep(parseInputs(step, inputs), host);
  }
}

export { reportFailure } from './failure.ts';

/** On a training thread: the module of the step, and so the same piece of the bundle. */
export async function serveTraining(port: MessagePort): Promise<void> {
  (await import('./train-step.ts')).serveTraining(port);
}

/**
 * Runs the step that a composite has named, with its inputs. Each step is imported on demand, so that `prepare` never loads
 * TensorFlow.
 *
 * @param tellUnfinished called with each run directory in which results are written from then on.
 */
export async function runStep(tellUnfinished: (runDirectory: string) => void): Promise<void> {
  try {
    const step = parseStep(getInput('step'));
    const host = createHost(await readContext(process.env), process.env, tellUnfinished);
    const { outputs, failed } = await resultOf(step, getInput('inputs'), host);
    for (const [name, value] of Object.entries(outputs)) setOutput(name, value);
    if (failed !== undefined) setFailed(failed);
  } catch (error) {
    reportFailure(error);
  }
}
