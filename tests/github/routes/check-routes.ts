import { type Call, guarded, jsonBody } from '../access.ts';
import { completeBody } from '../openapi-filler.ts';
import { pageOf } from '../page.ts';
import { notFound, Refusal } from '../refusal.ts';
import type { Answer, Route } from '../route.ts';
import { addCheckRun } from '../run-seed.ts';
import { type App, type CheckRun, commitOf, type Token } from '../state.ts';
import { checkBody } from './check-body.ts';
import { type CheckInput, parseCheckInput } from './check-input.ts';
import type { RouteContext } from './context.ts';

/** Checks of commits. Only apps make them, and each changes only its own. */
export function checkRoutes(context: RouteContext): Route[] {
  const { state } = context;
  return [
    {
      method: 'POST',
      path: '/repos/{owner}/{repo}/check-runs',
      contract: 'openapi',
      answer: guarded(state, ['checks=write'], (call) => create(context, call)),
    },
    {
      method: 'PATCH',
      path: '/repos/{owner}/{repo}/check-runs/{check_run_id}',
      contract: 'openapi',
      answer: guarded(state, ['checks=write'], (call) => update(context, call)),
    },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/check-runs/{check_run_id}/annotations',
      contract: 'openapi',
      answer: guarded(state, ['checks=read'], (call) => annotations(context, call)),
    },
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}/commits/{ref}/check-runs',
      contract: 'openapi',
      answer: guarded(state, ['checks=read'], (call) => list(context, call)),
    },
  ];
}

function appOf({ app }: Token): App {
  if (!app) throw new Refusal(403, 'You must authenticate via a GitHub App.');
  return app;
}

function create(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const app = appOf(token);
  const body = jsonBody(exchange);
  const input = parseCheckInput(body);
  const { name, head_sha: sha } = body;
  if (typeof name !== 'string' || typeof sha !== 'string')
    throw invalid('"name" and "head_sha" are required');
  if (!repository.commits.has(sha)) throw noCommit(sha);
  const run = addCheckRun(context.state, repository, {
    name,
    sha,
    app,
    status: 'queued',
    conclusion: undefined,
  });
  apply(context, run, input);
  return { status: 201, body: checkBody(context, exchange, repository, run) };
}

function update(context: RouteContext, { exchange, repository, token }: Call): Answer {
  const app = appOf(token);
  const run = repository.checkRuns.get(Number(exchange.params.check_run_id));
  if (!run) throw notFound();
  if (run.app.id !== app.id) {
    const message = `Invalid app_id \`${app.id}\` - check run can only be modified by the GitHub App that created it.`;
    throw new Refusal(403, message);
  }
  apply(context, run, parseCheckInput(jsonBody(exchange)));
  return { status: 200, body: checkBody(context, exchange, repository, run) };
}

function annotations(context: RouteContext, { exchange, repository }: Call): Answer {
  const run = repository.checkRuns.get(Number(exchange.params.check_run_id));
  if (!run) throw notFound();
  const { items, headers } = pageOf(exchange, context.basePath, run.annotations);
  const body = items.map((item) => completeBody(context.document, 'check-annotation', item));
  return { status: 200, headers, body };
}

function apply({ state }: RouteContext, run: CheckRun, input: CheckInput): void {
  const { output, conclusion } = input;
  run.name = input.name ?? run.name;
  run.externalId = input.externalId ?? run.externalId;
  run.detailsUrl = input.detailsUrl ?? run.detailsUrl;
  // A conclusion completes the run, whatever its status was.
  run.status = conclusion === undefined ? (input.status ?? run.status) : 'completed';
  run.conclusion = conclusion ?? run.conclusion;
  run.completedAt = run.status === 'completed' ? (input.completedAt ?? state.now()) : undefined;
  if (!output) return;
  const { title = run.output.title, summary, text } = output;
  run.output = { title, summary, text };
  // Annotations are added to those that are there: GitHub has no way to take one back.
  run.annotations.push(...output.annotations);
}

function list(context: RouteContext, { exchange, repository }: Call): Answer {
  const commit = commitOf(repository, exchange.params.ref ?? '');
  if (!commit) throw noCommit(exchange.params.ref ?? '');
  const { query } = exchange;
  const wanted = (key: string, value: string): boolean => !query.has(key) || query.get(key) === value;
  const runs = [...repository.checkRuns.values()]
    .filter(({ sha, name }) => sha === commit.sha && wanted('check_name', name))
    .filter(({ app, status }) => wanted('app_id', String(app.id)) && wanted('status', status))
    .reverse();
  const shown = query.get('filter') === 'all' ? runs : latest(runs);
  const { items, headers } = pageOf(exchange, context.basePath, shown);
  const check_runs = items.map((run) => checkBody(context, exchange, repository, run));
  return { status: 200, headers, body: { total_count: shown.length, check_runs } };
}

/** Of each app the newest with each name. */
function latest(runs: readonly CheckRun[]): CheckRun[] {
  const seen = new Set<string>();
  return runs.filter(({ app, name }) => {
    const key = `${app.id} ${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

function noCommit(sha: string): Refusal {
  return invalid(`No commit found for SHA: ${sha}`);
}

function invalid(message: string): Refusal {
  return new Refusal(422, message);
}
