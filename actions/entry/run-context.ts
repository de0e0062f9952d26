import { z } from 'zod';
import { ConfigurationError, messageOf, quote } from '../../shared/platform/errors.ts';

/** The pull request that a run is about. */
export interface PullRequestContext {
  readonly number: number;
  readonly head: string;
  readonly base: { readonly branch: string; readonly commit: string };
  /** The head is in another repository (or in one that is gone): its token is read-only and its author a stranger. */
  readonly fork: boolean;
}

/** What the runner says about the run. */
export interface RunContext {
  readonly repository: { readonly owner: string; readonly name: string };
  readonly event: string;
  /** The commit that checks belong to: a pull request's head, a merge group's head, else the commit that runs. */
  readonly commit: string;
  readonly pullRequest?: PullRequestContext;
  /** The commit that runs: of a pull request, its merge into the base. */
  readonly ranCommit: string;
  /** What the run is of: `refs/heads/main`, `refs/tags/v1`; empty where the runner does not say. */
  readonly ref: string;
  /** In a merge queue, the number of the pull request whose turn it is. */
  readonly queued?: number;
  /** What the change is to be merged into. */
  readonly base?: { readonly branch: string; readonly commit: string };
  readonly run: { readonly id: number; readonly attempt: number; readonly url: string };
  /** Who started the run: of a push who merged. */
  readonly actor: string | undefined;
  readonly workspace: string;
  readonly apiUrl: string;
  readonly serverUrl: string;
  /** The event's payload, for steps that read more of it. */
  readonly payload: unknown;
}

/** The runner's variables that Ciclo reads, as GitHub documents them ("Variables reference"). */
const variables = z.object({
  GITHUB_REPOSITORY: z.string().regex(/^[^/\s]+\/[^/\s]+$/),
  GITHUB_EVENT_NAME: z.string().min(1),
  GITHUB_SHA: z.string().min(1),
  GITHUB_REF: z.string().default(''),
  GITHUB_RUN_ID: z.coerce.number().int(),
  GITHUB_RUN_ATTEMPT: z.coerce.number().int().default(1),
  GITHUB_ACTOR: z.string().min(1).optional(),
  GITHUB_WORKSPACE: z.string().min(1),
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_SERVER_URL: z.url().default('https://github.com'),
});

const side = z.object({ ref: z.string(), sha: z.string() });

/** The parts of an event's payload that Ciclo reads; everything else may be as it likes. */
const payloadSchema = z.object({
  pull_request: z
    .object({
      number: z.int(),
      head: side.extend({ repo: z.object({ full_name: z.string() }).nullish() }),
      base: side,
    })
    .optional(),
  merge_group: z
    .object({
      head_sha: z.string(),
      head_ref: z.string().optional(),
      base_sha: z.string(),
      base_ref: z.string(),
    })
    .optional(),
});

/**
 * Reads where and why this runs.
 *
 * @param environment the process's.
 * @param payload content of the file that GITHUB_EVENT_PATH names, as parsed JSON.
 * @throws ConfigurationError when a variable that every runner sets is missing or not what GitHub documents.
 */
export function parseRunContext(
  environment: Readonly<Record<string, string | undefined>>,
  payload: unknown,
): RunContext {
  const parsed = variables.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const name = String(issue!.path[0]);
    throw new ConfigurationError(
      `this action runs in GitHub Actions, whose runner sets ${name}; here it is ${quote(environment[name])} (${issue!.message}). On a laptop the same work is done by the command ciclo`,
    );
  }
  const event = payloadSchema.safeParse(payload);
  if (!event.success) {
    throw new ConfigurationError(
      `cannot read the payload of the event ${quote(parsed.data.GITHUB_EVENT_NAME)}: ${z.prettifyError(event.error)}`,
    );
  }
  return contextOf(parsed.data, event.data, payload);
}

function contextOf(
  env: z.output<typeof variables>,
  { pull_request: pull, merge_group: group }: z.output<typeof payloadSchema>,
  payload: unknown,
): RunContext {
  const [owner, name] = env.GITHUB_REPOSITORY.split('/') as [string, string];
  const base = pull
    ? { branch: pull.base.ref, commit: pull.base.sha }
    : group && { branch: group.base_ref.replace(/^refs\/heads\//, ''), commit: group.base_sha };
  const queued = group && queuedPullRequest(group.head_ref ?? '');
  return {
    repository: { owner, name },
    event: env.GITHUB_EVENT_NAME,
    ranCommit: env.GITHUB_SHA,
    ref: env.GITHUB_REF,
    ...(queued === undefined ? {} : { queued }),
    commit: pull?.head.sha ?? group?.head_sha ?? env.GITHUB_SHA,
    ...(pull && base
      ? {
          pullRequest: {
            number: pull.number,
            head: pull.head.sha,
            base,
            fork: pull.head.repo?.full_name.toLowerCase() !== env.GITHUB_REPOSITORY.toLowerCase(),
          },
        }
      : {}),
    ...(base ? { base } : {}),
    run: {
      id: env.GITHUB_RUN_ID,
      attempt: env.GITHUB_RUN_ATTEMPT,
      url: `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`,
    },
    actor: env.GITHUB_ACTOR,
    workspace: env.GITHUB_WORKSPACE,
    apiUrl: env.GITHUB_API_URL,
    serverUrl: env.GITHUB_SERVER_URL,
    payload,
  };
}

/** The number in `gh-readonly-queue/<base>/pr-12-<commit>`, the branch that a merge queue makes for a pull request. */
function queuedPullRequest(ref: string): number | undefined {
  const [, number] = /^(?:refs\/heads\/)?gh-readonly-queue\/.+\/pr-(\d+)-[0-9a-f]{40,64}$/.exec(ref) ?? [];
  return number === undefined ? undefined : Number(number);
}

/** Parses the text of the event's payload. @throws ConfigurationError when it is not JSON. */
export function parsePayload(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ConfigurationError(`cannot read the event in ${file}: it is not JSON (${messageOf(error)})`);
  }
}
