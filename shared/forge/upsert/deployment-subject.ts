import { z } from 'zod';
import type { Deployment, DeploymentStatus, Deployments } from '../ports/deployments.ts';

/** What a deployment of Ciclo's puts somewhere. */
export interface StageAssignment {
  /** The pipeline's name in ciclo.yml. */
  readonly pipeline: string;
  /** `fuel@v1.2.0` */
  readonly version: string;
  /** The tag by which the stage got the version, `fuel#production#3`: a rollback is another one of the same version. */
  readonly assignment: string;
}

/** A job that deploys. */
export interface RunOfJob {
  /** `GITHUB_RUN_ID` */
  readonly id: number;
  /** `job.check_run_id`: tells jobs of one run apart that have the same environment. */
  readonly job?: number;
}

const schema = z.object({
  ciclo: z.object({ pipeline: z.string(), version: z.string(), assignment: z.string() }),
});

/** The payload of a deployment that Ciclo makes. */
export function formatPayload({ pipeline, version, assignment }: StageAssignment): {
  readonly ciclo: StageAssignment;
} {
  return { ciclo: { pipeline, version, assignment } };
}

/** Whose a deployment is; undefined for one that Ciclo did not make. Hosts give a payload as JSON or as its text. */
export function parsePayload(payload: unknown): StageAssignment | undefined {
  let value = payload;
  if (typeof payload === 'string') {
    try {
      value = JSON.parse(payload);
    } catch {
      return undefined;
    }
  }
  return schema.safeParse(value).data?.ciclo;
}

/** The pipeline whose a deployment is: by its payload, or by what Ciclo wrote into one that the host made. */
export function pipelineOf(
  { payload }: Deployment,
  statuses: readonly DeploymentStatus[],
): string | undefined {
  const said = statuses.flatMap(({ description }) => /^([a-z][a-z0-9-]*)@v\d/.exec(description)?.[1] ?? []);
  return parsePayload(payload)?.pipeline ?? said[0];
}

/** What a deployment is in while its job runs. */
const running = new Set(['waiting', 'queued', 'pending', 'in_progress']);

/**
 * The deployment that GitHub made because the job has an `environment:` key: its log is that of the run. One whose log
 * names no run is taken too while it runs, if GitHub's own app made it.
 *
 * @param present those of the environment and commit, newest first.
 */
export async function hostMadeFor(
  deployments: Deployments,
  present: readonly Deployment[],
  run: RunOfJob,
): Promise<Deployment | undefined> {
  for (const one of present) {
    if (parsePayload(one.payload)) continue;
    const statuses = await deployments.statuses(one.id);
    const named = statuses.flatMap(({ logUrl }) => parseLogUrl(logUrl) ?? []);
    if (named.some((other) => isSameJob(other, run))) return one;
    const ofHost = one.app === 'github-actions' || one.creator === 'github-actions[bot]';
    if (named.length === 0 && ofHost && running.has(statuses[0]?.state ?? 'queued')) return one;
  }
  return undefined;
}

/** `https://github.com/o/r/actions/runs/12/job/34` */
function parseLogUrl(url: string): RunOfJob | undefined {
  const [, id, job] = /\/actions\/runs\/(\d+)(?:\/job\/(\d+))?/.exec(url) ?? [];
  if (id === undefined) return undefined;
  return { id: Number(id), ...(job === undefined ? {} : { job: Number(job) }) };
}

function isSameJob(a: RunOfJob, b: RunOfJob): boolean {
  return a.id === b.id && (a.job === undefined || b.job === undefined || a.job === b.job);
}
