import { type Deployments, descriptionLimit } from '../ports/deployments.ts';
import { parsePayload } from './deployment-subject.ts';

/** What a deployment's status says of a version that failed: `fuel@v1.2.0: record 1: 3 in place of 2`, cut. */
export function formatFailure(version: string, why: string): string {
  return cutDescription(`${version}: ${why.replace(/\s+/g, ' ')}`);
}

/** Why the version failed; undefined for a status that does not say so of this version. */
export function parseFailure(version: string, description: string): string | undefined {
  const head = `${version}: `;
  return description.startsWith(head) ? description.slice(head.length) : undefined;
}

/** A description that hosts take. */
export function cutDescription(text: string): string {
  return text.length > descriptionLimit ? `${text.slice(0, descriptionLimit - 1)}…` : text;
}

/**
 * Why a version failed when it was last tried; undefined when it did not, or was not tried. Deployments that the host made
 * for a job count by what Ciclo wrote into them: what the host itself adds when the job ends names no version.
 *
 * @param tried.version the version's tag, `fuel@v1.2.0`.
 * @param tried.commit the version's.
 */
export async function failureOf(
  deployments: Deployments,
  tried: { readonly environment: string; readonly commit: string; readonly version: string },
): Promise<string | undefined> {
  const { environment, commit, version } = tried;
  for (const { id, payload } of await deployments.list({ environment, commit })) {
    if ((parsePayload(payload)?.version ?? version) !== version) continue;
    for (const { state, description } of await deployments.statuses(id)) {
      if (state === 'success' && description === version) return undefined;
      const why = state === 'failure' ? parseFailure(version, description) : undefined;
      if (why !== undefined) return why;
    }
  }
  return undefined;
}
