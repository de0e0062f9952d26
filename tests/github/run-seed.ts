import {
  actionsApp,
  type CheckRun,
  type Overrides,
  type Repository,
  type State,
  type WorkflowRun,
} from './state.ts';

/** A check run of the Actions app, done and well unless said otherwise. */
export function addCheckRun(
  state: State,
  repository: Repository,
  seed: Pick<CheckRun, 'name' | 'sha'> & Overrides<CheckRun>,
): CheckRun {
  const now = state.now();
  const run: CheckRun = {
    id: state.nextId(),
    app: actionsApp,
    externalId: undefined,
    detailsUrl: undefined,
    status: 'completed',
    conclusion: 'success',
    startedAt: now,
    completedAt: now,
    output: { title: undefined, summary: undefined, text: undefined },
    annotations: [],
    ...seed,
  };
  repository.checkRuns.set(run.id, run);
  return run;
}

/** A finished run of a workflow; by default of a push to the default branch. */
export function addWorkflowRun(
  state: State,
  repository: Repository,
  overrides: Overrides<WorkflowRun> = {},
): WorkflowRun {
  const run: WorkflowRun = {
    id: state.nextId(),
    name: 'model',
    path: '.github/workflows/model.yml',
    event: 'push',
    headSha: repository.refs.get(`heads/${repository.defaultBranch}`) ?? '',
    headBranch: repository.defaultBranch,
    headRepository: `${repository.owner}/${repository.name}`,
    attempt: 1,
    status: 'completed',
    conclusion: 'success',
    createdAt: state.now(),
    ...overrides,
  };
  repository.workflowRuns.set(run.id, run);
  return run;
}
