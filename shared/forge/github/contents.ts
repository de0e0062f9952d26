import { decodeContent } from '../limits/text-content.ts';
import type { Contents } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import type { GitHubSession } from './session.ts';

/** Files at a commit, by GitHub's REST API. @throws ForgeError from its methods, as {@link Contents} says. */
export function createGitHubContents({ client, repository, attempt }: GitHubSession): Contents {
  return {
    async read(path, ref) {
      const doing = `reading ${path} at ${ref}`;
      const response = await attempt({ doing, permission: 'contents: read' }, () =>
        client.rest.repos.getContent({ ...repository, path, ref }),
      ).catch((error: unknown) => {
        if (isMissing(error)) return undefined;
        throw error;
      });
      if (!response) return undefined;
      const { data } = response;
      if (Array.isArray(data) || data.type !== 'file' || !('content' in data)) {
        throw new ForgeError(`${doing}: not a file`, undefined);
      }
      const { content, encoding, size } = data;
      // Above GitHub's own limit for inline content there is none.
      return decodeContent(encoding === 'none' ? undefined : Buffer.from(content, 'base64'), { doing, size });
    },
  };
}

/** The path is not there; a ref that is not is an error, and GitHub says so. */
function isMissing(error: unknown): boolean {
  return error instanceof ForgeError && error.status === 404 && !/No commit found/i.test(error.message);
}
