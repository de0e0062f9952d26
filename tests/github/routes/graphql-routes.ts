import { authenticate } from '../access.ts';
import type { Answer, Exchange, Route } from '../route.ts';
import type { Repository, Token } from '../state.ts';
import type { RouteContext } from './context.ts';

/** Most objects that are asked for at once. GitHub itself counts nodes, to half a million. */
const objectsLimit = 100;

/**
 * The one query of GraphQL's that is emulated: objects by SHA, with what an annotated tag says. The description of the
 * REST API does not hold it, so the query's text is checked here, to the letter.
 */
export function graphqlRoutes(context: RouteContext): Route[] {
  const answer = (exchange: Exchange): Answer => objects(context, exchange);
  // Where an Enterprise Server has it.
  const paths = ['/graphql', '/api/graphql'];
  return paths.map((path) => ({ method: 'POST', path, contract: 'own', answer }) as const);
}

const shape =
  /^query \(\$owner: String!, \$repo: String!\) \{ repository\(owner: \$owner, name: \$repo\) \{ ((?:\w+: object\(oid: "[0-9a-f]{40}"\) \{ \.\.\.tag \} )+)\} \} fragment tag on Tag \{ message tagger \{ date \} target \{ __typename oid \} \}$/;

function objects({ state }: RouteContext, exchange: Exchange): Answer {
  const token = authenticate(state, exchange);
  const { query, variables } = JSON.parse(exchange.body.toString('utf8')) as {
    readonly query: string;
    readonly variables: { readonly owner: string; readonly repo: string };
  };
  const asked = shape.exec(query.replace(/\s+/g, ' ').trim())?.[1];
  if (asked === undefined) throw new Error(`a query that is not emulated: ${query}`);
  const fields = [...asked.matchAll(/(\w+): object\(oid: "(\w+)"\)/g)];
  if (fields.length > objectsLimit) throw new Error(`${fields.length} objects in one query`);
  const repository = state.repositories.get(`${variables.owner}/${variables.repo}`);
  const refused = refusal(repository, token);
  if (!repository || refused) {
    return { status: 200, body: { data: { repository: null }, errors: [refused] } };
  }
  const found = fields.map(([, alias, sha]) => [alias, objectAt(repository, sha!)] as const);
  return { status: 200, body: { data: { repository: Object.fromEntries(found) } } };
}

function refusal(repository: Repository | undefined, token: Token): object | undefined {
  const path = ['repository'];
  if (!repository)
    return { type: 'NOT_FOUND', path, message: 'Could not resolve to a Repository with that name.' };
  if (!repository.private || token.permissions.contents) return undefined;
  return { type: 'FORBIDDEN', path, message: 'Resource not accessible by integration' };
}

function objectAt(repository: Repository, sha: string): object | null {
  const tag = repository.tagObjects.get(sha);
  // A commit has none of the fragment's fields.
  if (!tag) return repository.commits.has(sha) ? {} : null;
  const target = { __typename: 'Commit', oid: tag.object };
  return { message: tag.message, tagger: { date: tag.tagger.date }, target };
}
