import { completeBody } from '../openapi-filler.ts';
import type { Release, ReleaseAsset } from '../release-state.ts';
import type { Repository } from '../state.ts';
import { type RouteContext, site, userBody } from './context.ts';

/** The API's address of a repository, whichever host is asked. */
function apiOf({ origins, basePath }: RouteContext, { owner, name }: Repository): string {
  return `${origins.api}${basePath}/repos/${owner}/${name}`;
}

export function releaseBody(context: RouteContext, repository: Repository, release: Release): object {
  const url = `${apiOf(context, repository)}/releases/${release.id}`;
  const { owner, name } = repository;
  const upload = `${context.origins.storage}/repos/${owner}/${name}/releases/${release.id}/assets`;
  const page = release.draft ? `untagged-${release.id}` : encodeURIComponent(release.tag);
  return completeBody(context.document, 'release', {
    id: release.id,
    node_id: `RE_${release.id}`,
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.title ?? null,
    body: release.body ?? null,
    draft: release.draft,
    prerelease: release.prerelease,
    created_at: release.createdAt,
    published_at: release.publishedAt ?? null,
    author: userBody(context, release.author),
    url,
    html_url: `${site}/${owner}/${name}/releases/tag/${page}`,
    assets_url: `${url}/assets`,
    upload_url: `${upload}{?name,label}`,
    assets: release.assets.map((asset) => assetBody(context, repository, release, asset)),
  });
}

export function assetBody(
  context: RouteContext,
  repository: Repository,
  release: Release,
  asset: ReleaseAsset,
): object {
  const { id, name, contentType, bytes, state, digest, uploader, createdAt } = asset;
  const download = `${site}/${repository.owner}/${repository.name}/releases/download`;
  return completeBody(context.document, 'release-asset', {
    id,
    node_id: `RA_${id}`,
    name,
    label: null,
    state,
    content_type: contentType,
    size: bytes.length,
    digest,
    download_count: 0,
    uploader: userBody(context, uploader),
    created_at: createdAt,
    updated_at: createdAt,
    url: `${apiOf(context, repository)}/releases/assets/${id}`,
    browser_download_url: `${download}/${encodeURIComponent(release.tag)}/${name}`,
  });
}
