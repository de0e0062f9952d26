import { completeBody } from '../openapi-filler.ts';
import type { Exchange } from '../route.ts';
import type { CheckRun, Repository } from '../state.ts';
import { apiOf, appBody, type RouteContext, site } from './context.ts';

/** A check run as GitHub shows it: annotations only by their number. */
export function checkBody(
  context: RouteContext,
  exchange: Exchange,
  repository: Repository,
  run: CheckRun,
): object {
  const url = `${apiOf(context, exchange, repository)}/check-runs/${run.id}`;
  return completeBody(context.document, 'check-run', {
    id: run.id,
    name: run.name,
    head_sha: run.sha,
    external_id: run.externalId ?? '',
    url,
    html_url: `${site}/${repository.owner}/${repository.name}/runs/${run.id}`,
    details_url: run.detailsUrl ?? null,
    status: run.status,
    conclusion: run.conclusion ?? null,
    started_at: run.startedAt,
    completed_at: run.completedAt ?? null,
    output: {
      title: run.output.title ?? null,
      summary: run.output.summary ?? null,
      text: run.output.text ?? null,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    app: appBody(context, run.app),
  });
}
