import { sha256 } from '../../shared/platform/digest.ts';
import type { Release, ReleaseAsset } from './release-state.ts';
import type { Repository, State } from './state.ts';

export function addRelease(
  state: State,
  repository: Repository,
  seed: Pick<Release, 'tag'> & Partial<Release>,
): Release {
  const now = state.now();
  const release: Release = {
    id: state.nextId(),
    target: repository.defaultBranch,
    title: undefined,
    body: undefined,
    draft: false,
    prerelease: false,
    author: 'octocat',
    createdAt: now,
    publishedAt: seed.draft ? undefined : now,
    assets: [],
    ...seed,
  };
  repository.releases.set(release.id, release);
  return release;
}

export function addReleaseAsset(
  state: State,
  release: Release,
  seed: Pick<ReleaseAsset, 'name' | 'bytes'> & Partial<ReleaseAsset>,
): ReleaseAsset {
  const asset: ReleaseAsset = {
    id: state.nextId(),
    contentType: 'application/octet-stream',
    state: 'uploaded',
    digest: sha256(seed.bytes),
    uploader: 'octocat',
    createdAt: state.now(),
    ...seed,
  };
  release.assets.push(asset);
  return asset;
}
