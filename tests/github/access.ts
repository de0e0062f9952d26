import { notFound, Refusal } from './refusal.ts';
import type { Answer, Exchange } from './route.ts';
import type { Permission, Repository, State, Token } from './state.ts';

/** A permission as the API names it: `pull_requests=write`. */
export type Needed = `${string}=${Permission}`;

/** The caller's token. @throws Refusal 401, as GitHub refuses a token that it does not know. */
export function authenticate(state: State, { headers }: Exchange): Token {
  const [, value] = /^(?:token|bearer) (.+)$/i.exec(headers.authorization ?? '') ?? [];
  if (value === undefined) throw new Refusal(401, 'Requires authentication');
  const token = state.tokens.get(value);
  if (!token) throw new Refusal(401, 'Bad credentials');
  return token;
}

/** The repository of the path. @throws Refusal 404 */
function repositoryOf(state: State, { params }: Exchange): Repository {
  const repository = state.repositories.get(`${params.owner}/${params.repo}`);
  if (!repository) throw notFound();
  return repository;
}

/** Holds the token against permissions of which one is enough. A public repository is read by any token. */
function authorise(token: Token, repository: Repository, accepted: readonly Needed[]): void {
  const enough = accepted.some((needed) => {
    const [name = '', level] = needed.split('=');
    if (level === 'read' && !repository.private) return true;
    const held = token.permissions[name];
    return held === 'write' || (held === 'read' && level === 'read');
  });
  if (!enough) throw notAccessible(token, accepted);
}

/** GitHub's 403 for a right that a token has not: it names what would do. */
export function notAccessible(token: Token, accepted: readonly Needed[]): Refusal {
  const who = token.kind === 'installation' ? 'integration' : 'personal access token';
  return new Refusal(403, `Resource not accessible by ${who}`, {
    headers: { 'x-accepted-github-permissions': accepted.join('; ') },
  });
}

/** What a guarded route is given. */
export interface Call {
  readonly exchange: Exchange;
  readonly token: Token;
  readonly repository: Repository;
}

/** A route of a repository: known token, known repository, one of the permissions. */
export function guarded(
  state: State,
  accepted: readonly Needed[],
  answer: (call: Call) => Answer,
): (exchange: Exchange) => Answer {
  return (exchange) => {
    const token = authenticate(state, exchange);
    const repository = repositoryOf(state, exchange);
    authorise(token, repository, accepted);
    return answer({ exchange, token, repository });
  };
}

/** The JSON body. @throws Refusal 400, as GitHub refuses what it cannot parse. */
export function jsonBody({ body }: Exchange): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (value !== null && typeof value === 'object') return value as Record<string, unknown>;
  } catch {
    // Refused below, as an array or a bare text is.
  }
  throw new Refusal(400, 'Problems parsing JSON');
}
