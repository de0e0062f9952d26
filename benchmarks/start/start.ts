/**
 * How long the published package takes to say what it is: `ciclo --help` and `ciclo --version` beside Node with an empty
 * file, in turn, so that what else the machine does falls on all of them. `node benchmarks/start/start.ts`, on Linux.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from 'simple-statistics';
import { buildPackage } from '../../scripts/package-folder.ts';
import { childTime } from '../child-time.ts';

/** The kernel counts CPU time in hundredths of a second, a third of a start: so many starts are counted together. */
const together = 10;
const rounds = 11;

const folder = mkdtempSync(path.join(tmpdir(), 'ciclo-start-'));
try {
  await buildPackage(fileURLToPath(new URL('../..', import.meta.url)), path.join(folder, 'npm'));
  writeFileSync(path.join(folder, 'empty.cjs'), '');
  const ciclo = path.join(folder, 'npm', 'dist', 'ciclo.cjs');
  const asked: Readonly<Record<string, readonly string[]>> = {
    node: [path.join(folder, 'empty.cjs')],
    help: [ciclo, '--help'],
    version: [ciclo, '--version'],
  };
  const measured = Object.fromEntries(
    Object.keys(asked).map((name) => [name, { cpu: [] as number[], wall: [] as number[] }]),
  );
  for (let round = 0; round <= rounds; round++) {
    for (const [name, words] of Object.entries(asked)) {
      const [cpu, wall] = [childTime(), performance.now()];
      for (let i = 0; i < together; i++) execFileSync(process.execPath, words, { stdio: 'ignore' });
      // The first round compiles what later starts find compiled.
      if (round === 0) continue;
      measured[name]!.cpu.push(((childTime() - cpu) * 1000) / together);
      measured[name]!.wall.push((performance.now() - wall) / together);
    }
  }
  const result = Object.fromEntries(
    Object.entries(measured).map(([name, { cpu, wall }]) => [name, { cpu: median(cpu), wall: median(wall) }]),
  );
  const bare = result.node!;
  for (const [name, { cpu, wall }] of Object.entries(result)) {
    console.log(
      `${name.padEnd(8)} ${cpu.toFixed(1)} ms CPU (${(cpu / bare.cpu).toFixed(2)} of Node's), ${wall.toFixed(1)} ms (${(wall / bare.wall).toFixed(2)})`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
