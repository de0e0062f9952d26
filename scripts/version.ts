/**
 * Makes a version of the changesets: `node scripts/version.ts`, in a checkout where `npm ci` was run. It raises package.json
 * and the lockfile, writes CHANGELOG.md, takes the changesets away, and writes what follows from the version: the constant
 * in the code, and the major version by which pages name the actions. What it leaves is for the version pull request.
 */
import { execFileSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { versionsOf } from './next-version.ts';
import { pagesOf } from './pages.ts';
import { writeVersionFiles } from './version-files.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { current, next } = await versionsOf(root);
if (next === current) {
  console.log(`no changeset asks for a release after ${current}`);
} else {
  const manifest = createRequire(import.meta.url).resolve('@changesets/cli/package.json');
  const { bin } = JSON.parse(await readFile(manifest, 'utf8')) as { bin: Record<string, string> };
  execFileSync(process.execPath, [path.join(path.dirname(manifest), bin.changeset!), 'version'], {
    cwd: root,
    stdio: 'inherit',
  });
  const { current: version } = await versionsOf(root);
  if (version !== next)
    throw new Error(`changesets made ${version} of ${current}, where its changesets ask for ${next}`);
  await writeVersionFiles(root, version, pagesOf(root));
  console.log(version);
}
