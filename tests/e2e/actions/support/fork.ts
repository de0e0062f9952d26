import { addWorkflowRun } from '../../../github/run-seed.ts';
import { addRepository, openPullRequest } from '../../../github/seed.ts';
import type { PullRequest } from '../../../github/state.ts';
import type { Stage, StageResult } from './open-stage.ts';
import type { Changes } from './repository.ts';

/** What a fork's token may do. */
const readOnly = { contents: 'read', actions: 'read', pull_requests: 'read', checks: 'read' } as const;

/** Opens a pull request from `stranger`'s fork with these changes. */
export async function forkPullRequest(stage: Stage, changes: Changes): Promise<PullRequest> {
  const { github, repository, checkout } = stage;
  const from = addRepository(github.state, 'stranger/fuel', { fork: true });
  const sha = await checkout.commit('their-change', changes);
  const commit = repository.commits.get(sha)!;
  from.commits.set(sha, commit);
  from.refs.set('heads/their-change', sha);
  return openPullRequest(github.state, repository, { branch: 'their-change', from });
}

/** The fork's own run: `pull_request`, with the token that forks get. */
export function runOfFork(
  stage: Stage,
  pull: PullRequest,
  folders?: readonly string[],
): Promise<StageResult> {
  return stage.runPullRequest(pull, { permissions: readOnly, ...(folders ? { folders } : {}) });
}

/** The base repository's own workflow, started when the fork's run has ended. */
export async function runComment(stage: Stage, pull: PullRequest, runId: number): Promise<StageResult> {
  const headRepository = pull.head.repository!;
  addWorkflowRun(stage.github.state, stage.repository, {
    id: runId,
    event: 'pull_request',
    headSha: pull.head.sha,
    headBranch: pull.head.branch,
    headRepository,
  });
  stage.checkout.git('checkout', '--quiet', 'main');
  return stage.run({
    event: 'workflow_run',
    workflow: '.github/workflows/comment.yml',
    permissions: { contents: 'read', actions: 'read', pull_requests: 'write' },
    payload: {
      action: 'completed',
      workflow_run: {
        id: runId,
        workflow_id: 1,
        event: 'pull_request',
        head_sha: pull.head.sha,
        head_branch: pull.head.branch,
        head_repository: { full_name: headRepository },
      },
    },
  });
}
