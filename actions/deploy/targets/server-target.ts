import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FolderFiles } from '../../../shared/artifacts/folders/run-folder.ts';
import { readHostileArchive } from '../../../shared/artifacts/store/artifact-archive.ts';
import type { ReleaseFile } from '../../../shared/forge/ports/releases.ts';
import { runtimeModules } from '../../../shared/model/onnx/runtime.ts';
import type { RuntimePlaces } from '../../../shared/model/onnx/runtime-places.ts';
import { sha256 } from '../../../shared/platform/digest.ts';
import { IntegrityError } from '../../../shared/platform/errors.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { smokeDifferences } from '../../../shared/release/bundle/smoke.ts';
import { storedZip } from '../../../shared/release/bundle/stored-zip.ts';
import type { ServedVersion } from '../../../shared/serving/folder/served-version.ts';
import { serverArchiveName, serverFolder } from '../../../shared/serving/folder/server-folder.ts';
import { readServerScript } from '../../../shared/serving/folder/server-script.ts';
import { runtimePlaces } from '../../pipeline/runtime-places.ts';
import type { DeployPorts } from '../deploy-inputs.ts';
import type { ReleasedVersion } from '../production.ts';
import { askServer } from './server-process.ts';
import type { Target, TargetInput } from './target.ts';

const limits = { folders: 2, entries: 32, entryBytes: 1024 * 2 ** 20, totalBytes: 2048 * 2 ** 20 };

/** The self-contained folder with an HTTP server: what the release has, where it has one. */
export const serverTarget: Target = {
  name: 'server',
  folder: 'server',
  async write({ pipeline, released }: TargetInput, folder: string, ports: DeployPorts): Promise<void> {
    for (const [name, bytes] of await filesOf(released, runtimePlaces(pipeline, ports), ports)) {
      const file = path.join(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, bytes);
    }
  },
  async smoke(
    { pipeline, released }: TargetInput,
    folder: string,
    ports: DeployPorts,
  ): Promise<readonly string[]> {
    const reader = bundleReader(released.bundle);
    const smoke = reader.smoke();
    // Whoever runs the folder installs the runtime into it; here it is where Ciclo found it.
    const modules =
      reader.engine().kind === 'onnx' ? await runtimeModules(runtimePlaces(pipeline, ports)) : undefined;
    const asked = await askServer(
      folder,
      smoke.examples.map(({ record }) => record),
      modules === undefined ? {} : { modules },
    );
    return 'failure' in asked ? [asked.failure] : smokeDifferences(smoke, asked.answers);
  },
};

/** The folder as a file of the release, `fuel-v1.2.0-server.zip`. */
export async function serverAsset(
  version: ServedVersion,
  archive: ReleasedVersion['archive'],
  places: RuntimePlaces,
): Promise<ReleaseFile> {
  const files = await serverFolder({ archive, server: await readServerScript(), places });
  return {
    name: serverArchiveName(version),
    bytes: await storedZip(files),
    contentType: 'application/zip',
  };
}

async function filesOf(
  { archive, bundle, assets, version }: ReleasedVersion,
  places: RuntimePlaces,
  { forge: { releases } }: DeployPorts,
): Promise<FolderFiles> {
  const name = serverArchiveName(bundle.manifest);
  const asset = assets.find((one) => one.name === name);
  if (!asset) return serverFolder({ archive, server: await readServerScript(), places });
  const files = await readHostileArchive(await releases.download(asset), limits);
  const model = files.get('model.zip');
  if (!model || sha256(model) !== sha256(archive.bytes)) {
    throw new IntegrityError(`${name} of the release ${version.tag} serves another model: it is refused`);
  }
  return files;
}
