import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const standIns = [
  ['actions/upload-pages-artifact', 'upload'],
  ['actions/deploy-pages', 'deploy'],
] as const;

/** Words for act: what to take for the actions of pages.yml that it cannot fetch, by their pins in the release tree. */
export function pagesStandIns(release: string): string[] {
  const text = readFileSync(path.join(release, '.github', 'workflows', 'pages.yml'), 'utf8');
  return standIns.flatMap(([name, folder]) => {
    const pin = new RegExp(`uses: (${name}@[0-9a-f]{40}) `).exec(text)?.[1];
    if (pin === undefined) throw new Error(`pages.yml does not use ${name} by a commit`);
    const place = fileURLToPath(new URL(`pages/${folder}`, import.meta.url));
    return ['--local-repository', `${pin}=${place}`];
  });
}
