#!/usr/bin/env node
// Plain JavaScript of an old Node's dialect: it must run far enough to say which Node is needed.
// A checkout runs its TypeScript as it is; the published package holds dist/ instead.
const major = Number(process.versions.node.split('.')[0]);
if (major < 24) {
  console.error(
    `Ciclo needs Node 24 or newer; this is Node ${process.versions.node} (${process.execPath}).\n` +
      'Inside a project that depends on ciclo, `npx ciclo` uses the Node that npm installed beside it.',
  );
  process.exitCode = 2;
} else {
  const { existsSync } = await import('node:fs');
  const source = new URL('./process.ts', import.meta.url);
  const { runProcess } = await import(
    existsSync(source) ? source.href : new URL('../dist/cli/process.js', import.meta.url).href
  );
  await runProcess();
}
