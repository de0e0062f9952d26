/**
 * Bundles the script of the static site's prediction page from shared/site/browser/page.ts into
 * shared/site/generated/page-script.ts: `node scripts/build-site-script.ts`.
 * With --check nothing is written, and a file that is out of date fails the run.
 *
 * The result is committed, because the site is also made where esbuild is not: by the released bundle and by
 * `ciclo` from npm. It is a module with one text, so that every way of running it brings it along, and it is not
 * minified, so that it can be read and reviewed.
 */
import { fileURLToPath } from 'node:url';
import { type GeneratedFile, staleFiles, writeFiles } from './generated-file.ts';
import { bundleSiteScript } from './site-script.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const path = 'shared/site/generated/page-script.ts';
const file: GeneratedFile = { path, content: await bundleSiteScript(root) };
process.chdir(root);

const stale = await staleFiles([file]);
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`${path} is out of date: node scripts/build-site-script.ts writes it again`);
    process.exitCode = 1;
  } else console.log(`${path} is up to date`);
} else {
  await writeFiles(stale);
  console.log(stale.length === 0 ? 'nothing changed' : `written: ${path}`);
}
