/** The reusable workflows that a repository's own workflows call. */
export type ReusableWorkflow = 'gate' | 'deploy' | 'drift' | 'pages' | 'comment';

/** A right of the job that calls, and what it is for. */
export interface WorkflowRight {
  readonly permission: string;
  readonly level: 'read' | 'write';
  readonly why: string;
}

const right = (permission: string, level: WorkflowRight['level'], why: string): WorkflowRight => ({
  permission,
  level,
  why,
});

/**
 * What a job must grant to call each: a part of what v1 promises, compared with the workflows themselves by a test. Less, and
 * the run ends before it starts; more is not needed.
 */
export const workflowRights: Readonly<Record<ReusableWorkflow, readonly WorkflowRight[]>> = {
  gate: [
    right('contents', 'read', 'to check out, and to read ciclo.yml of the base branch'),
    right('pull-requests', 'write', 'to comment on the pull request'),
    right('checks', 'write', 'to write the check on the head commit'),
  ],
  deploy: [
    right('contents', 'write', 'to tag the version and to publish its release'),
    right('checks', 'read', 'to find what the merged pull request was judged on'),
    right('deployments', 'write', 'to say how the deployment goes'),
    right('id-token', 'write', "to sign the bundle's attestation"),
    right('attestations', 'write', 'to store the attestation'),
    right('pull-requests', 'read', 'to find the merged pull request'),
  ],
  drift: [
    right(
      'contents',
      'write',
      'to note the check on ciclo-history, and to commit the new lock to ciclo/retrain',
    ),
    right('pull-requests', 'write', 'to open the retraining pull request'),
    right('issues', 'write', 'to open an issue where the new model is not better, and for labels'),
    right('checks', 'write', 'to write the check on the head of the retraining branch'),
  ],
  pages: [
    right('contents', 'read', 'to read tags, releases and the branch ciclo-history'),
    right('pages', 'write', 'to publish the site'),
    right('id-token', 'write', 'to show GitHub Pages which workflow publishes'),
  ],
  comment: [
    right('actions', 'read', 'to read the run and its artifacts'),
    right('contents', 'read', 'to read ciclo.yml at both ends of the pull request'),
    right('pull-requests', 'write', 'to comment on the pull request'),
  ],
};
