// The folder of a release that runs by itself: server, Dockerfile, Kustomize base, systemd unit, alert rules.
import type { FolderFiles } from '../../artifacts/folders/run-folder.ts';
import type { RuntimePlaces } from '../../model/onnx/runtime-places.ts';
import { sha256 } from '../../platform/digest.ts';
import { readBundle } from '../../release/bundle/bundle.ts';
import { bundleReader } from '../../release/bundle/bundle-reader.ts';
import { servedModelOf } from '../bundle-source.ts';
import { modelExamples } from '../openapi/examples.ts';
import { loadedModel } from '../served-model.ts';
import { alertRules } from './alerts.ts';
import { dockerfile } from './dockerfile.ts';
import { kubernetesFiles } from './kubernetes.ts';
import { serverReadme } from './readme.ts';
import { runtimeManifest } from './runtime-manifest.ts';
import type { ServedVersion } from './served-version.ts';
import type { ServerScript } from './server-script.ts';
import { systemdUnit } from './systemd-unit.ts';

export interface ServerFolderParts {
  /** The bundle's file, and what the release calls it. */
  readonly archive: { readonly name: string; readonly bytes: Uint8Array };
  readonly server: ServerScript;
  /** Where the runtime of ONNX models is looked for, beside Ciclo itself. */
  readonly places?: RuntimePlaces;
}

/**
 * A folder that serves a version by itself: the bundle, the server in one file, and what Docker, Kubernetes and systemd
 * need to run it. The same bundle and server give the same bytes.
 */
export async function serverFolder({ archive, server, places }: ServerFolderParts): Promise<FolderFiles> {
  const bundle = await readBundle(archive.bytes, archive.name);
  const model = await servedModelOf(bundle, places);
  const isOnnx = bundleReader(bundle).engine().kind === 'onnx';
  const { requests, response } = (await modelExamples(loadedModel(model))).plain;
  const readme = serverReadme({
    name: model.name,
    version: model.version,
    archive: { name: archive.name, digest: sha256(archive.bytes) },
    response,
    isOnnx,
  });
  const texts: (readonly [string, string])[] = [
    ['Dockerfile', dockerfile({ ...model, isOnnx })],
    ['README.md', readme],
    [`ciclo-${model.name}.service`, systemdUnit(model)],
    ['example.json', `${JSON.stringify(requests.one, null, 2)}\n`],
    ['alerts.yaml', alertRules(model)],
    ...(isOnnx ? [['package.json', runtimeManifest(model)] as const] : []),
    ...kubernetesFiles(model),
  ];
  const encoder = new TextEncoder();
  return new Map<string, Uint8Array>([
    ...texts.map(([name, text]): [string, Uint8Array] => [name, encoder.encode(text)]),
    ['licenses.txt', server.licences],
    ['model.zip', archive.bytes],
    ['server.mjs', server.script],
  ]);
}

/** Name of the folder's archive among the files of a release: `fuel-v1.2.0-server.zip`. */
export function serverArchiveName({ name, version }: ServedVersion): string {
  return `${name}-${version}-server.zip`;
}
