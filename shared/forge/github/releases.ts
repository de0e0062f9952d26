import { ForgeError } from '../ports/forge-error.ts';
import type { Release, Releases } from '../ports/releases.ts';
import { createGitHubReleaseAssets } from './release-assets.ts';
import type { GitHubSession } from './session.ts';

/** The parts of GitHub's answer that are read. */
interface ReleaseBody {
  readonly id: number;
  readonly tag_name: string;
  readonly name: string | null;
  readonly body?: string | null;
  readonly draft: boolean;
  readonly html_url: string;
  readonly upload_url: string;
}

/** Releases by GitHub's REST API. @throws ForgeError from its methods, as {@link Releases} says. */
export function createGitHubReleases(session: GitHubSession): Releases {
  const { client, repository, attempt } = session;
  const { repos } = client.rest;
  const read = 'contents: read';
  const write = 'contents: write';

  async function isThere(tag: string, doing: string): Promise<void> {
    const ref = await orUndefined(
      attempt({ doing, permission: read }, () =>
        client.rest.git.getRef({ ...repository, ref: `tags/${tag}` }),
      ),
    );
    if (!ref) throw new ForgeError(`${doing}: there is no tag ${tag}; create it first`, 422);
  }

  return {
    ...createGitHubReleaseAssets(session),
    published(tag) {
      const doing = `looking for the release ${tag}`;
      return orUndefined(
        attempt({ doing, permission: read }, async () =>
          parseRelease((await repos.getReleaseByTag({ ...repository, tag })).data),
        ),
      );
    },
    drafts(tag) {
      const doing = `looking for drafts of the release ${tag}`;
      return attempt({ doing, permission: write }, async () => {
        // By tag GitHub finds only published ones.
        const all = await client.paginate(repos.listReleases, { ...repository, per_page: 100 });
        return all
          .filter((release) => release.draft && release.tag_name === tag)
          .sort((a, b) => a.id - b.id)
          .map(parseRelease);
      });
    },
    latest() {
      return orUndefined(
        attempt({ doing: 'looking for the latest release', permission: read }, async () =>
          parseRelease((await repos.getLatestRelease(repository)).data),
        ),
      );
    },
    createDraft({ tag, title, body }) {
      const doing = `drafting the release ${tag}`;
      return attempt({ doing, permission: write }, async () => {
        // Without `target_commitish`: for an older commit GitHub refuses it, and the tag is there by the time that matters.
        const request = { ...repository, tag_name: tag, name: title, body, draft: true };
        return parseRelease((await repos.createRelease(request)).data);
      });
    },
    update(id, { title, body }) {
      return attempt({ doing: `updating release ${id}`, permission: write }, async () => {
        const request = { ...repository, release_id: id, name: title, body };
        return parseRelease((await repos.updateRelease(request)).data);
      });
    },
    async publish({ id, tag }, { latest }) {
      const doing = `publishing the release ${tag}`;
      await isThere(tag, doing);
      return attempt({ doing, permission: write }, async () => {
        const make_latest = latest ? 'true' : 'false';
        const request = { ...repository, release_id: id, draft: false, make_latest } as const;
        return parseRelease((await repos.updateRelease(request)).data);
      });
    },
    async deleteDraft(id) {
      const doing = `deleting the draft release ${id}`;
      const release = await orUndefined(
        attempt({ doing, permission: write }, () => repos.getRelease({ ...repository, release_id: id })),
      );
      if (release && !release.data.draft) throw new ForgeError(`${doing}: it is published`, 422);
      if (!release) return;
      await orUndefined(
        attempt({ doing, permission: write }, () => repos.deleteRelease({ ...repository, release_id: id })),
      );
    },
  };
}

function parseRelease({ id, tag_name, name, body, draft, html_url, upload_url }: ReleaseBody): Release {
  return {
    id,
    tag: tag_name,
    title: name ?? '',
    body: body ?? '',
    draft,
    url: html_url,
    uploadUrl: upload_url,
  };
}

/** What is not there is no error. */
async function orUndefined<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ForgeError && error.status === 404) return undefined;
    throw error;
  }
}
