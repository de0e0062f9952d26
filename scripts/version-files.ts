import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { withPublishedMajor } from './self-reference.ts';

/** Replaces what must be there. @throws Error when it is not: the file has changed its form. */
function replaced(text: string, pattern: RegExp, by: string, file: string): string {
  if (!pattern.test(text)) throw new Error(`${file}: there is no version to replace (${pattern.source})`);
  return text.replace(pattern, by);
}

/** package-lock.json with the version of the package itself; nothing else in it depends on that. */
export function lockfileOf(text: string, version: string): string {
  const lock = JSON.parse(text) as { version: string; packages: Record<string, { version?: string }> };
  lock.version = version;
  lock.packages['']!.version = version;
  return `${JSON.stringify(lock, null, 2)}\n`;
}

/** shared/platform/version.ts, which no file is read for at run time. */
export function versionModuleOf(text: string, version: string): string {
  return replaced(
    text,
    /(?<=export const cicloVersion = ')[^']+(?=')/,
    version,
    'shared/platform/version.ts',
  );
}

/** shared/init/published-actions.ts: the tag that what `ciclo init` writes names. */
export function publishedActionsOf(text: string, major: string): string {
  return replaced(text, /(?<=ref: ')v\d+(?=')/, major, 'shared/init/published-actions.ts');
}

const unreleased = /<!-- unreleased:begin -->\n[\s\S]*?<!-- unreleased:end -->\n\n?/;

/** README.md without the lines that say that nothing is released yet, from the first release on. */
export function readmeOf(text: string, version: string): string {
  return version.startsWith('0.') ? text : text.replace(unreleased, '');
}

/**
 * Writes what follows from a new version in package.json.
 *
 * @param root the checkout.
 * @param pages files that name the published actions, relative to it.
 */
export async function writeVersionFiles(
  root: string,
  version: string,
  pages: readonly string[],
): Promise<void> {
  const rewrite = async (file: string, change: (text: string) => string): Promise<void> => {
    const place = path.join(root, file);
    const text = await readFile(place, 'utf8');
    const changed = change(text);
    if (changed !== text) await writeFile(place, changed);
  };
  await rewrite('package-lock.json', (text) => lockfileOf(text, version));
  await rewrite('shared/platform/version.ts', (text) => versionModuleOf(text, version));
  await rewrite('README.md', (text) => readmeOf(text, version));
  const major = `v${version.split('.')[0]}`;
  await rewrite('shared/init/published-actions.ts', (text) => publishedActionsOf(text, major));
  for (const page of pages) await rewrite(page, (text) => withPublishedMajor(text, major));
}
