import { guarded } from '../access.ts';
import { completeBody } from '../openapi-filler.ts';
import { notFound } from '../refusal.ts';
import type { Exchange, Route } from '../route.ts';
import type { Repository, WorkflowRun } from '../state.ts';
import { apiOf, type RouteContext, repositoryBody, site } from './context.ts';

export function workflowRunRoutes(context: RouteContext): Route[] {
  return [
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/actions/runs/{run_id}',
      contract: 'openapi',
      answer: guarded(context.state, ['actions=read'], ({ exchange, repository }) => {
        const run = repository.workflowRuns.get(Number(exchange.params.run_id));
        if (!run) throw notFound();
        return { status: 200, body: runBody(context, exchange, repository, run) };
      }),
    },
  ];
}

function runBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  run: WorkflowRun,
): object {
  const url = `${apiOf(context, exchange, repository)}/actions/runs/${run.id}`;
  const head = context.state.repositories.get(run.headRepository) ?? repository;
  return completeBody(context.document, 'workflow-run', {
    id: run.id,
    name: run.name,
    display_title: run.name,
    path: run.path,
    event: run.event,
    head_sha: run.headSha,
    head_branch: run.headBranch,
    run_number: 1,
    run_attempt: run.attempt,
    status: run.status,
    conclusion: run.conclusion ?? null,
    created_at: run.createdAt,
    updated_at: run.createdAt,
    url,
    html_url: `${site}/${repository.owner}/${repository.name}/actions/runs/${run.id}`,
    artifacts_url: `${url}/artifacts`,
    // As on GitHub: empty for a run of a fork's pull request.
    pull_requests: [],
    repository: repositoryBody(context, exchange, repository, 'minimal-repository'),
    head_repository: repositoryBody(context, exchange, head, 'minimal-repository'),
  });
}
