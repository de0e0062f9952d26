import { access, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ConfigurationError, quote } from '../../shared/platform/errors.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { endOfInstaller } from './installer-process.ts';

/** What npm's lock file says of a package. */
export interface LockedPackage {
  readonly version: string;
  /** Of what the registry gives: npm refuses anything else. */
  readonly integrity: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly optional?: true;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
}

/** A package of npm that the bundle does not hold, because it is native and large. */
export interface OptionalPackage {
  /** `@tensorflow/tfjs-node`. */
  readonly name: string;
  /** Exact: `4.22.0`. */
  readonly version: string;
  /** Whether install scripts run, its own and those of what it depends on; false: npm's `--ignore-scripts`. */
  readonly scripts: boolean;
  /**
   * Folder within the package that holds files for every platform as `<platform>/<architecture>`, such as
   * `bin/napi-v6`: all but this machine's are removed. A package without files for this machine is refused.
   */
  readonly platforms?: string;
  /** It and all that it depends on, by name: then these are installed, and nothing else. */
  readonly packages?: Readonly<Record<string, LockedPackage>>;
  /** What an error message begins with, the input or key that asks for it: `accelerate`. */
  readonly asked: string;
  /** What an error message ends with: what would be right instead. */
  readonly remedy: string;
}

/** Where and with what a package is installed. */
export interface InstallPorts {
  readonly logger: Logger;
  /** Of the job. npm gets of it only what it needs, no token of the job and no secret of a source. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** After how many milliseconds npm is stopped; default ten minutes. */
  readonly limit?: number;
}

const tenMinutes = 600_000;

/**
 * Installs a package into a folder of its own, below the runner's temporary folder: the runner empties that one with
 * every job, so that no job finds what another has put there. Later steps of the job find it there and install nothing.
 *
 * @returns the folder that the package can be resolved from: `createRequire(path.join(folder, 'package.json'))`.
 * @throws ConfigurationError with npm's last lines when npm fails, and when the package has no files for this machine.
 */
export async function installOptionalPackage(wanted: OptionalPackage, ports: InstallPorts): Promise<string> {
  const { name, version } = wanted;
  checkSpelling(wanted);
  const parent = path.join(ports.environment.RUNNER_TEMP ?? tmpdir(), 'ciclo-packages');
  const folder = path.join(parent, `${name.replace('/', '-')}-${version}`);
  if (await isThere(folder)) return folder;
  await mkdir(parent, { recursive: true });
  const unfinished = await mkdtemp(`${folder}-`);
  try {
    ports.logger.info(`installing ${name} ${version}`);
    await writeFile(path.join(unfinished, 'package.json'), JSON.stringify(manifestOf(wanted)));
    const lock = lockOf(wanted);
    if (lock) await writeFile(path.join(unfinished, 'package-lock.json'), JSON.stringify(lock));
    await runNpm(wanted, unfinished, ports);
    await keepOwnPlatform(wanted, unfinished);
    await moveTo(folder, unfinished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
}

/** Name and version become parts of a path and of a command. */
function checkSpelling({ name, version }: OptionalPackage): void {
  if (/^(@[a-z0-9-]+\/)?[a-z0-9][a-z0-9._-]*$/.test(name) && /^\d+\.\d+\.\d+(-[a-z0-9.]+)?$/.test(version)) {
    return;
  }
  throw new TypeError(
    `installing ${quote(`${name}@${version}`)}: a package's name and exact version are needed`,
  );
}

/** A folder gets its name only when it is complete. */
const isThere = (folder: string): Promise<boolean> =>
  access(folder).then(
    () => true,
    () => false,
  );

/** npm 11 wants to be told of every package whose install script may run. */
function manifestOf({ name, version, scripts }: OptionalPackage) {
  return {
    private: true,
    dependencies: { [name]: version },
    allowScripts: { [name]: scripts },
  };
}

/** npm's lock file; see <https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json>. */
function lockOf({ name, version, packages }: OptionalPackage): unknown {
  if (!packages) return undefined;
  const placed = Object.entries(packages).map(([one, locked]) => [`node_modules/${one}`, locked]);
  return {
    lockfileVersion: 3,
    requires: true,
    packages: { '': { dependencies: { [name]: version } }, ...Object.fromEntries(placed) },
  };
}

async function runNpm(wanted: OptionalPackage, folder: string, ports: InstallPorts): Promise<void> {
  const args = [
    ...[
      wanted.packages ? 'ci' : 'install',
      '--omit=dev',
      '--no-audit',
      '--no-fund',
      '--no-update-notifier',
      '--loglevel=error',
    ],
    // npm waits up to a minute between two tries by itself: too long to learn that there is no network.
    ...['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'],
    // What a script says is what tells why it failed.
    ...(wanted.scripts ? ['--foreground-scripts'] : ['--ignore-scripts']),
  ];
  const { limit = tenMinutes } = ports;
  const { reason, printed } = await endOfInstaller('npm', args, {
    folder,
    environment: ports.environment,
    limit,
  });
  if (reason === undefined) return;
  const said = lastLines(printed);
  throw new ConfigurationError(
    [
      `${wanted.asked}: cannot install ${wanted.name} ${wanted.version} on ${process.platform} ${process.arch}: npm ${reason}`,
      ...(said.length === 0 ? [] : ['npm said at the end:', ...said.map((line) => `  ${line}`)]),
      wanted.remedy,
    ].join('\n'),
  );
}

/** What tells nothing: fields of a dumped error, its stack, and where npm's log is, which goes with the machine. */
const noise = /^npm error( {2,}.*| [}\]]|)$|complete log of this run|-debug-\d+\.log|^\s+at |stack /;

/** The last lines that say something about the failure. */
function lastLines(printed: string): string[] {
  const lines = printed.split('\n').map((line) => line.trimEnd());
  return lines.filter((line) => line !== '' && !noise.test(line)).slice(-8);
}

async function keepOwnPlatform(wanted: OptionalPackage, folder: string): Promise<void> {
  if (wanted.platforms === undefined) return;
  const all = path.join(folder, 'node_modules', wanted.name, wanted.platforms);
  const own = path.join(all, process.platform, process.arch);
  if (!(await isThere(own))) {
    throw new ConfigurationError(
      `${wanted.asked}: ${wanted.name} ${wanted.version} has no files for ${process.platform} ${process.arch}, only for ${(await platformsIn(all)).join(', ')}\n${wanted.remedy}`,
    );
  }
  for (const platform of await readdir(all)) {
    if (platform !== process.platform) await rm(path.join(all, platform), { recursive: true });
  }
  for (const architecture of await readdir(path.dirname(own))) {
    if (architecture !== process.arch)
      await rm(path.join(path.dirname(own), architecture), { recursive: true });
  }
}

/** @returns `linux x64` and the others. */
async function platformsIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const platform of (await readdir(folder)).sort()) {
    const architectures = await readdir(path.join(folder, platform));
    found.push(...architectures.sort().map((architecture) => `${platform} ${architecture}`));
  }
  return found;
}

/** Another process may have been first: its folder holds the same. */
async function moveTo(folder: string, unfinished: string): Promise<void> {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    if (!(await isThere(folder))) throw error;
  }
}
