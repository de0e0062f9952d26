#!/usr/bin/env node
// Plain JavaScript of an old Node's dialect: it must run far enough to find a Node that is new enough.
// A checkout runs its TypeScript as it is; the published package has bundled files beside this one instead, and this one as
// CommonJS, which starts sooner: so it waits for nothing outside a function.
import module from 'node:module';

// To import Node's modules loads more of them than to require them does, which is a tenth of a start.
const require = module.createRequire(import.meta.url);
const { existsSync, readFileSync } = require('node:fs');
const { dirname, join } = require('node:path');

const needed = 24;

/** What is answered without loading any command. */
const overview = ['--help', '-h', 'help', '--version', '-V'];
const bundledOverview = './overview.cjs';

function run() {
  // Compiled code is kept among the machine's temporary files, so that the next start need not compile it again.
  module.enableCompileCache();
  const words = process.argv.slice(2);
  const source = new URL('./process.ts', import.meta.url);
  if (existsSync(source)) return import(source.href).then(start);
  if (words.length === 0) words.push('--help');
  if (words.length === 1 && overview.includes(words[0])) {
    return require(bundledOverview).runOverview(words);
  }
  return import('./process.js').then(start);
}

function start({ runProcess }) {
  return runProcess();
}

/** The Node that npm installed as the package `node`, where it is new enough. */
function installedNode() {
  try {
    const manifest = require.resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const program = join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    return Number(version.split('.')[0]) >= needed && existsSync(program) ? program : undefined;
  } catch {
    return undefined;
  }
}

/** Runs this file again on another Node, which gets the signals and gives the exit code. */
function runOn(program) {
  const { spawn } = require('node:child_process');
  const child = spawn(program, process.argv.slice(1), { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code);
    process.removeAllListeners(signal);
    process.kill(process.pid, signal);
  });
}

if (Number(process.versions.node.split('.')[0]) >= needed) run();
else {
  const program = installedNode();
  if (program !== undefined) runOn(program);
  else {
    console.error(
      `ciclo needs Node ${needed} or newer, and this is Node ${process.versions.node}: install it, or npm i -D node@${needed}`,
    );
    process.exitCode = 2;
  }
}
