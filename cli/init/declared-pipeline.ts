import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { loadPipeline, type Pipeline } from '../../actions/pipeline/pipeline.ts';
import type { VerbPorts } from '../../actions/ports.ts';
import { planLock, writeLock } from '../../actions/prepare/lock.ts';
import { parseConfig } from '../../shared/config/load.ts';
import { configText } from '../../shared/init/config-text.ts';
import type { NaiveGain } from '../../shared/init/naive-gain.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import { type ProposedGate, proposedGates } from '../../shared/init/proposed-gates.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { temporaryBeside } from '../../shared/platform/unfinished.ts';
import { compared, type WrittenFile, writeNew } from './written-files.ts';

/** A declared pipeline, and what became of its file. */
export interface Declared {
  readonly pipeline: Pipeline;
  readonly written: WrittenFile;
  /** Whether the file is as init wrote it before there was a model: gates may be added. */
  readonly isDraft: boolean;
}

/** The text of a file; undefined where there is none. */
export async function textOf(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/**
 * Writes ciclo.yml as it is proposed, where there is none.
 *
 * @param file shown in messages. @param shown how the list of files calls it.
 * @throws ConfigurationError when the file that is there is none that Ciclo can read.
 */
export async function declarePipeline(
  file: string,
  shown: string,
  proposal: Proposal | undefined,
): Promise<Declared> {
  const existing = await textOf(file);
  if (proposal === undefined) {
    return { pipeline: await loadPipeline(file), written: { file: shown, status: 'same' }, isDraft: false };
  }
  const draft = configText(proposal);
  if (existing === undefined) {
    // A proposal that Ciclo itself would refuse is a bug, and must not reach the disk.
    parseConfig(draft, file);
    const { status } = await writeNew(path.dirname(file), path.basename(file), draft);
    return {
      pipeline: await loadPipeline(file),
      written: { file: shown, status },
      isDraft: status === 'written',
    };
  }
  return {
    pipeline: await loadPipeline(file),
    written: compared(shown, existing, draft),
    isDraft: existing === draft,
  };
}

/** Writes ciclo.lock as `ciclo lock` does, where there is none; one that is there stays. */
export async function lockPipeline(
  pipeline: Pipeline,
  shown: string,
  ports: VerbPorts,
): Promise<{ pipeline: Pipeline; written: WrittenFile }> {
  const plan = await planLock({ pipeline }, ports);
  if (!pipeline.lock) {
    return { pipeline: await writeLock(plan), written: { file: shown, status: 'written' } };
  }
  const written: WrittenFile =
    plan.changes.length === 0
      ? { file: shown, status: 'same' }
      : { file: shown, status: 'kept', differences: [...plan.changes, 'ciclo lock accepts this'] };
  return { pipeline, written };
}

/**
 * Adds the gates that a first model passes to the ciclo.yml that init wrote; one that somebody else wrote, or has changed
 * since, stays.
 */
export async function addGates(
  declared: Declared,
  proposal: Proposal | undefined,
  { evaluation, gain }: { readonly evaluation: Evaluation; readonly gain: NaiveGain | undefined },
): Promise<{ declared: Declared; gates: readonly ProposedGate[]; added: boolean }> {
  const gates = proposedGates(evaluation, gain);
  if (proposal === undefined) return { declared, gates, added: false };
  const { file } = declared.pipeline.loaded;
  const { file: shown } = declared.written;
  const text = configText(proposal, gates);
  const existing = await textOf(file);
  if (!declared.isDraft || existing !== configText(proposal)) {
    return { declared: { ...declared, written: compared(shown, existing ?? '', text) }, gates, added: false };
  }
  parseConfig(text, file);
  await replaceFile(file, text);
  return { declared: { ...declared, pipeline: await loadPipeline(file) }, gates, added: gates.length > 0 };
}

async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = temporaryBeside(path.dirname(file), 'config');
  try {
    await writeFile(temporary, text);
    await rename(temporary, file);
  } finally {
    await rm(temporary, { force: true });
  }
}
