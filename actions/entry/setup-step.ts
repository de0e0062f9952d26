import { access } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import { isWithin } from '../../shared/platform/slashed-path.ts';
import type { StepInputs } from './inputs.ts';
import type { StepHost, StepResult } from './step.ts';

/** The action `setup`: reads what is to be installed; the steps after it install that. */
export async function setupStep(inputs: StepInputs<'setup'>, { context }: StepHost): Promise<StepResult> {
  const { python = '', requirements } = inputs.setup;
  const file = requirements === undefined ? '' : path.posix.join(inputs['working-directory'], requirements);
  if (file !== '') await checkRequirements(file, context.workspace);
  return { outputs: { python, requirements: file } };
}

/** pip and the cache would each say it in their own way, the cache by hashing other files. */
async function checkRequirements(file: string, workspace: string): Promise<void> {
  const place = path.resolve(workspace, file);
  if (!isWithin(workspace, place)) {
    throw new ConfigurationError(
      `setup: the requirements ${quote(file)} lie outside the checkout: name a file of the repository, from working-directory`,
    );
  }
  try {
    await access(place);
  } catch (cause) {
    throw new ConfigurationError(
      `setup: the checkout has no file ${quote(file)}: name the requirements from working-directory, or leave them out`,
      { cause },
    );
  }
}
