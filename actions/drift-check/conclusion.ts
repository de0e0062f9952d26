import path from 'node:path';
import { jsonOf } from '../../shared/artifacts/folders/result-files.ts';
import { readFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import { appendLine } from '../../shared/forge/upsert/append-line.ts';
import { IntegrityError } from '../../shared/platform/errors.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { historyBranch, historyFile, historyLineOf, readHistory } from './history.ts';
import { isForAPerson } from './retrain/policy.ts';
import { type Proposal, proposalSchema } from './retrain/proposal.ts';
import type { ProposalForge } from './retrain/proposal-input.ts';
import { propose } from './retrain/propose.ts';
import { proposeStructure } from './retrain/propose-structure.ts';

export type ConclusionForge = ProposalForge & Pick<Forge, 'contents'>;

/** Where a proposal goes. */
export interface ConclusionInputs {
  readonly pipeline: Pipeline;
  /** Path of ciclo.yml from the repository's root, with forward slashes. */
  readonly repositoryPath: string;
  /** Address of the workflow run. */
  readonly runUrl?: string;
  /** Whether checks of the pull request wait for an approval, as with GITHUB_TOKEN. */
  readonly checksWait: boolean;
}

/** What was done about a check. */
export interface Conclusion {
  readonly action: NonNullable<HistoryLine['action']>;
  /** The line that was added to the history; undefined when there is nothing new to say. */
  readonly line?: HistoryLine;
}

/**
 * The half of a scheduled check that writes: proposes the challenger, and notes the check in the history. The note comes
 * last: a run that dies before is repeated whole, and comes to the same. It trains nothing, and reads no data.
 *
 * @throws ForgeError when the code host refuses; what was not written yet is written by the next run.
 */
export async function concludeCheck(
  proposal: Proposal,
  inputs: ConclusionInputs,
  ports: Pick<VerbPorts, 'logger' | 'clock'> & { readonly forge: ConclusionForge },
): Promise<Conclusion> {
  const { pipeline } = inputs;
  const { forge, clock } = ports;
  const history = await readHistory(pipeline, forge);
  const line = historyLineOf(proposal.report, {
    time: clock.now(),
    ...(inputs.runUrl === undefined ? {} : { run: inputs.runUrl }),
  });
  const action = await actionOf(proposal, inputs, { line, history }, ports);
  const noted: HistoryLine = { ...line, action };
  if (!proposal.byHand && !isNews(noted, history)) return { action };
  await appendLine(
    { branches: forge.branches, contents: forge.contents },
    {
      branch: historyBranch,
      pipeline: pipeline.name,
      path: historyFile(pipeline.name),
      line: JSON.stringify(noted),
      key: keyOf,
      message: `drift-check of ${pipeline.name}: ${proposal.report.outcome}`,
    },
    { clock },
  );
  return { action, line: noted };
}

async function actionOf(
  { challenger, older, why, report, commit, check }: Proposal,
  inputs: ConclusionInputs,
  { line, history }: { readonly line: HistoryLine; readonly history: readonly HistoryLine[] },
  { forge, clock, logger }: Pick<VerbPorts, 'logger' | 'clock'> & { readonly forge: ConclusionForge },
): Promise<Conclusion['action']> {
  const { pipeline, repositoryPath, checksWait, runUrl } = inputs;
  const head = {
    pipeline: pipeline.name,
    config: pipeline.loaded.config,
    ...{ report, history },
    ...(runUrl === undefined ? {} : { runUrl }),
  };
  if (isForAPerson(report)) {
    const action = await proposeStructure(head, { forge, clock });
    logger.info(action.reason);
    return action;
  }
  if (!challenger) return { kind: 'none', reason: why };
  const action = await propose(
    {
      ...head,
      lockPath: path.posix.join(path.posix.dirname(repositoryPath), 'ciclo.lock'),
      ...{ challenger, older, why, line, commit, checksWait },
      ...(check ? { check } : {}),
    },
    { forge, clock },
  );
  logger.info(action.reason);
  return action;
}

/**
 * Reads the proposal of the run directory, every byte checked.
 *
 * @param wanted its digest, as the job that made it gave it out.
 * @throws IntegrityError when it is another one, or of another pipeline.
 */
export async function readProposal(
  { name, ...pipeline }: Pipeline,
  output: string | undefined,
  wanted: string | undefined,
): Promise<Proposal> {
  const folder = path.join(runDirectoryOf(pipeline, output), 'proposal');
  const read = await readFolder(folder, 'proposal', ['proposal.json']);
  if (wanted !== undefined && read.manifest.digest !== wanted) {
    throw new IntegrityError(
      `the proposal in ${folder} is ${read.manifest.digest}, not ${wanted}, which the job that made it gave out: nothing is proposed`,
    );
  }
  // Nothing that comes out of JSON is `undefined`.
  const proposal = jsonOf(read, 'proposal.json', proposalSchema) as Proposal;
  if (proposal.pipeline === name && read.manifest.pipeline === name) return proposal;
  throw new IntegrityError(
    `the proposal in ${folder} is of the pipeline ${proposal.pipeline}, not of ${name}`,
  );
}

/** Checks of the same rows of the same version are one line, however often a run is repeated. */
function keyOf(line: string): string {
  const { model, window, rows, outcome, action, performance } = JSON.parse(line) as HistoryLine;
  return JSON.stringify([
    model,
    window,
    rows,
    outcome,
    action?.kind === 'none' ? null : (action?.number ?? null),
    // Without new rows it is about labels that came late.
    ...(outcome === 'nothing-to-compare' ? [performance?.value] : []),
  ]);
}

function isNews(line: HistoryLine, history: readonly HistoryLine[]): boolean {
  if (line.outcome === 'nothing-to-compare') {
    return line.action?.kind !== 'none' || hasNewLabels(line, history);
  }
  const last = history.at(-1);
  return (
    line.outcome !== 'not-enough-data' ||
    last === undefined ||
    keyOf(JSON.stringify(last)) !== keyOf(JSON.stringify(line))
  );
}

/** Labels came late, without new rows: the figure over time goes on. */
function hasNewLabels({ model, performance }: HistoryLine, history: readonly HistoryLine[]): boolean {
  if (performance?.kind !== 'measured') return false;
  const last = history.findLast((other) => other.model === model)?.performance;
  return last?.kind !== 'measured' || last.value !== performance.value;
}
