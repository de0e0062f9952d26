import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import type { CheckContent, Forge } from '../../shared/forge/ports/forge.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { renderCheck } from '../../shared/report/pull-request/check-output.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import type { VerbPorts } from '../ports.ts';
import { checkName } from '../validate/publication.ts';
import { pullRequestReport } from '../validate/pull-request-report.ts';
import { driftCheck } from './drift-check.ts';
import type { DriftCheckOutputs } from './drift-inputs.ts';
import { readHistory } from './history.ts';
import { type Challenger, trainChallenger } from './retrain/challenger.ts';
import { betterOlderVersion } from './retrain/older-versions.ts';
import { isForAPerson, retrainingDecision } from './retrain/policy.ts';
import type { Proposal } from './retrain/proposal.ts';

/** Inputs of a check and of the challenger that it leads to. */
export interface ChallengeInputs {
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
}

/** Nothing is written through it. */
export type ChallengeForge = Pick<Forge, 'tags' | 'releases' | 'branches' | 'contents'>;

/** What a check found, and what is to be proposed. */
export interface ChallengeOutputs extends DriftCheckOutputs {
  readonly proposal: Proposal;
  readonly challenger?: Challenger;
}

/**
 * The half of a scheduled check that reads and trains: compares, decides by the policy, trains and judges a challenger.
 * It writes nothing to the code host; `concludeCheck` does, with what this made, in a job that trains nothing.
 *
 * @throws ForgeError when the code host refuses.
 */
export async function challenge(
  inputs: ChallengeInputs,
  ports: VerbPorts & { readonly forge: ChallengeForge },
): Promise<ChallengeOutputs> {
  const { pipeline, commit } = inputs;
  const { forge, logger } = ports;
  const history = await readHistory(pipeline, forge);
  const checked = await driftCheck({ ...inputs, history }, ports);
  const { report } = checked;
  logger.info(report.headline);
  const decision = retrainingDecision(report, history, pipeline.loaded.config.retrain);
  const byHand = inputs.byHand === true && report.production !== undefined && !isForAPerson(report);
  const why = byHand && !decision.retrain ? 'asked for by hand' : decision.why;
  const head = { version: 1, pipeline: pipeline.name, commit, byHand, why, report } as const;
  if (!decision.retrain && !byHand) return { ...checked, proposal: head };
  logger.info(`Retraining: ${why}`);
  const trained = await trainChallenger(inputs, forge, ports);
  const { config } = pipeline.loaded;
  const older =
    checked.labelled &&
    (await betterOlderVersion(
      {
        name: pipeline.name,
        config,
        live: report.production?.tag ?? '',
        places: runtimePlaces(pipeline, ports),
      },
      checked.labelled,
      forge,
    ));
  if (!('evaluation' in trained)) {
    return { ...checked, proposal: { ...head, challenger: trained, ...(older ? { older } : {}) } };
  }
  const { lock, lockChanges, evaluation, training, apart } = trained;
  const proposal: Proposal = {
    ...head,
    challenger: { lock, lockChanges, evaluation, training, ...(apart ? { apart } : {}) },
    ...(older ? { older } : {}),
    check: checkOf(inputs, trained),
  };
  return { ...checked, proposal, challenger: trained };
}

/** Writes the proposal into the run directory, for the job that writes to the code host. */
export async function writeProposal(
  proposal: Proposal,
  { pipeline, output }: Pick<ChallengeInputs, 'pipeline' | 'output'>,
): Promise<{ readonly folder: string; readonly digest: string }> {
  const { folder, manifest } = await writeFolder(
    runDirectoryOf(pipeline, output),
    {
      kind: 'proposal',
      pipeline: pipeline.name,
      fingerprint: digestOf({ kind: 'proposal', resultFormat, ciclo: cicloVersion, proposal }),
      inputs: {},
      versions: { ciclo: cicloVersion },
    },
    new Map([['proposal.json', new TextEncoder().encode(formatJson(proposal))]]),
  );
  return { folder, digest: manifest.digest };
}

/** The check that the gate would write on the branch's head, whose own run may wait for an approval. */
function checkOf(inputs: ChallengeInputs, challenger: Challenger): CheckContent {
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
