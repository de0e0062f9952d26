import { parse } from 'yaml';
import { z } from 'zod';
import { publishedActions } from './published-actions.ts';
import { type ReusableWorkflow, workflowRights } from './workflow-rights.ts';

/** A job that calls one of Ciclo's reusable workflows. */
export interface WorkflowCall {
  readonly job: string;
  readonly workflow: ReusableWorkflow;
  /** The tag, branch or commit after `@`. */
  readonly ref: string;
  /** What it grants, by permission; `write-all` and `read-all` for all of them; undefined when nothing is said. */
  readonly permissions: Readonly<Record<string, string>> | 'write-all' | 'read-all' | undefined;
  /** Names of secrets that it passes on; `inherit` for all. */
  readonly secrets: readonly string[] | 'inherit';
  /** Its input of that name; undefined when it is made by an expression. */
  readonly folder: string | undefined;
}

/** What matters of a workflow file. */
export interface CallingWorkflow {
  readonly calls: readonly WorkflowCall[];
  /** Whether a clock starts it. */
  readonly scheduled: boolean;
}

const permissions = z.union([z.record(z.string(), z.string()), z.enum(['write-all', 'read-all'])]);
const workflowSchema = z.object({
  on: z.unknown(),
  permissions: permissions.optional().catch(undefined),
  jobs: z
    .record(
      z.string(),
      z.object({
        uses: z.string().optional().catch(undefined),
        permissions: permissions.optional().catch(undefined),
        secrets: z
          .union([z.literal('inherit'), z.record(z.string(), z.unknown())])
          .optional()
          .catch(undefined),
        with: z.record(z.string(), z.unknown()).optional().catch(undefined),
      }),
    )
    .catch({}),
});

/**
 * The calls of a workflow file.
 *
 * @param text YAML.
 * @throws an error of the YAML reader for what is none.
 */
export function callsIn(text: string): CallingWorkflow {
  const workflow = workflowSchema.safeParse(parse(text)).data;
  if (!workflow) return { calls: [], scheduled: false };
  const calls = Object.entries(workflow.jobs).flatMap(([job, { uses = '', ...rest }]): WorkflowCall[] => {
    const called = calledBy(uses);
    if (!called) return [];
    const folder = rest.with?.['working-directory'] ?? '.';
    return [
      {
        job,
        ...called,
        permissions: rest.permissions ?? workflow.permissions,
        secrets: rest.secrets === 'inherit' ? 'inherit' : Object.keys(rest.secrets ?? {}),
        folder: typeof folder === 'string' && !folder.includes('${{') ? folder : undefined,
      },
    ];
  });
  const { on } = workflow;
  return { calls, scheduled: typeof on === 'object' && on !== null && 'schedule' in on };
}

function calledBy(uses: string): Pick<WorkflowCall, 'workflow' | 'ref'> | undefined {
  const start = `${publishedActions.repository}/.github/workflows/`;
  const match = uses.startsWith(start) ? /^([a-z]+)\.yml@(.+)$/.exec(uses.slice(start.length)) : undefined;
  const [, workflow = '', ref = ''] = match ?? [];
  return Object.hasOwn(workflowRights, workflow)
    ? { workflow: workflow as ReusableWorkflow, ref }
    : undefined;
}

/** The lines of `permissions` that a call lacks: `checks: write`. */
export function missingRights({ workflow, permissions }: WorkflowCall): string[] {
  if (permissions === 'write-all') return [];
  return workflowRights[workflow]
    .filter(({ permission, level }) => {
      if (permissions === 'read-all') return level === 'write';
      const granted = permissions?.[permission];
      return granted !== 'write' && granted !== level;
    })
    .map(({ permission, level }) => `${permission}: ${level}`);
}
