import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { absoluteLinks } from './relative-links.ts';
import { bundleEntry } from './release-bundle.ts';
import { rewriteSelfReferences } from './self-reference.ts';

/** The reusable workflows, as far as they exist: the project's own (ci, release) are not released. */
const workflows = ['gate.yml', 'deploy.yml', 'drift.yml', 'pages.yml', 'comment.yml'];

/** Where what is published links to for the rest. */
export const project = 'https://github.com/ciclo-ml/ciclo/blob/main';

interface ReleaseOptions {
  /** `owner/repo@ref` that `$/` is rewritten to; without it the files stay as they are. */
  readonly self?: string;
}

/** The folders of actions/ that hold an action. */
export async function actionNames(root: string): Promise<string[]> {
  const folders = await readdir(path.join(root, 'actions'), { recursive: true });
  return folders
    .filter((name) => path.basename(name) === 'action.yml')
    .map((name) => path.dirname(name))
    .sort();
}

/**
 * Builds the tree that a release consists of: what `uses: ciclo-ml/ciclo/…@v1` finds, and nothing else. It replaces
 * `output` when it is complete.
 */
export async function buildReleaseTree(
  root: string,
  output: string,
  { self }: ReleaseOptions = {},
): Promise<void> {
  const unfinished = `${output}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  const copy = async (from: string, change: (text: string) => string = (text) => text): Promise<void> => {
    const to = path.join(unfinished, from);
    await mkdir(path.dirname(to), { recursive: true });
    await writeFile(to, change(await readFile(path.join(root, from), 'utf8')));
  };
  const own = (text: string): string => (self === undefined ? text : rewriteSelfReferences(text, self));
  for (const name of await actionNames(root)) {
    await copy(`actions/${name}/action.yml`, own);
    if (name !== 'entry') {
      await copy(`actions/${name}/README.md`, (text) =>
        absoluteLinks(text, `${project}/actions/${name}`, []),
      );
    }
  }
  for (const name of workflows) await copy(`.github/workflows/${name}`, own);
  await copy('README.md', (text) => absoluteLinks(text, project, ['LICENSE', 'NOTICE']));
  // The schema is what `ciclo init` names for editors, by the version's tag.
  for (const name of ['LICENSE', 'NOTICE', 'ciclo.schema.json']) {
    await cp(path.join(root, name), path.join(unfinished, name));
  }
  await bundleEntry(root, path.join(unfinished, 'actions', 'entry', 'dist'));
  await rm(output, { recursive: true, force: true });
  await rename(unfinished, output);
}
