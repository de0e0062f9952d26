import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';

/** A package that the registry has: its package.json and its other files by path. */
export interface PublishedPackage {
  readonly manifest: { readonly name: string; readonly version: string } & Readonly<Record<string, unknown>>;
  readonly files?: Readonly<Record<string, string>>;
}

/** An npm registry on this machine, and what has been asked of it. */
export interface PackageRegistry extends AsyncDisposable {
  /** Variables that make npm use it: with a cache of its own, and no settings of the machine's. */
  readonly environment: Readonly<Record<string, string>>;
  readonly requests: readonly string[];
  /** A folder of the test's, which goes with the registry. */
  readonly folder: string;
}

/** Starts a registry that serves the packages as `npm pack` packs them. */
export async function startRegistry(packages: readonly PublishedPackage[]): Promise<PackageRegistry> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-registry-'));
  const requests: string[] = [];
  const answers = new Map<string, Buffer>();
  const server = createServer((request, response) => {
    const asked = decodeURIComponent(request.url ?? '/');
    requests.push(asked);
    const body = answers.get(asked);
    response.writeHead(body ? 200 : 404).end(body ?? '{"error":"not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  for (const [index, published] of packages.entries()) {
    const { name, version } = published.manifest;
    const archive = await pack(published, path.join(folder, `package-${index}`));
    answers.set(`/archives/${index}.tgz`, archive);
    const dist = {
      tarball: `${url}/archives/${index}.tgz`,
      integrity: `sha512-${createHash('sha512').update(archive).digest('base64')}`,
    };
    const versions = { [version]: { ...published.manifest, dist } };
    answers.set(
      `/${name}`,
      Buffer.from(JSON.stringify({ name, 'dist-tags': { latest: version }, versions })),
    );
  }
  return {
    environment: {
      PATH: process.env.PATH ?? '',
      HOME: folder,
      RUNNER_TEMP: path.join(folder, 'temporary'),
      npm_config_registry: url,
      npm_config_cache: path.join(folder, 'cache'),
    },
    requests,
    folder,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function pack({ manifest, files = {} }: PublishedPackage, folder: string): Promise<Buffer> {
  const all = { 'package.json': JSON.stringify(manifest), ...files };
  for (const [file, text] of Object.entries(all)) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), text);
  }
  const { stdout } = await promisify(execFile)('npm', ['pack', '--json', '--ignore-scripts'], {
    cwd: folder,
  });
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  return readFile(path.join(folder, filename));
}
