import { reusableWorkflow } from './published-actions.ts';
import { type ReusableWorkflow, workflowRights } from './workflow-rights.ts';

/** What the workflows of a repository depend on. */
export interface WorkflowPlan {
  /** Folder of the pipeline from the root of the repository, with forward slashes; `.` for the root. */
  readonly folder: string;
  readonly defaultBranch: string;
  /** Names of the secrets that the source needs. */
  readonly secrets: readonly string[];
  /** Minute and hour of Mondays at which the drift check runs, in UTC. */
  readonly schedule: { readonly minute: number; readonly hour: number };
}

/** The workflows that can be written, by the name of their file. */
export const workflowFiles = ['model.yml', 'drift.yml', 'pages.yml', 'comment.yml'] as const;

export type WorkflowFile = (typeof workflowFiles)[number];

/** The text of a workflow of the user's repository, which calls the reusable workflows of a release. */
export function workflowText(file: WorkflowFile, plan: WorkflowPlan): string {
  const texts: Record<WorkflowFile, () => string> = {
    'model.yml': () => modelText(plan),
    'drift.yml': () => driftText(plan),
    'pages.yml': () => pagesText(plan),
    'comment.yml': () => commentText(plan),
  };
  return texts[file]();
}

function modelText(plan: WorkflowPlan): string {
  return `# Judges every change on rows that the model has not seen, and deploys what is merged. The check to require is "gate / gate".
name: model

on:
  pull_request:
    # The labels: by one of them a maintainer agrees to rules that are loosened; a review agrees, too.
    types: [opened, synchronize, reopened, labeled, unlabeled]
  pull_request_review:
    types: [submitted, dismissed]
  merge_group:
  push:
    branches: [${branchText(plan)}]
  workflow_dispatch:
    inputs:
      rollback-to:
        description: Version to go back to, such as v1.2.0, or previous; empty deploys ${plan.defaultBranch} again
        default: ''

permissions: {}

jobs:
  gate:
    name: gate
    if: startsWith(github.event_name, 'pull_request') || github.event_name == 'merge_group'
${call('gate', plan)}
  deploy:
    name: deploy
    if: github.event_name == 'push' || github.event_name == 'workflow_dispatch'
${call('deploy', plan, ["rollback-to: ${{ inputs.rollback-to || '' }}"])}`;
}

function driftText(plan: WorkflowPlan): string {
  const { minute, hour } = plan.schedule;
  return `# Looks every Monday at what came since the model in production was made, and opens a retraining pull request when it drifted.
name: drift

on:
  schedule:
    - cron: '${minute} ${hour} * * 1'
  workflow_dispatch:
    inputs:
      retrain:
        description: auto, always or never
        default: auto

permissions: {}

jobs:
  drift:
    name: drift
${call('drift', plan, ["retrain: ${{ inputs.retrain || 'auto' }}"])}`;
}

function pagesText(plan: WorkflowPlan): string {
  return `# Publishes the site on GitHub Pages after every deployment and drift check. Settings → Pages → Source must be "GitHub Actions".
name: pages

on:
  workflow_run: # zizmor: ignore[dangerous-triggers] nothing of the run that ended is checked out, run or read
    workflows: [model, drift]
    branches: [${branchText(plan)}]
    types: [completed]
  workflow_dispatch:

permissions: {}

jobs:
  pages:
    name: pages
    # After a pull request's run nothing is new; after a failed deployment the environment has what it had.
    if: github.event_name == 'workflow_dispatch' || (github.event.workflow_run.conclusion == 'success' && github.event.workflow_run.event != 'pull_request')
${call('pages', { ...plan, folder: '.', secrets: [] })}`;
}

function commentText(plan: WorkflowPlan): string {
  const config = plan.folder === '.' ? 'ciclo.yml' : `${plan.folder}/ciclo.yml`;
  return `# Comments for pull requests from forks: their own run has a token that may only read. It checks out and runs nothing of theirs.
name: comment

on:
  workflow_run: # zizmor: ignore[dangerous-triggers] nothing of the fork is checked out or run; its artifact is read as data
    workflows: [model]
    types: [completed]

permissions: {}

jobs:
  comment:
    name: comment
${call('comment', { ...plan, folder: '.', secrets: [] }, plan.folder === '.' ? [] : [`config: ${JSON.stringify(config)}`])}`;
}

/** The lines of a job that call a reusable workflow with its inputs, secrets and rights. */
function call(name: ReusableWorkflow, plan: WorkflowPlan, inputs: readonly string[] = []): string {
  const all = [
    ...(plan.folder === '.' ? [] : [`working-directory: ${JSON.stringify(plan.folder)}`]),
    ...inputs,
  ];
  return `${[
    `    uses: ${reusableWorkflow(name)}`,
    ...(all.length === 0 ? [] : ['    with:', ...all.map((line) => `      ${line}`)]),
    ...(plan.secrets.length === 0
      ? []
      : ['    secrets:', ...plan.secrets.map((secret) => `      ${secret}: \${{ secrets.${secret} }}`)]),
    '    permissions:',
    ...workflowRights[name].map(({ permission, level, why }) => `      ${permission}: ${level} # ${why}`),
  ].join('\n')}\n`;
}

function branchText({ defaultBranch }: WorkflowPlan): string {
  return /^[A-Za-z][\w-]*$/.test(defaultBranch) ? defaultBranch : JSON.stringify(defaultBranch);
}
