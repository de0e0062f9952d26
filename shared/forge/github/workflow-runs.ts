import { ForgeError } from '../ports/forge-error.ts';
import type { WorkflowRuns } from '../ports/workflow-runs.ts';
import { createSession, type GitHubForgeOptions } from './session.ts';

/**
 * Runs of a repository's workflows by GitHub's REST API.
 *
 * @throws ForgeError from its methods, as {@link WorkflowRuns} says.
 */
export function createGitHubWorkflowRuns(options: GitHubForgeOptions): WorkflowRuns {
  const { client, repository, attempt } = createSession(options);
  return {
    async get(id) {
      try {
        const { data } = await attempt(
          { doing: `reading workflow run ${id}`, permission: 'actions: read' },
          async () => client.rest.actions.getWorkflowRun({ ...repository, run_id: id }),
        );
        return {
          id: data.id,
          event: data.event,
          head: {
            commit: data.head_sha,
            branch: data.head_branch ?? undefined,
            owner: data.head_repository?.owner.login,
            repository: data.head_repository?.full_name,
          },
          url: data.html_url,
        };
      } catch (error) {
        if (error instanceof ForgeError && error.status === 404) return undefined;
        throw error;
      }
    },
  };
}
