#!/usr/bin/env node
// Plain JavaScript of an old Node's dialect: it must run far enough to find a Node that is new enough.
// A checkout runs its TypeScript as it is; the published package holds dist/ instead.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const needed = 24;

/** The Node that npm installed as the package `node`, where it is new enough. */
function installedNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const program = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return Number(version.split('.')[0]) >= needed && existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Runs this file again on another Node, which gets the signals and gives the exit code. */
function runOn(program) {
  const child = spawn(program, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (Number(process.versions.node.split('.')[0]) >= needed) {
  const source = new URL('./process.ts', import.meta.url);
  const built = new URL('../dist/cli/process.js', import.meta.url);
  const { runProcess } = await import(existsSync(source) ? source.href : built.href);
  await runProcess();
} else {
  const program = installedNode();
  if (program !== undefined) runOn(program);
  else {
    console.error(
      `ciclo needs Node ${needed} or newer, and this is Node ${process.versions.node}: install it, or npm i -D node@${needed}`,
    );
    process.exitCode = 2;
  }
}
