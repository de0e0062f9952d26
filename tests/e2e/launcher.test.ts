import { spawnSync } from 'node:child_process';
import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('../../cli/ciclo.js', import.meta.url));
/** Makes a Node say that it is Node 20, to the launcher alone: what it starts is not told. */
const older = "--import=data:text/javascript,Object.defineProperty(process.versions,'node',{value:'20.1.0'})";

function start(file: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [older, file, ...args], { encoding: 'utf8' });
}

describe('ciclo, started by an older Node', () => {
  let alone: string;
  beforeAll(async () => {
    alone = await mkdtemp(join(tmpdir(), 'ciclo-launcher-'));
    await cp(launcher, join(alone, 'ciclo.js'));
    await writeFile(join(alone, 'package.json'), '{ "type": "module" }');
  });
  afterAll(() => rm(alone, { recursive: true }));

  test('runs on the Node that npm installed, with its arguments and its exit code', () => {
    expect(start(launcher, '--help')).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Usage: ciclo'),
    });
    expect(start(launcher, 'no-such-command').status).toBe(2);
  });

  test('says in one line what is needed where npm installed none', () => {
    expect(start(join(alone, 'ciclo.js'), '--help')).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'ciclo needs Node 24 or newer, and this is Node 20.1.0: install it, or npm i -D node@24\n',
    });
  });
});
