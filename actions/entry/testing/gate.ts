import { prepare } from '../../prepare/prepare.ts';
import { quietPorts } from '../../testing/pipeline-folder.ts';
import { train } from '../../train/train.ts';
import type { EntryEnded } from './entry-process.ts';
import type { Job } from './job.ts';

/** Validates; dataset and model were made by the verbs themselves, which saves two processes. */
export async function gate(
  job: Job,
  inputs: Readonly<Record<string, string>> = {},
  trigger?: Parameters<Job['run']>[2],
): Promise<EntryEnded> {
  const ports = quietPorts();
  await prepare({ pipeline: await job.checkout.pipeline() }, ports);
  await train({ pipeline: await job.checkout.pipeline() }, ports);
  return job.run('validate', inputs, trigger);
}
