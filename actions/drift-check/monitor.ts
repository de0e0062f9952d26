import path from 'node:path';
import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import type { CheckContent, Forge } from '../../shared/forge/ports/forge.ts';
import { appendLine } from '../../shared/forge/upsert/append-line.ts';
import { renderCheck } from '../../shared/report/pull-request/check-output.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import { checkName } from '../validate/publication.ts';
import { pullRequestReport } from '../validate/pull-request-report.ts';
import { driftCheck } from './drift-check.ts';
import type { DriftCheckOutputs } from './drift-inputs.ts';
import { historyBranch, historyFile, historyLineOf, readHistory } from './history.ts';
import { type Challenger, trainChallenger } from './retrain/challenger.ts';
import { betterOlderVersion } from './retrain/older-versions.ts';
import { retrainingDecision } from './retrain/policy.ts';
import type { ProposalForge } from './retrain/proposal-input.ts';
import { propose } from './retrain/propose.ts';

/** Inputs of a check and of everything that follows from it. */
export interface MonitorInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
  /** The commit that is checked out: the retraining branch is built on it. */
  readonly commit: string;
  /** Path of ciclo.yml from the repository's root, with forward slashes. */
  readonly repositoryPath: string;
  /** Retrain whatever the policy says. */
  readonly byHand?: boolean;
  /** Address of the workflow run. */
  readonly runUrl?: string;
  /** Address of the site that the checks are shown on, where one is published. */
  readonly siteUrl?: string;
  /** Whether checks of the pull request wait for an approval, as with GITHUB_TOKEN. */
  readonly checksWait: boolean;
}

export type MonitorForge = ProposalForge & Pick<Forge, 'tags' | 'releases' | 'contents'>;

/** What a check found and what was done about it. */
export interface MonitorOutputs extends DriftCheckOutputs {
  /** Why there was a retraining, or none. */
  readonly why: string;
  readonly action: NonNullable<HistoryLine['action']>;
  /** The line that was added to the history; undefined when there is nothing new to say. */
  readonly line?: HistoryLine;
  readonly challenger?: Challenger;
}

/**
 * A scheduled check from end to end: compares, decides by the policy, trains and judges a challenger, proposes it, and
 * notes the check in the history. The note comes last: a run that dies before is repeated whole, and comes to the same.
 *
 * @throws ForgeError when the code host refuses; what was not written yet is written by the next run.
 */
export async function monitor(
  inputs: MonitorInputs,
  ports: VerbPorts & { readonly forge: MonitorForge },
): Promise<MonitorOutputs> {
  const { pipeline } = inputs;
  const { forge, logger, clock } = ports;
  const history = await readHistory(pipeline, forge);
  const checked = await driftCheck({ ...inputs, history }, ports);
  const { report } = checked;
  logger.info(report.headline);
  const decision = retrainingDecision(report, history, pipeline.loaded.config.retrain);
  const byHand = inputs.byHand === true && report.production !== undefined;
  const why = byHand && !decision.retrain ? 'asked for by hand' : decision.why;
  const line = historyLineOf(report, {
    time: clock.now(),
    ...(inputs.runUrl === undefined ? {} : { run: inputs.runUrl }),
  });
  const retrained =
    decision.retrain || byHand
      ? await retrain({ inputs, checked, why, line, history }, ports)
      : { action: { kind: 'none' as const, reason: why } };
  const noted: HistoryLine = { ...line, action: retrained.action };
  const isNew = byHand || isNews(noted, history);
  if (isNew) {
    await appendLine(
      { branches: forge.branches, contents: forge.contents },
      {
        branch: historyBranch,
        pipeline: pipeline.name,
        path: historyFile(pipeline.name),
        line: JSON.stringify(noted),
        key: keyOf,
        message: `drift-check of ${pipeline.name}: ${report.outcome}`,
      },
      { clock },
    );
  }
  return { ...checked, why, ...retrained, ...(isNew ? { line: noted } : {}) };
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

interface Retraining {
  readonly inputs: MonitorInputs;
  readonly checked: DriftCheckOutputs;
  readonly why: string;
  readonly line: HistoryLine;
  readonly history: readonly HistoryLine[];
}

async function retrain(
  { inputs, checked, why, line, history }: Retraining,
  ports: VerbPorts & { readonly forge: MonitorForge },
): Promise<Pick<MonitorOutputs, 'action' | 'challenger'>> {
  const { forge, logger } = ports;
  const { pipeline } = inputs;
  const { config } = pipeline.loaded;
  logger.info(`Retraining: ${why}`);
  const challenger = await trainChallenger(inputs, forge, ports);
  const older =
    checked.labelled &&
    (await betterOlderVersion(
      { name: pipeline.name, config, live: checked.report.production?.tag ?? '' },
      checked.labelled,
      forge,
    ));
  const trained = 'evaluation' in challenger ? challenger : undefined;
  const action = await propose(
    {
      pipeline: pipeline.name,
      config,
      report: checked.report,
      challenger,
      older,
      why,
      line,
      history,
      commit: inputs.commit,
      lockPath: path.posix.join(path.posix.dirname(inputs.repositoryPath), 'ciclo.lock'),
      checksWait: inputs.checksWait,
      ...(inputs.runUrl === undefined ? {} : { runUrl: inputs.runUrl }),
      ...(trained ? { check: checkOf(inputs, trained) } : {}),
    },
    ports,
  );
  logger.info(action.reason);
  return { action, ...(trained ? { challenger: trained } : {}) };
}

/** The check that the gate would write on the branch's head, whose own run may wait for an approval. */
function checkOf(inputs: MonitorInputs, challenger: Challenger): CheckContent {
  const { loaded, name } = inputs.pipeline;
  const report = pullRequestReport({
    outputs: challenger.validated,
    commit: inputs.commit,
    config: inputs.repositoryPath,
    origin: 'repository',
    links: inputs.runUrl === undefined ? {} : { run: inputs.runUrl },
  });
  return {
    name: checkName(name),
    ...(inputs.runUrl === undefined ? {} : { detailsUrl: inputs.runUrl }),
    ...renderCheck(report, { configPath: inputs.repositoryPath, locate: loaded.locate }),
  };
}
