import { globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { glob, type Loader, type LoaderContext } from 'astro/loaders';
import { docsPage, pageId } from '../../scripts/docs-page.ts';

const root = new URL('../../', import.meta.url);
const repository = 'https://github.com/ciclo-ml/ciclo';
/** Markdown files of the repository that are pages of the site. */
const pattern = ['docs/**/*.md', 'benchmarks/README.md'];

/** Pages with a table that needs the whole width. */
const wide = ['docs/comparison.md'];

/** The repository's own Markdown as pages: it is written for GitHub, read there, and becomes the site as it is. */
export function docsLoader(): Loader {
  const loader = glob({ base: '..', pattern, generateId: ({ entry }) => pageId(entry) });
  return {
    name: 'ciclo-docs',
    load: (context) => loader.load({ ...context, entryTypes: asPages(context) } as LoaderContext),
  };
}

function asPages({ entryTypes, config }: LoaderContext): LoaderContext['entryTypes'] {
  const markdown = entryTypes.get('.md');
  if (markdown === undefined) throw new Error('Astro does not know how to read Markdown');
  const pages = new Set(
    globSync(pattern, { cwd: fileURLToPath(root) }).map((file) => file.replaceAll(path.sep, '/')),
  );
  const home = { repository: `${repository}/blob/main`, base: `${config.base.replace(/\/$/, '')}/` };
  return new Map([
    ...entryTypes,
    [
      '.md',
      {
        ...markdown,
        getEntryInfo: async ({ contents, fileUrl }) => {
          const file = path.posix.relative(root.pathname, fileUrl.pathname);
          const { title, description, body } = docsPage(contents, file, pages, home);
          const editUrl = `${repository}/edit/main/${file}`;
          const data = {
            title,
            description,
            editUrl,
            ...(wide.includes(file) ? { tableOfContents: false } : {}),
          };
          return { ...(await markdown.getEntryInfo({ contents: body, fileUrl })), data };
        },
      },
    ],
  ]);
}
