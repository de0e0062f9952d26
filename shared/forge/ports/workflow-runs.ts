/** A run of a workflow, as the code host tells it. */
export interface WorkflowRun {
  readonly id: number;
  readonly event: string;
  readonly head: {
    readonly commit: string;
    readonly branch: string | undefined;
    /** Whose repository the commit came from; undefined when that is gone. */
    readonly owner: string | undefined;
    readonly repository: string | undefined;
  };
  readonly url: string;
}

/** Runs of workflows, asked for by number. */
export interface WorkflowRuns {
  get(id: number): Promise<WorkflowRun | undefined>;
}
