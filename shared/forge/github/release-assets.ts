import { checkBytes, checkFileName } from '../limits/release-file.ts';
import { ForgeError } from '../ports/forge-error.ts';
import type { ReleaseAsset, Releases } from '../ports/releases.ts';
import type { GitHubSession } from './session.ts';

/** The parts of GitHub's answer that are read. */
interface AssetBody {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly digest?: string | null;
  readonly state: string;
  readonly browser_download_url: string;
}

const bytesType = 'application/octet-stream';

/**
 * Files of releases. They go to a host of their own, and come by a redirect from another one.
 *
 * @throws ForgeError from its methods, as {@link ReleaseAssets} says.
 */
export function createGitHubReleaseAssets(
  session: GitHubSession,
): Pick<Releases, 'assets' | 'upload' | 'deleteAsset' | 'download'> {
  const { client, repository, attempt, transferTime } = session;
  const { repos } = client.rest;
  return {
    assets(id) {
      const doing = `reading the files of release ${id}`;
      return attempt({ doing, permission: 'contents: read' }, async () => {
        const request = { ...repository, release_id: id, per_page: 100 };
        return (await client.paginate(repos.listReleaseAssets, request)).map(parseAsset);
      });
    },
    async upload({ tag, uploadUrl }, { name, bytes, contentType = bytesType }) {
      const doing = `uploading ${name} to the release ${tag}`;
      checkFileName(name, doing);
      return attempt({ doing, permission: 'contents: write' }, async () => {
        const { data } = await client.request(`POST ${uploadUrl}`, {
          name,
          data: bytes,
          headers: { 'content-type': contentType, 'content-length': bytes.length },
          request: { signal: transferTime() },
        });
        return parseAsset(data as AssetBody);
      });
    },
    async deleteAsset(id) {
      const doing = `deleting release file ${id}`;
      try {
        await attempt({ doing, permission: 'contents: write' }, () =>
          repos.deleteReleaseAsset({ ...repository, asset_id: id }),
        );
      } catch (error) {
        if (!(error instanceof ForgeError && error.status === 404)) throw error;
      }
    },
    async download(asset) {
      const doing = `downloading ${asset.name}`;
      const bytes = await attempt({ doing, permission: 'contents: read' }, async () => {
        const { data } = await client.request('GET /repos/{owner}/{repo}/releases/assets/{asset_id}', {
          ...repository,
          asset_id: asset.id,
          headers: { accept: bytesType },
          // As they are, whatever type was stated at the upload. The redirect is followed by fetch, which leaves the token.
          request: { signal: transferTime(), parseSuccessResponseBody: false },
        });
        return new Uint8Array(await new Response(data as unknown as BodyInit).arrayBuffer());
      });
      checkBytes(bytes, asset, doing);
      return bytes;
    },
  };
}

function parseAsset({ id, name, size, digest, state, browser_download_url }: AssetBody): ReleaseAsset {
  return { id, name, size, digest: digest ?? undefined, state, url: browser_download_url };
}
