import type { Release, ReleaseAsset, ReleaseFile } from '../../shared/forge/ports/releases.ts';
import { upsertRelease } from '../../shared/forge/upsert/release-upsert.ts';
import { releasedCard } from '../../shared/model/card/released-card.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { bundleName } from '../../shared/release/bundle/bundle.ts';
import { formatVersion } from '../../shared/release/registry/version.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import { runtimePlaces } from '../pipeline/runtime-places.ts';
import type { DeployForge, DeployPorts } from './deploy-inputs.ts';
import type { JudgedModel } from './judged-model.ts';
import type { ReleasedVersion } from './production.ts';
import type { Registered } from './registration.ts';
import { releaseNotes } from './release-notes.ts';

export interface Publishing {
  readonly pipeline: Pipeline;
  readonly judged: JudgedModel;
  readonly live: ReleasedVersion | undefined;
  readonly registered: Registered;
  /** Who let it be released, where that is known. */
  readonly approver?: string | undefined;
}

/** The release of a version. */
export interface PublishedRelease {
  readonly url: string;
  readonly bundle: { readonly name: string; readonly digest: string };
  /** Whether the release's bundle has the bytes that this deployment makes. */
  readonly ownBundle: boolean;
}

/**
 * Publishes the version, or finds it published. A published release is never changed, and stays what it is where this
 * deployment would make other files: they depend on the Ciclo that makes them, and the bundle on the champion that it was
 * judged against.
 */
export async function publishVersion(publishing: Publishing, ports: DeployPorts): Promise<PublishedRelease> {
  const { pipeline, judged, live, registered } = publishing;
  const { forge, clock } = ports;
  const { version, reasons, archive: bytes } = registered;
  const label = formatVersion(version.version);
  const bundle = { name: bundleName(pipeline.name, label), bytes, contentType: 'application/zip' };
  const facts = { version: label, time: version.time, commit: version.commit, approver: publishing.approver };
  const cardFile = {
    name: 'model-card.md',
    bytes: new TextEncoder().encode(releasedCard(judged.card, facts)),
    contentType: 'text/markdown',
  };
  const published = await forge.releases.published(version.tag);
  const files = published
    ? []
    : [bundle, cardFile, ...(await otherAssets(pipeline, { version: label, bundle }, ports))];
  const { release } = await upsertRelease(
    forge.releases,
    {
      tag: version.tag,
      title: `${pipeline.name} ${label}`,
      body: releaseNotes({ judged, live, facts, reasons, files }),
      assets: files,
      latest: true,
    },
    { clock },
  );
  ports.logger.debug(`${version.tag} is released: ${release.url}`);
  const own = sha256(bytes);
  const digest = published ? ((await publishedDigest(published, bundle.name, forge)) ?? own) : own;
  return { url: release.url, bundle: { name: bundle.name, digest }, ownBundle: digest === own };
}

/** The files of a release beside its bundle. */
async function otherAssets(
  pipeline: Pipeline,
  { version, bundle }: { readonly version: string; readonly bundle: ReleaseFile },
  ports: DeployPorts,
): Promise<readonly ReleaseFile[]> {
  const { name, loaded } = pipeline;
  if (!loaded.config.deploy.targets.includes('server')) return [];
  // Loaded here, so that other deployments need not wait for it.
  const { serverAsset } = await import('./targets/server-target.ts');
  return [await serverAsset({ name, version }, bundle, runtimePlaces(pipeline, ports))];
}

/** Digest of a published file; undefined when the release has none of that name, which delivering it tells. */
async function publishedDigest(
  { id }: Release,
  name: string,
  { releases }: Pick<DeployForge, 'releases'>,
): Promise<string | undefined> {
  const asset: ReleaseAsset | undefined = (await releases.assets(id)).find((one) => one.name === name);
  return asset && (asset.digest ?? sha256(await releases.download(asset)));
}
