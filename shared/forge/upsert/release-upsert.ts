import { type Clock, systemClock } from '../../platform/clock.ts';
import { sha256 } from '../../platform/digest.ts';
import { AlreadyExistsError, ForgeError, isUncertain } from '../ports/forge-error.ts';
import type { NewRelease, Release, ReleaseAsset, ReleaseFile, Releases } from '../ports/releases.ts';
import { sameText } from './same-text.ts';

/** How often work on a release is tried again after the host broke off, or somebody else was faster. */
const attempts = 3;

export interface WantedRelease extends NewRelease {
  readonly assets: readonly ReleaseFile[];
  /** Whether the host shows it first. */
  readonly latest: boolean;
}

export interface UpsertedRelease {
  readonly release: Release;
  /** In the order in which they were asked for. */
  readonly assets: readonly ReleaseAsset[];
  readonly change: 'published' | 'unchanged';
}

/** A published release holds other bytes than those that should be published under its name; it is never changed. */
export class ReleaseConflictError extends ForgeError {
  override name = 'ReleaseConflictError';

  constructor(message: string) {
    super(message, 409);
  }
}

/**
 * Publishes a release of a tag that is there: a draft first, then its files, then everything at once. Run again after a
 * crash at any point, it goes on with the draft; a published one with the same files is left alone, whatever its text.
 *
 * @throws ReleaseConflictError when it is published with other bytes, or without one of the files.
 * @throws ForgeError when the host refuses, or broke off three times.
 */
export async function upsertRelease(
  releases: Releases,
  wanted: WantedRelease,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Promise<UpsertedRelease> {
  // If it breaks off and turns out to be done, it was this call that did it.
  let change: UpsertedRelease['change'] = 'unchanged';
  for (let round = 1; ; round++) {
    try {
      const published = await releases.published(wanted.tag);
      if (published) {
        const assets = await agreeing(releases, published, wanted);
        await deleteLeftovers(releases, wanted);
        return { release: published, assets, change };
      }
      const draft = await currentDraft(releases, wanted);
      const assets = await fill(releases, draft, wanted);
      change = 'published';
      const release = await releases.publish(draft, { latest: wanted.latest });
      return { release, assets, change };
    } catch (error) {
      if (round === attempts || !isWorthAnother(error)) throw error;
      await clock.sleep(1000 * round ** 2);
    }
  }
}

/** The host broke off; or somebody else made the same file, or took the draft away, between reading and writing. */
function isWorthAnother(error: unknown): boolean {
  if (isUncertain(error) || error instanceof AlreadyExistsError) return true;
  return error instanceof ForgeError && error.status === 404;
}

/** The oldest draft with the wanted text; younger ones, of a race or of a request that broke off, go. */
async function currentDraft(releases: Releases, wanted: WantedRelease): Promise<Release> {
  const { tag, title, body } = wanted;
  const before = await releases.drafts(tag);
  const created = before.length === 0 ? await releases.createDraft({ tag, title, body }) : undefined;
  // Read again: another deployment may have made one at the same moment, and both must choose the same.
  const [first, ...others] = created ? await releases.drafts(tag) : before;
  const draft = first ?? created;
  if (!draft) throw new ForgeError(`drafting the release ${tag}: the draft is gone`, 404);
  for (const other of others) await releases.deleteDraft(other.id);
  if (draft.title === title && sameText(draft.body, body)) return draft;
  return releases.update(draft.id, { title, body });
}

/** Drafts of a race that another one won, or of a request that broke off; not those that somebody titled otherwise. */
async function deleteLeftovers(releases: Releases, { tag, title }: WantedRelease): Promise<void> {
  for (const draft of await releases.drafts(tag))
    if (draft.title === title) await releases.deleteDraft(draft.id);
}

/** Makes the draft hold the wanted files and no others. */
async function fill(
  releases: Releases,
  draft: Release,
  { tag, assets }: WantedRelease,
): Promise<readonly ReleaseAsset[]> {
  const present = await releases.assets(draft.id);
  const kept = new Map<string, ReleaseAsset>();
  for (const asset of present) {
    const file = assets.find(({ name }) => name === asset.name);
    if (file && (await isSame(releases, asset, file))) {
      kept.set(asset.name, asset);
      continue;
    }
    // Somebody may have published it since: then nothing is taken out of it.
    if (await releases.published(tag))
      throw new AlreadyExistsError(`the release ${tag} is published already`);
    await releases.deleteAsset(asset.id);
  }
  const filled: ReleaseAsset[] = [];
  for (const file of assets) {
    const asset = kept.get(file.name) ?? (await releases.upload(draft, file));
    if (!(await isSame(releases, asset, file)))
      throw new ForgeError(`uploading ${file.name} to the release ${tag}: other bytes arrived`, undefined);
    filled.push(asset);
  }
  return filled;
}

/** The published release's files that were asked for. */
async function agreeing(
  releases: Releases,
  published: Release,
  { tag, assets }: WantedRelease,
): Promise<readonly ReleaseAsset[]> {
  const present = await releases.assets(published.id);
  const found: ReleaseAsset[] = [];
  for (const file of assets) {
    const asset = present.find(({ name }) => name === file.name);
    if (!asset || !(await isSame(releases, asset, file))) throw conflict(tag, file, asset);
    found.push(asset);
  }
  return found;
}

function conflict(tag: string, { name, bytes }: ReleaseFile, asset: ReleaseAsset | undefined): Error {
  const has = asset ? `with ${name} as ${asset.digest ?? `${asset.size} other bytes`}` : `without ${name}`;
  return new ReleaseConflictError(
    `publishing the release ${tag}: it is published already, ${has}, while ${sha256(bytes)} was to be published; a published release is never changed: publish another version, or delete the release by hand`,
  );
}

/** By digest; where the host states none, by the bytes themselves. */
async function isSame(releases: Releases, asset: ReleaseAsset, { bytes }: ReleaseFile): Promise<boolean> {
  if (asset.state !== 'uploaded' || asset.size !== bytes.length) return false;
  const digest = asset.digest ?? sha256(await releases.download(asset));
  return digest === sha256(bytes);
}
