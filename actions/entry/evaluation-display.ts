import type { Forge } from '../../shared/forge/ports/forge.ts';
import { roomBelow } from '../../shared/forge/upsert/sticky-comment.ts';
import { renderCheck } from '../../shared/report/pull-request/check-output.ts';
import { renderComment } from '../../shared/report/pull-request/comment.ts';
import { renderJobSummary } from '../../shared/report/pull-request/job-summary.ts';
import type { DeclaredChange } from '../validate/declared-change.ts';
import { formatJudgedLine, judgedInputsOf } from '../validate/judged-line.ts';
import { checkName, evaluationMarker, type Published, publishEvaluation } from '../validate/publication.ts';
import { pullRequestReport } from '../validate/pull-request-report.ts';
import type { ValidateOutputs } from '../validate/validate.ts';
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
  const { inputs, place, outputs, declared, forge } = shown;
  const { context, ports } = host;
  const head = place.pipeline.loaded;
  const configPath = place.repositoryPath ?? head.file;
  const pullRequest = context.pullRequest;
  const fork = pullRequest?.fork === true;
  const report = pullRequestReport({
    outputs,
    commit: context.commit,
    config: configPath,
    origin: fork ? 'fork' : 'repository',
    links: linksOf(shown, context),
    ...(declared ? { declared } : {}),
  });
  await host.summarise(renderJobSummary(report));
  if (!forge) return {};
  if (fork) {
    ports.logger.info(
      'a pull request from a fork has a read-only token: this job is the check, and the workflow comment.yml writes the comment',
    );
    return {};
  }
  const name = outputs.evaluation.pipeline;
  const check = renderCheck(report, {
    configPath,
    locate: head.locate,
  });
  const marker = evaluationMarker(name);
  return publishEvaluation(
    {
      pipeline: name,
      ...(inputs.comment && pullRequest
        ? { comment: { pullRequest: pullRequest.number, body: renderComment(report, roomBelow(marker)) } }
        : {}),
      ...(inputs.check
        ? {
            check: {
              commit: context.commit,
              content: {
                name: checkName(name),
                detailsUrl: context.run.url,
                ...check,
                summary: `${check.summary}\n\n${formatJudgedLine(judgedInputsOf(outputs.judged.model.manifest))}`,
              },
            },
          }
        : {}),
    },
    { forge, logger: ports.logger },
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
