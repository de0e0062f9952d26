import path from 'node:path';
import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** What a link may lead to. */
export interface LinkTargets {
  /** Pages of the built site by their path, /ciclo/guides/data/, with their HTML. */
  readonly pages: ReadonlyMap<string, string>;
  /** Whether the site has another file of this path, such as a picture. */
  readonly hasFile: (path: string) => boolean;
  /** Whether the repository has a file or folder of this path. */
  readonly inRepository: (path: string) => boolean;
  /** Start of addresses that are files of the repository: https://github.com/ciclo-ml/ciclo/blob/main/ */
  readonly repository: string;
}

interface Found {
  readonly ids: ReadonlySet<string>;
  readonly links: readonly string[];
}

function read(html: string): Found {
  const ids = new Set<string>();
  const links: string[] = [];
  const walk = (node: DefaultTreeAdapterTypes.Node): void => {
    if ('attrs' in node) {
      for (const { name, value } of node.attrs) {
        if (name === 'id') ids.add(value);
        if (name === 'href' || name === 'src') links.push(value);
      }
    }
    if ('childNodes' in node) for (const child of node.childNodes) walk(child);
  };
  walk(parse(html));
  return { ids, links };
}

/**
 * Links of a built site that lead nowhere, as "/ciclo/guides/data/: #no-such-heading": to a page, a heading or a file that is not
 * there, or to a file that the repository does not have. Other hosts are not asked.
 */
export function brokenLinks({ pages, hasFile, inRepository, repository }: LinkTargets): string[] {
  const found = new Map([...pages].map(([page, html]) => [page, read(html)]));
  const leads = (page: string, link: string): boolean => {
    if (link.startsWith(repository))
      return inRepository(decodeURI(link.slice(repository.length).split(/[#?]/)[0]!));
    if (/^([a-z]+:|\/\/)/.test(link)) return true;
    const url = new URL(link, `http://site${page}`);
    const target = found.get(url.pathname);
    if (target === undefined) return path.posix.extname(url.pathname) !== '' && hasFile(url.pathname);
    const anchor = decodeURIComponent(url.hash.slice(1));
    return anchor === '' || anchor === '_top' || target.ids.has(anchor);
  };
  return [...found].flatMap(([page, { links }]) =>
    [...new Set(links)].filter((link) => !leads(page, link)).map((link) => `${page}: ${link}`),
  );
}
