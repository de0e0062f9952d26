// The comment on a pull request from a fork, written by a workflow run of its own that may write.
import path from 'node:path';
import type { EvaluationReader } from '../../shared/artifacts/store/artifact-reader.ts';
import type { EvaluationArtifact } from '../../shared/artifacts/store/evaluation-artifact.ts';
import { declarationChanges } from '../../shared/config/declaration/declaration-changes.ts';
import { parseConfig } from '../../shared/config/load.ts';
import { parseLock } from '../../shared/config/lock/lock-file.ts';
import type { Forge, PullRequest } from '../../shared/forge/ports/forge.ts';
import type { WorkflowRun, WorkflowRuns } from '../../shared/forge/ports/workflow-runs.ts';
import { upsertComment } from '../../shared/forge/upsert/sticky-comment.ts';
import { ConfigurationError, IntegrityError } from '../../shared/platform/errors.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';
import { evaluationComment } from '../validate/evaluation-comment.ts';
import { evaluationMarker } from '../validate/publication.ts';

/** Inputs of the verb comment. */
export interface CommentInputs {
  /** The run of the workflow that judged the pull request. */
  readonly runId: number;
  /** Path of each pipeline's ciclo.yml from the repository's root. */
  readonly configs: readonly string[];
}

export interface CommentPorts {
  readonly forge: Pick<Forge, 'comments' | 'contents' | 'pullRequests'>;
  readonly runs: WorkflowRuns;
  /** Evaluations of another run, all of which may be a stranger's: everything that can be checked is. */
  readonly evaluations: EvaluationReader;
  readonly logger: Logger;
}

/** What comment did. */
export interface CommentOutputs {
  /** Absent when the run's commit is no longer the head of an open pull request. */
  readonly pullRequest?: number;
  /** One for each pipeline. */
  readonly comments: readonly string[];
  /** Artifacts that were refused, and why. */
  readonly refused: readonly string[];
}

/**
 * Comments on a pull request from a fork, whose own run may not. Only the run number is taken from the event; commit,
 * branch and pull request are asked of the code host, and nothing of the artifact is believed that cannot be checked:
 * it is read in memory, by schema, and rendered as numbers and escaped names. The fork's code is neither checked out nor
 * run.
 *
 * @throws ConfigurationError when there is no such run, or its artifact cannot be read.
 */
export async function comment(inputs: CommentInputs, ports: CommentPorts): Promise<CommentOutputs> {
  const { logger } = ports;
  const run = await ports.runs.get(inputs.runId);
  if (!run)
    throw new ConfigurationError(`run-id: there is no workflow run ${inputs.runId} in this repository`);
  if (run.event !== 'pull_request' && run.event !== 'pull_request_review') {
    logger.info(
      `Run ${run.id} was started by ${run.event}, not by a pull request: there is nothing to comment on`,
    );
    return { comments: [], refused: [] };
  }
  const pullRequest = await pullRequestOf(run, ports);
  if (!pullRequest) {
    logger.info(
      `The commit ${run.head.commit} is not the head of an open pull request now: a newer run will comment`,
    );
    return { comments: [], refused: [] };
  }
  const artifacts = await ports.evaluations.list(run.id);
  if (artifacts.length === 0)
    logger.info(`Run ${run.id} has stored no evaluation: it ended before one was made`);
  const compared =
    artifacts.length === 0
      ? []
      : await Promise.all(inputs.configs.map((config) => declarationOf(config, pullRequest, ports)));
  const comments: string[] = [];
  const refused: string[] = [];
  for (const artifact of artifacts) {
    try {
      const read = await ports.evaluations.read(artifact);
      comments.push(await write(read, { run, pullRequest, compared }, ports));
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error;
      refused.push(`${artifact.name}: ${error.message}`);
    }
  }
  return { pullRequest: pullRequest.number, comments, refused };
}

/** The open pull request whose head is this very commit: found through the code host, never named by the run. */
async function pullRequestOf(
  { head }: WorkflowRun,
  { forge }: CommentPorts,
): Promise<PullRequest | undefined> {
  if (head.owner === undefined || head.branch === undefined) return undefined;
  const candidates = await forge.pullRequests.withHead(head.owner, head.branch);
  return candidates.find(({ state, head: { commit } }) => state === 'open' && commit === head.commit);
}

interface ComparedDeclaration {
  readonly config: string;
  /** Whose rules they are, where ciclo.yml says it: the run may have judged other pipelines too. */
  readonly pipeline?: string | undefined;
  readonly declaration?: NonNullable<PullRequestReport['declaration']>;
}

/** What the pull request changes of the rules it is judged by, unless the two files cannot be compared. */
async function declarationOf(
  config: string,
  { base, head }: PullRequest,
  { forge, logger }: CommentPorts,
): Promise<ComparedDeclaration> {
  const lock = path.posix.join(path.posix.dirname(config), 'ciclo.lock');
  const [before, after, ...locks] = await Promise.all([
    forge.contents.read(config, base.commit),
    forge.contents.read(config, head.commit),
    forge.contents.read(lock, base.commit),
    forge.contents.read(lock, head.commit),
  ]);
  if (before === undefined || after === undefined) return { config };
  try {
    const changed = parseConfig(after, config);
    const [was, is] = locks.map((text) => (text === undefined ? undefined : parseLock(text, lock)));
    const changes = declarationChanges(
      { ...parseConfig(before, config), lock: was },
      { ...changed, lock: is },
    );
    return { config, pipeline: changed.config.name, declaration: { base: base.branch, changes } };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    logger.info(`${config} of the pull request and of ${base.branch} could not be compared`);
    return { config };
  }
}

/** The pull request that was judged, and by which run. */
interface JudgedPullRequest {
  readonly run: WorkflowRun;
  readonly pullRequest: PullRequest;
  readonly compared: readonly ComparedDeclaration[];
}

/** The pipeline's own file: the one with its name or, where there is one file alone without a name, that. */
function ownOf(compared: readonly ComparedDeclaration[], pipeline: string): ComparedDeclaration | undefined {
  const named = compared.find((one) => one.pipeline === pipeline);
  return named ?? (compared.length === 1 && compared[0]?.pipeline === undefined ? compared[0] : undefined);
}

async function write(
  { evaluation, manifest }: EvaluationArtifact,
  { run, pullRequest, compared }: JudgedPullRequest,
  { forge, logger }: CommentPorts,
): Promise<string> {
  const { commit } = run.head;
  const own = ownOf(compared, evaluation.pipeline);
  const report: PullRequestReport = {
    evaluation,
    ...(own?.declaration ? { declaration: own.declaration } : {}),
    provenance: {
      commit,
      digests: {
        evaluation: manifest.digest,
        ...(evaluation.dataset === undefined ? {} : { dataset: evaluation.dataset }),
        ...(evaluation.model === undefined ? {} : { model: evaluation.model }),
      },
      fingerprint: manifest.fingerprint,
      version: manifest.versions.ciclo ?? 'unknown',
    },
    links: { run: run.url },
    origin: 'fork',
    command: [
      `git fetch origin pull/${pullRequest.number}/head`,
      `git checkout ${commit}`,
      own ? `npx ciclo run --config ${own.config}` : 'npx ciclo run',
    ],
  };
  const { comment: written } = await upsertComment(forge.comments, {
    pullRequest: pullRequest.number,
    marker: evaluationMarker(evaluation.pipeline),
    body: (earlier) => evaluationComment(report, earlier, { logger }),
  });
  return written.url;
}
