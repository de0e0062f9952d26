import type { Tag } from '../ports/tags.ts';
import type { GitHubSession } from './session.ts';

/** What a tag's object says; its name is the ref's. */
export type TagObject = Omit<Tag, 'name'>;

/** Objects of one query. */
const portion = 100;

/** The parts of GitHub's answer that are read. */
interface Found {
  readonly message?: string | null;
  readonly tagger?: { readonly date: string | null } | null;
  readonly target?: { readonly __typename: string; readonly oid: string };
}

/**
 * Reads the objects of annotated tags by GraphQL, a hundred in one request: by REST it would be a request for each, and
 * a workflow's token has a thousand an hour for the whole repository. Objects never change, so each is asked for once.
 */
export function createTagObjects(session: GitHubSession): {
  /** By SHA of the object; those that tag something else than a commit are left out. */
  read(shas: readonly string[], doing: string): Promise<ReadonlyMap<string, TagObject>>;
} {
  const known = new Map<string, TagObject | undefined>();
  return {
    async read(shas, doing) {
      const missing = [...new Set(shas)].filter((sha) => !known.has(sha));
      for (let start = 0; start < missing.length; start += portion) {
        const some = missing.slice(start, start + portion);
        const found = await ask(session, some, doing);
        for (const [i, sha] of some.entries()) known.set(sha, parseObject(found[`t${i}`]));
      }
      return new Map(
        shas.flatMap((sha) => {
          const object = known.get(sha);
          return object ? [[sha, object] as const] : [];
        }),
      );
    },
  };
}

async function ask(
  { client, repository, repeatable, attempt }: GitHubSession,
  shas: readonly string[],
  doing: string,
): Promise<Readonly<Record<string, Found | null>>> {
  const objects = shas.map((sha, i) => `    t${i}: object(oid: ${JSON.stringify(sha)}) { ...tag }`);
  const query = [
    'query ($owner: String!, $repo: String!) {',
    '  repository(owner: $owner, name: $repo) {',
    ...objects,
    '  }',
    '}',
    'fragment tag on Tag { message tagger { date } target { __typename oid } }',
  ].join('\n');
  type Answer = { readonly repository: Readonly<Record<string, Found | null>> | null };
  const { repository: found } = await attempt({ doing, permission: 'contents: read' }, () =>
    client.graphql<Answer>(query, { ...repository, ...repeatable }),
  );
  return found ?? {};
}

function parseObject(found: Found | null | undefined): TagObject | undefined {
  const { message, tagger, target } = found ?? {};
  if (target?.__typename !== 'Commit') return undefined;
  // A tag that another tool wrote may be without a tagger: as old as can be.
  const time = tagger?.date ? Math.floor(Date.parse(tagger.date) / 1000) : 0;
  return { commit: target.oid, time, message: (message ?? '').trimEnd() };
}
