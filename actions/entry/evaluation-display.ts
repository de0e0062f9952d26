import type { CheckContent, Comment, Forge } from '../../shared/forge/ports/forge.ts';
import { textBelowMarker } from '../../shared/forge/upsert/marker.ts';
import { renderCheck } from '../../shared/report/pull-request/check-output.ts';
import { renderJobSummary } from '../../shared/report/pull-request/job-summary.ts';
import type { PullRequestReport } from '../../shared/report/pull-request/pull-request-report.ts';
import type { DeclaredChange } from '../validate/declared-change.ts';
import { evaluationComment, looksOfComment } from '../validate/evaluation-comment.ts';
import { formatJudgedLine, judgedInputsOf } from '../validate/judged-line.ts';
import { checkName, type Published, publishEvaluation } from '../validate/publication.ts';
import { pullRequestReport } from '../validate/pull-request-report.ts';
import type { ValidateOutputs } from '../validate/validate-inputs.ts';
import type { StepInputs } from './inputs.ts';
import type { PipelinePlace, StepHost } from './step.ts';

/** What is shown of an evaluation, and where. */
export interface ShownEvaluation {
  readonly inputs: Pick<StepInputs<'validate'>, 'comment' | 'check'>;
  readonly place: PipelinePlace;
  readonly outputs: ValidateOutputs;
  /** Address of the stored report. */
  readonly artifact?: string;
  readonly declared?: DeclaredChange;
  readonly forge?: Forge;
}

/** The summary page of the run always; comment and check where there are a place and the right for them. */
export async function showEvaluation(
  shown: ShownEvaluation,
  host: Pick<StepHost, 'context' | 'ports' | 'summarise'>,
): Promise<Published> {
  const { place, outputs, declared } = shown;
  const { context } = host;
  const report = pullRequestReport({
    outputs,
    commit: context.commit,
    config: place.repositoryPath ?? place.pipeline.loaded.file,
    origin: context.pullRequest?.fork === true ? 'fork' : 'repository',
    links: linksOf(shown, context),
    ...(declared ? { declared } : {}),
  });
  const counted = (comment?: Comment): PullRequestReport => countedReport(report, outputs, comment);
  let published: Published = {};
  try {
    published = await publish(shown, { report, counted }, host);
  } finally {
    await host.summarise(renderJobSummary(counted(published.comment)));
  }
  return published;
}

/** The report with the count of judged models that the comment has: it alone knows those of the whole pull request. */
function countedReport(
  report: PullRequestReport,
  { evaluation, judgedHere }: ValidateOutputs,
  comment?: Comment,
): PullRequestReport {
  const looks = comment && looksOfComment(evaluation, textBelowMarker(comment.body), judgedHere);
  return looks ? { ...report, looks } : report;
}

interface Reports {
  readonly report: PullRequestReport;
  readonly counted: (comment?: Comment) => PullRequestReport;
}

async function publish(
  { inputs, place, outputs, forge }: ShownEvaluation,
  { report, counted }: Reports,
  { context, ports }: Pick<StepHost, 'context' | 'ports'>,
): Promise<Published> {
  const { pullRequest } = context;
  const { logger } = ports;
  if (!forge) return {};
  if (report.origin === 'fork') {
    logger.info(
      'a pull request from a fork has a read-only token: this job is the check, and the workflow comment.yml writes the comment',
    );
    return {};
  }
  const name = outputs.evaluation.pipeline;
  const head = place.pipeline.loaded;
  const configPath = place.repositoryPath ?? head.file;
  const checkContent = (comment?: Comment): CheckContent => {
    const check = renderCheck(counted(comment), { configPath, locate: head.locate });
    return {
      name: checkName(name),
      detailsUrl: context.run.url,
      ...check,
      summary: `${check.summary}\n\n${formatJudgedLine(judgedInputsOf(outputs.judged.model.manifest))}`,
    };
  };
  return publishEvaluation(
    {
      pipeline: name,
      ...(inputs.comment && pullRequest
        ? {
            comment: {
              pullRequest: pullRequest.number,
              body: (earlier) => evaluationComment(report, earlier, { runs: outputs.judgedHere, logger }),
            },
          }
        : {}),
      ...(inputs.check ? { check: { commit: context.commit, content: checkContent } } : {}),
    },
    { forge, logger },
  );
}

function linksOf(
  { place, artifact }: ShownEvaluation,
  { run, serverUrl, repository, commit }: StepHost['context'],
): { run: string; report?: string; config?: string } {
  return {
    run: run.url,
    ...(artifact === undefined ? {} : { report: artifact }),
    ...(place.repositoryPath === undefined
      ? {}
      : {
          config: `${serverUrl}/${repository.owner}/${repository.name}/blob/${commit}/${place.repositoryPath}`,
        }),
  };
}
