import type { Repository } from '../ports/forge.ts';
import type { GitHubSession } from './session.ts';

/** Facts of the repository by GitHub's REST API. */
export function createGitHubRepository({ client, repository, attempt }: GitHubSession): Repository {
  return {
    defaultBranch: () =>
      attempt({ doing: 'reading the repository', permission: 'contents: read' }, async () => {
        const { data } = await client.rest.repos.get(repository);
        return data.default_branch;
      }),
  };
}
