/**
 * What an installation brings: the published package, and beside it mlflow, dvc, gto and evidently by pip, each in a folder
 * of its own, without caches. `node benchmarks/install/install.ts`, on Linux; the peers take minutes and gigabytes.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPackage } from '../../scripts/package-folder.ts';
import { childTime } from '../child-time.ts';

const peers = ['mlflow', 'dvc', 'gto', 'evidently'];

const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-install-'));

interface Installed {
  readonly name: string;
  readonly wall: number;
  readonly cpu: number;
  readonly megabytes: number;
  readonly packages: number;
}

/** Times an installation; `count` is of the packages in what it has made. */
function timed(name: string, made: string, install: () => void, count: () => number): Installed {
  const [cpu, wall] = [childTime(), performance.now()];
  install();
  const seconds = { cpu: childTime() - cpu, wall: (performance.now() - wall) / 1000 };
  const size = execFileSync('du', ['-sm', made], { encoding: 'utf8' });
  return { name, ...seconds, megabytes: Number.parseInt(size, 10), packages: count() };
}

function ofCiclo(): Installed {
  const [project, built] = [path.join(folder, 'project'), path.join(folder, 'npm')];
  mkdirSync(project);
  writeFileSync(path.join(project, 'package.json'), '{}');
  const npm = (cwd: string, ...words: string[]): string =>
    execFileSync('npm', [...words, '--silent', '--cache', path.join(folder, 'cache')], {
      cwd,
      encoding: 'utf8',
    });
  const archive = npm(built, 'pack', '--pack-destination', folder).trim();
  const modules = path.join(project, 'node_modules');
  return timed(
    'ciclo',
    modules,
    () => npm(project, 'install', '--no-audit', '--no-fund', path.join(folder, archive)),
    () => readdirSync(modules).filter((name) => !name.startsWith('.')).length,
  );
}

function ofPeers(): Installed {
  const environment = path.join(folder, 'venv');
  execFileSync('python3', ['-m', 'venv', environment]);
  const pip = (...words: string[]): string =>
    execFileSync(path.join(environment, 'bin', 'pip'), [...words, '--disable-pip-version-check'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  return timed(
    peers.join(', '),
    environment,
    () => pip('install', '--quiet', '--no-cache-dir', ...peers),
    () => (JSON.parse(pip('list', '--format', 'json')) as unknown[]).length - 1,
  );
}

try {
  await buildPackage(fileURLToPath(new URL('../..', import.meta.url)), path.join(folder, 'npm'));
  for (const { name, wall, cpu, megabytes, packages } of [ofCiclo(), ofPeers()]) {
    console.log(
      `${name}: ${megabytes} MB, ${packages} packages, ${wall.toFixed(1)} s (${cpu.toFixed(1)} s of CPU)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
