import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Deployment, DeploymentStatus, Deployments, NewStatus } from '../ports/deployments.ts';
import { isUncertain } from '../ports/forge-error.ts';
import { cutDescription, formatFailure } from './deployment-failure.ts';
import {
  formatPayload,
  hostMadeFor,
  parsePayload,
  pipelineOf,
  type RunOfJob,
  type StageAssignment,
} from './deployment-subject.ts';

/** How often a write is tried again after the host broke off. */
const attempts = 3;

export interface WantedDeployment extends StageAssignment {
  readonly environment: string;
  readonly commit: string;
  /** What is deployed, by name: the version's tag. Must be at the commit. */
  readonly ref: string;
  /** Whether users are served from it. */
  readonly production: boolean;
  /** The run that deploys, for whose job the host itself may have made a deployment; absent outside of one. */
  readonly run?: RunOfJob;
  readonly logUrl?: string;
}

export interface OpenedDeployment {
  readonly deployment: Deployment;
  /** `host`: for the job's `environment:` key; then the host, too, says how it ends. */
  readonly madeBy: 'host' | 'ciclo';
}

interface Options {
  readonly clock?: Clock;
}

/**
 * The deployment of this version, in progress: the one that the host made for the job, else the one that an earlier try
 * made, else a new one. Run again after a crash at any point, it finds the same.
 */
export async function openDeployment(
  deployments: Deployments,
  wanted: WantedDeployment,
  { clock = systemClock }: Options = {},
): Promise<OpenedDeployment> {
  const opened = await again(clock, async () => {
    const found = await find(deployments, wanted);
    if (found) return found;
    const { environment, ref, version, production } = wanted;
    const payload = { ...formatPayload(wanted) };
    const made = { environment, ref, description: version, payload, production };
    const deployment = await deployments.create(made);
    // Read again: another run may have made one at the same moment, and both must choose the same.
    const chosen = (await find(deployments, wanted)) ?? ({ deployment, madeBy: 'ciclo' } as const);
    const { id } = chosen.deployment;
    if (id !== deployment.id) {
      const description = `made at the same moment as ${id}`;
      await deployments.addStatus(deployment.id, { state: 'inactive', description });
    }
    return chosen;
  });
  const { id } = opened.deployment;
  await again(clock, async () => {
    const [newest] = await deployments.statuses(id);
    // Live already: run again after a crash, or for a version that is there.
    if (newest?.state !== 'success') await sayNow(deployments, id, inProgress(wanted), newest);
  });
  return opened;
}

async function find(
  deployments: Deployments,
  { environment, commit, run, assignment, version }: WantedDeployment,
): Promise<OpenedDeployment | undefined> {
  const present = await deployments.list({ environment, commit });
  const ofHost = run && (await hostMadeFor(deployments, present, run));
  if (ofHost) return { deployment: ofHost, madeBy: 'host' };
  const own = present.findLast(({ payload }) => {
    const subject = parsePayload(payload);
    return subject?.assignment === assignment && subject.version === version;
  });
  return own && { deployment: own, madeBy: 'ciclo' };
}

/** Its description says whose a deployment is that the host made. */
function inProgress({ version, logUrl }: WantedDeployment): NewStatus {
  return { state: 'in_progress', description: version, ...(logUrl === undefined ? {} : { logUrl }) };
}

/**
 * Says that the deployment is live, then that those of the same pipeline and environment before it are not any more: no
 * host does so for production. Oldest first, so that a crash leaves no gap; run again, it converges.
 *
 * @returns the deployments that were set inactive.
 */
export async function succeedDeployment(
  deployments: Deployments,
  { deployment, wanted }: { readonly deployment: Deployment; readonly wanted: WantedDeployment },
  { environmentUrl, clock = systemClock }: Options & { readonly environmentUrl?: string } = {},
): Promise<readonly Deployment[]> {
  const url = environmentUrl === undefined ? {} : { environmentUrl };
  await say(deployments, deployment.id, { ...inProgress(wanted), state: 'success', ...url }, clock);
  const replaced = await again(clock, () => liveBefore(deployments, deployment, wanted));
  for (const { id } of replaced.toReversed()) {
    const description = cutDescription(`${replacedBy}${wanted.version}`);
    await say(deployments, id, { state: 'inactive', description }, clock);
  }
  return replaced;
}

/** Says that the deployment failed, and why in a line. */
export async function failDeployment(
  deployments: Deployments,
  { deployment, wanted }: { readonly deployment: Deployment; readonly wanted: WantedDeployment },
  { why, clock = systemClock }: Options & { readonly why: string },
): Promise<void> {
  const description = formatFailure(wanted.version, why);
  await say(deployments, deployment.id, { ...inProgress(wanted), state: 'failure', description }, clock);
}

/** Says that the deployment came to nothing, and why in a line: not a failure of the version, which may be tried again. */
export async function closeDeployment(
  deployments: Deployments,
  { deployment, wanted }: { readonly deployment: Deployment; readonly wanted: WantedDeployment },
  { why, clock = systemClock }: Options & { readonly why: string },
): Promise<void> {
  const description = cutDescription(`not deployed: ${why.replace(/\s+/g, ' ')}`);
  await say(deployments, deployment.id, { ...inProgress(wanted), state: 'inactive', description }, clock);
}

/** Ended: there is nothing to replace. */
const over = new Set(['inactive', 'failure', 'error']);
const replacedBy = 'replaced by ';

/** Newest first. Before one that was replaced, all others were as well: there the search ends. */
async function liveBefore(
  deployments: Deployments,
  { id, environment }: Deployment,
  { pipeline }: StageAssignment,
): Promise<readonly Deployment[]> {
  const found: Deployment[] = [];
  for (const one of await deployments.list({ environment })) {
    if (one.id >= id) continue;
    const statuses = await deployments.statuses(one.id);
    if (pipelineOf(one, statuses) !== pipeline) continue;
    const { state, description } = statuses[0] ?? { state: 'queued', description: '' };
    if (state === 'inactive' && description.startsWith(replacedBy)) break;
    if (!over.has(state)) found.push(one);
  }
  return found;
}

/** Adds a status unless the newest says so already. */
async function say(deployments: Deployments, id: number, status: NewStatus, clock: Clock): Promise<void> {
  await again(clock, async () => {
    const [newest] = await deployments.statuses(id);
    await sayNow(deployments, id, status, newest);
  });
}

async function sayNow(
  deployments: Deployments,
  id: number,
  status: NewStatus,
  newest: DeploymentStatus | undefined,
): Promise<void> {
  if (!newest || !sameStatus(newest, status)) await deployments.addStatus(id, status);
}

function sameStatus(a: DeploymentStatus, b: NewStatus): boolean {
  return (
    a.state === b.state &&
    a.description === (b.description ?? '') &&
    a.environmentUrl === (b.environmentUrl ?? a.environmentUrl)
  );
}

/** Does the work, which looks before it writes, again after the host broke off. */
async function again<T>(clock: Clock, work: () => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    try {
      return await work();
    } catch (error) {
      if (round === attempts || !isUncertain(error)) throw error;
      await clock.sleep(1000 * round ** 2);
    }
  }
}
