import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { freePort } from '../shared/source/testing/free-port.ts';

/** Three nodes of Trino: see trino/Nodes.java. */
export interface TrinoNodes {
  /** Asks for no password. */
  readonly http: string;
  /** Asks for the password of `ciclo`, or for a token. */
  readonly https: string;
  readonly port: number;
  /** What vouches for the certificate of https. PEM. */
  readonly authority: string;
  /** Tokens are signed with it: HMAC with SHA-256. Base64. */
  readonly tokenKey: string;
  /** POST /lose takes a worker away, once. */
  readonly control: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    trino: TrinoNodes;
  }
}

const run = promisify(execFile);
const here = fileURLToPath(new URL('trino/', import.meta.url));

/**
 * Starts Trino, with jars that Maven fetches once into a temporary folder; or takes those in the folder that CICLO_TRINO_JARS
 * names. Needs a JDK of 17 or later, and is stopped at the end. CICLO_TRINO_NODES, JSON of {@link TrinoNodes}, names nodes that
 * run already, which saves the minute that they take to start.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.CICLO_TRINO_NODES;
  if (running !== undefined) {
    project.provide('trino', JSON.parse(running) as TrinoNodes);
    return async () => undefined;
  }
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-trino-'));
  const tokenKey = randomBytes(32).toString('base64');
  await writeFile(path.join(folder, 'token.key'), tokenKey);
  const authority = await certificateIn(folder);
  const [port, tls] = [await freePort(), await freePort()];
  const { child, control } = await startNodes({ folder, port, tls, nodes: 3 });
  const local = '127.0.0.1';
  project.provide('trino', {
    ...{ http: `http://${local}:${port}`, https: `https://localhost:${tls}`, port, authority, tokenKey },
    control: `http://${local}:${control}`,
  });
  return async () => {
    child.kill('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  };
}

/** Where nodes are started, and how many. */
interface StartedNodes {
  /** Holds keys.p12 and token.key. */
  readonly folder: string;
  readonly port: number;
  readonly tls: number;
  /** The coordinator, which works, too, and workers. */
  readonly nodes: number;
}

/** Starts nodes in one process, and waits until they answer. */
async function startNodes({ folder, port, tls, nodes }: StartedNodes) {
  const jars = process.env.CICLO_TRINO_JARS ?? (await fetchedJars());
  const child = spawn(
    'nice',
    [
      ...['-n', '10', 'java', '--add-opens', 'java.base/java.nio=ALL-UNNAMED', '-Xmx2g', '-XX:+UseSerialGC'],
      ...['-cp', path.join(jars, '*'), path.join(here, 'Nodes.java'), String(port), String(tls)],
      ...[path.join(folder, 'keys.p12'), 'changeit', path.join(folder, 'token.key'), String(nodes)],
    ],
    { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  return { child, control: await readyPort(child.stderr) };
}

/** A coordinator of its own, which can be lost; gone after `await using`. */
export interface LoneCoordinator extends AsyncDisposable {
  readonly url: string;
  /** Ends it without a word, as a machine that is gone. */
  kill(): Promise<void>;
  /** Starts it again at the same address: it knows nothing of what was before. */
  start(): Promise<void>;
}

/** Starts a coordinator that has no workers but itself. */
export async function loneCoordinator(): Promise<LoneCoordinator> {
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-trino-'));
  await writeFile(path.join(folder, 'token.key'), randomBytes(32).toString('base64'));
  await certificateIn(folder);
  const place = { folder, port: await freePort(), tls: await freePort(), nodes: 1 };
  let { child } = await startNodes(place);
  const kill = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  return {
    url: `http://127.0.0.1:${place.port}`,
    kill,
    async start() {
      await kill();
      ({ child } = await startNodes(place));
    },
    async [Symbol.asyncDispose]() {
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fetchedJars(): Promise<string> {
  const jars = path.join(tmpdir(), 'ciclo-trino-435-jars');
  if (existsSync(jars)) return jars;
  const half = await mkdtemp(`${jars}-`);
  await run('mvn', [
    '-q',
    '-B',
    '-f',
    path.join(here, 'pom.xml'),
    'dependency:copy-dependencies',
    `-DoutputDirectory=${half}`,
  ]);
  await rename(half, jars);
  return jars;
}

/** A certificate of its own for localhost. @returns it, as PEM. */
async function certificateIn(folder: string): Promise<string> {
  const keytool = (...args: string[]) =>
    run('keytool', [...args, '-alias', 'trino', '-keystore', 'keys.p12', '-storepass', 'changeit'], {
      cwd: folder,
    });
  await keytool(
    ...['-genkeypair', '-storetype', 'PKCS12', '-keyalg', 'RSA', '-keysize', '2048', '-validity', '2'],
    ...['-dname', 'CN=localhost', '-ext', 'san=dns:localhost,ip:127.0.0.1'],
  );
  await keytool('-exportcert', '-rfc', '-file', 'certificate.pem');
  return await readFile(path.join(folder, 'certificate.pem'), 'utf8');
}

async function readyPort(output: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  return await new Promise((resolve, reject) => {
    output.on('data', (chunk) => {
      text = `${text}${chunk}`.slice(-100_000);
      const port = /READY (\d+)\n/.exec(text)?.[1];
      if (port !== undefined) resolve(port);
    });
    output.on('end', () => reject(new Error(`Trino has not started: ${text.slice(-2000)}`)));
  });
}
