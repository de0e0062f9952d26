import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { formatJson } from '../../platform/json.ts';
import {
  type Deployment,
  type DeploymentStatus,
  type Deployments,
  descriptionLimit,
} from '../ports/deployments.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { createText, namesIn } from './file.ts';
import { commitOf } from './git.ts';
import { readJson } from './json.ts';
import type { LocalStore } from './store.ts';

const deploymentSchema = z.object({
  environment: z.string(),
  commit: z.string(),
  ref: z.string(),
  description: z.string(),
  production: z.boolean(),
  creator: z.string(),
  payload: z.unknown(),
});

const statusSchema = z.object({
  state: z.string(),
  description: z.string(),
  environmentUrl: z.string(),
  logUrl: z.string(),
});

/** Statuses' numbers below it, the deployment's above. */
const perDeployment = 100_000;

/**
 * Deployments as files, each written once: `deployments/3/deployment.json`, `deployments/3/statuses/1.json`.
 *
 * @throws ForgeError from its methods, as {@link Deployments} says.
 */
export function createLocalDeployments(store: LocalStore): Deployments {
  const root = path.join(store.folder, 'deployments');
  const folderOf = (id: number): string => path.join(root, String(id));

  async function read(id: number): Promise<Deployment | undefined> {
    const file = path.join(folderOf(id), 'deployment.json');
    const content = await readJson(file, 'deployment', deploymentSchema);
    if (!content) return undefined;
    const { production: _, ...rest } = content;
    return { id, ...rest, payload: rest.payload, app: undefined, url: pathToFileURL(file).href };
  }
  async function existing(id: number, doing: string): Promise<void> {
    if (!(await read(id))) throw new ForgeError(`${doing}: there is no deployment ${id}`, 404);
  }
  async function readStatus(id: number, number: number): Promise<DeploymentStatus | undefined> {
    const file = path.join(folderOf(id), 'statuses', `${number}.json`);
    const content = await readJson(file, 'deployment status', statusSchema);
    return content && { id: id * perDeployment + number, ...content };
  }

  return {
    async list({ environment, commit }) {
      const all = await Promise.all((await numbersIn(root, /^([1-9]\d*)$/)).map(read));
      return all
        .filter((one) => one !== undefined)
        .filter((one) => one.environment === environment && (commit === undefined || one.commit === commit))
        .reverse();
    },
    async create({ environment, ref, description, payload, production }) {
      const doing = `creating the deployment of ${ref} to ${environment}`;
      checkDescription(description, doing);
      const commit = await commitOf(store.repository, ref);
      if (commit === undefined) throw new ForgeError(`${doing}: No ref found for: ${ref}`, 422);
      const creator = store.author;
      const content = formatJson({ environment, commit, ref, description, production, creator, payload });
      for (let id = ((await numbersIn(root, /^([1-9]\d*)$/)).at(-1) ?? 0) + 1; ; id++) {
        if (await createText(path.join(folderOf(id), 'deployment.json'), content)) return (await read(id))!;
      }
    },
    async statuses(id) {
      await existing(id, `reading deployment ${id}`);
      const numbers = await numbersIn(path.join(folderOf(id), 'statuses'), /^([1-9]\d*)\.json$/);
      const all = await Promise.all(numbers.map((number) => readStatus(id, number)));
      return all.filter((one) => one !== undefined).reverse();
    },
    async addStatus(id, { state, description = '', environmentUrl = '', logUrl = '' }) {
      const doing = `setting deployment ${id} to ${state}`;
      await existing(id, doing);
      checkDescription(description, doing);
      const content = formatJson({ state, description, environmentUrl, logUrl });
      const statuses = path.join(folderOf(id), 'statuses');
      for (let number = ((await numbersIn(statuses, /^([1-9]\d*)\.json$/)).at(-1) ?? 0) + 1; ; number++) {
        if (await createText(path.join(statuses, `${number}.json`), content))
          return (await readStatus(id, number))!;
      }
    },
  };
}

function checkDescription(description: string, doing: string): void {
  if (description.length <= descriptionLimit) return;
  const size = `${description.length} characters; the maximum is ${descriptionLimit}`;
  throw new ForgeError(`${doing}: the description has ${size}`, 422);
}

async function numbersIn(folder: string, pattern: RegExp): Promise<readonly number[]> {
  const names = await namesIn(folder);
  return names
    .flatMap((name) => pattern.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}
