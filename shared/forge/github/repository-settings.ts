import { ForgeError } from '../ports/forge-error.ts';
import type { RepositorySettings } from '../ports/repository-settings.ts';
import { createSession, type GitHubForgeOptions } from './session.ts';

/** As many as are looked at: a repository has few of them. */
const page = { per_page: 100 } as const;

/**
 * How a repository on GitHub is set up, by its REST API. Some of it is shown to administrators only.
 *
 * @throws ForgeError from its methods, a MissingPermissionError where the token may not ask.
 */
export function createGitHubSettings(options: GitHubForgeOptions): RepositorySettings {
  const { client, repository, attempt } = createSession(options);
  return {
    workflows: () =>
      attempt({ doing: 'listing the workflows', permission: 'actions: read' }, async () => {
        const { data } = await client.rest.actions.listRepoWorkflows({ ...repository, ...page });
        return data.workflows.map(({ path, state }) => ({ file: path, state }));
      }),
    secretNames: () =>
      attempt({ doing: 'listing the names of secrets', permission: 'secrets: read' }, async () => {
        const { data } = await client.rest.actions.listRepoSecrets({ ...repository, ...page });
        return data.secrets.map(({ name }) => name);
      }),
    async environmentRules(environment) {
      try {
        return await attempt(
          { doing: `reading the environment ${environment}`, permission: 'actions: read' },
          async () => {
            const { data } = await client.rest.repos.getEnvironment({
              ...repository,
              environment_name: environment,
            });
            return data.protection_rules?.length ?? 0;
          },
        );
      } catch (error) {
        if (!(error instanceof ForgeError) || error.status !== 404) throw error;
        // A repository that the token may not see is not found either.
        await attempt({ doing: 'reading the repository', permission: 'metadata: read' }, async () =>
          client.rest.repos.get(repository),
        );
        return undefined;
      }
    },
    mayOpenPullRequests: () =>
      attempt({ doing: 'reading what workflows may do', permission: 'administration: read' }, async () => {
        const { data } =
          await client.rest.actions.getGithubActionsDefaultWorkflowPermissionsRepository(repository);
        return data.can_approve_pull_request_reviews;
      }),
    codeOwnersErrors: (branch) =>
      attempt({ doing: `reading CODEOWNERS of ${branch}`, permission: 'contents: read' }, async () => {
        const { data } = await client.rest.repos.codeownersErrors({ ...repository, ref: branch });
        return data.errors.map(({ path, line, kind, suggestion }) => ({
          ...{ file: path, line, kind },
          ...(suggestion ? { suggestion } : {}),
        }));
      }),
    requiredChecks: (branch) =>
      attempt({ doing: `reading the rules of ${branch}`, permission: 'metadata: read' }, async () => {
        const { data } = await client.rest.repos.getBranchRules({ ...repository, ...page, branch });
        return data.flatMap((rule) =>
          rule.type === 'required_status_checks'
            ? (rule.parameters?.required_status_checks ?? []).map(({ context }) => context)
            : [],
        );
      }),
  };
}
