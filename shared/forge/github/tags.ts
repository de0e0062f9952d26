import { AlreadyExistsError, ForgeError, isUncertain, WorkflowsDifferError } from '../ports/forge-error.ts';
import { compareTags, type NewTag, type TagOutcome, type Tags } from '../ports/tags.ts';
import type { Attempt } from './github-error.ts';
import type { GitHubSession } from './session.ts';
import { createTagObjects } from './tag-objects.ts';

/** How often the creation of a ref is tried again after GitHub broke off. */
const attempts = 3;

/** Whose GITHUB_TOKEN is, as commits made with it say. */
const bot = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** A ref by its name without `refs/tags/`, and the object it points to. */
interface Ref {
  readonly name: string;
  readonly type: string;
  readonly sha: string;
}

/**
 * Tags by GitHub's REST API; what they say by its GraphQL API.
 *
 * @throws ForgeError from its methods, as {@link Tags} says.
 */
export function createGitHubTags(session: GitHubSession): Tags {
  const { client, repository, repeatable, attempt, clock } = session;
  const objects = createTagObjects(session);

  async function at(ref: Ref, doing: string): Promise<Omit<TagOutcome, 'change'>> {
    if (ref.type !== 'tag') return { commit: ref.sha, tag: undefined };
    const object = (await objects.read([ref.sha], doing)).get(ref.sha);
    if (!object) throw new ForgeError(`${doing}: the tag exists, but is not on a commit`, 422);
    return { commit: object.commit, tag: { name: ref.name, ...object } };
  }

  async function existing(name: string, doing: string): Promise<Ref> {
    const { data } = await attempt({ doing, permission: 'contents: read' }, () =>
      client.rest.git.getRef({ ...repository, ref: `tags/${name}` }),
    );
    return parseRef(data);
  }

  /** The same content has the same SHA, however often it is made. */
  async function createObject(tag: NewTag, doing: string): Promise<string> {
    const { name, commit, message, time, tagger = bot } = tag;
    const { data } = await attempt({ doing, permission: 'contents: write' }, () =>
      client.rest.git.createTag({
        ...repository,
        ...repeatable,
        tag: name,
        message,
        object: commit,
        type: 'commit',
        tagger: { ...tagger, date: new Date(time * 1000).toISOString().replace('.000Z', 'Z') },
      }),
    );
    return data.sha;
  }

  return {
    async list(prefix) {
      const doing = `reading the tags ${prefix}*`;
      const refs = await attempt({ doing, permission: 'contents: read' }, async () => {
        const request = { ...repository, ref: `tags/${prefix}` };
        return (await client.paginate(client.rest.git.listMatchingRefs, request)).map(parseRef);
      });
      const annotated = refs.filter(({ type }) => type === 'tag');
      const read = await objects.read(
        annotated.map(({ sha }) => sha),
        doing,
      );
      return annotated
        .flatMap(({ name, sha }) => {
          const object = read.get(sha);
          return object ? [{ name, ...object }] : [];
        })
        .sort(compareTags);
    },

    async create(tag) {
      const { name, commit, time, message } = tag;
      const doing = `tagging ${commit} as ${name}`;
      const sha = await createObject(tag, doing);
      for (let round = 1; ; round++) {
        try {
          const request = { ...repository, ref: `refs/tags/${name}`, sha };
          await attempt({ doing, permission: 'contents: write' }, () => client.rest.git.createRef(request));
          return { change: 'created', commit, tag: { name, commit, time, message } };
        } catch (error) {
          if (error instanceof AlreadyExistsError) {
            const found = await existing(name, doing);
            // Done by a request of ours that broke off.
            const ours = round > 1 && found.sha === sha;
            return { change: ours ? 'created' : 'exists', ...(await at(found, doing)) };
          }
          if (round === attempts || !isUncertain(error)) throw ofWorkflows(error, { doing, commit, name });
          await clock.sleep(1000 * round ** 2);
        }
      }
    },
  };
}

function parseRef(body: {
  readonly ref: string;
  readonly object: { readonly type: string; readonly sha: string };
}): Ref {
  return { name: body.ref.replace(/^refs\/tags\//, ''), type: body.object.type, sha: body.object.sha };
}

/**
 * The tag's object could be made, so the right to write is there. A ref to it that is refused nevertheless is one to a
 * commit with other workflow files: GitHub says no more than `Resource not accessible by integration`.
 */
function ofWorkflows(
  error: unknown,
  {
    doing,
    commit,
    name,
  }: { readonly doing: Attempt['doing']; readonly commit: string; readonly name: string },
): unknown {
  const refused =
    error instanceof ForgeError &&
    (/Resource not accessible by/i.test(String((error.cause as Error | undefined)?.message)) ||
      /without `?workflows?`? permission/i.test(error.message));
  if (!refused) return error;
  const message = [
    `${doing}: GitHub does not let this token tag the commit, since its files in .github/workflows differ from those on`,
    "the default branch, and a workflow's own token may never have the right `workflows: write`. Pass as github-token",
    "an app's token with contents: write and workflows: write, or tag it by hand and run again:",
  ].join(' ');
  const command = `git tag --annotate '${name}' ${commit} --message '${name}' && git push origin 'refs/tags/${name}'`;
  return new WorkflowsDifferError(`${message}\n  ${command}`, { cause: error });
}
