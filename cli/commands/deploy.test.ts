import { execFile, execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { housesConfig, housesCsv } from '../../actions/testing/houses.ts';
import { sha256 } from '../../shared/platform/digest.ts';
import { temporaryFolder } from '../../shared/source/testing/temporary-folder.ts';

const main = fileURLToPath(new URL('../ciclo.js', import.meta.url));

/** Moves the clock of a process: every date that is asked for now is so many days later. */
const shiftedClock = (days: number): string => `
const shift = ${days} * 86400000, Real = Date;
globalThis.Date = class extends Real {
  constructor(...words) { if (words.length === 0) super(Real.now() + shift); else super(...words); }
  static now() { return Real.now() + shift; }
};
`;

/** Trains and deploys houses as somebody somewhere does, and gives the digest of the released bundle. */
async function bundleOf(who: { readonly days: number; readonly name: string; readonly zone: string }) {
  await using folder = await temporaryFolder({
    [`${who.name}/ciclo.yml`]: housesConfig({ name: 'houses', deploy: { targets: ['release'] } }),
    [`${who.name}/data/houses.csv`]: housesCsv(200),
    '.gitignore': '.ciclo/\nclock.mjs\n',
    'clock.mjs': shiftedClock(who.days),
  });
  const cwd = path.join(folder.path, who.name);
  const clock = pathToFileURL(path.join(folder.path, 'clock.mjs')).href;
  const env = {
    ...process.env,
    ...{ TZ: who.zone, USER: who.name, LOGNAME: who.name, HOME: folder.path, LANG: 'de_DE.UTF-8' },
    ...{ HOSTNAME: who.name, GITHUB_ACTOR: who.name, NODE_OPTIONS: `--import ${clock}` },
  };
  const git = (...words: string[]) =>
    execFileSync('git', [
      '-C',
      folder.path,
      '-c',
      `user.name=${who.name}`,
      '-c',
      `user.email=${who.name}@t`,
      ...words,
    ]);
  const ciclo = (...words: string[]) =>
    promisify(execFile)(process.execPath, [main, ...words, '--quiet'], { cwd, env });
  git('init', '--quiet');
  await ciclo('lock', '--yes');
  git('add', '--all');
  git('commit', '--quiet', '--message=houses');
  await ciclo('run');
  await ciclo('deploy');
  const assets = path.join(folder.path, '.ciclo', 'forge', 'releases', 'houses@v1.0.0', 'assets');
  const file = (await readdir(assets)).find((name) => name.endsWith('.zip'))!;
  return sha256(await readFile(path.join(assets, file)));
}

test('a bundle depends on no clock, no time zone, no person and no place', async () => {
  const [here, there] = await Promise.all([
    bundleOf({ days: 0, name: 'ada', zone: 'UTC' }),
    bundleOf({ days: 4000, name: 'grace', zone: 'Asia/Kathmandu' }),
  ]);
  expect(there).toBe(here);
}, 120_000);
