import path from 'node:path';

/** Where links lead that leave the site, and under which path the site is. */
export interface DocsHome {
  /** Address of the repository's files: https://github.com/ciclo-ml/ciclo/blob/main */
  readonly repository: string;
  /** Path of the site on its host, with a slash at both ends: /ciclo/ */
  readonly base: string;
}

/** A Markdown file of the repository as a page of the site. */
export interface DocsPage {
  readonly title: string;
  /** First sentence, without marks: for search engines and lists. */
  readonly description: string;
  readonly body: string;
}

/** A link or picture; or code, fenced or in a line: what looks like a link there is none. */
const linkOrCode =
  /(?<image>!?)(?<text>\[(?:[^[\]]|\[[^\]]*\])*\]\()(?<target>[^)\s]+)\)|^```[\s\S]*?^```|`[^`\n]*`/gm;
const heading = /^# (.+)\n+/;

/** Address of a page within the site: docs/guides/data.md is guides/data, docs/README.md is index. */
export function pageId(file: string): string {
  const name = file.replace(/^docs\//, '').replace(/\.md$/, '');
  return name.replace(/(^|\/)README$/, '').toLowerCase() || 'index';
}

function plain(markdown: string): string {
  return markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[*_`]/g, '')
    .replaceAll(/\s+/g, ' ');
}

function description(body: string): string {
  const paragraph = body.split(/\n{2,}/).find((block) => /^[\p{L}`*[]/u.test(block)) ?? '';
  return (
    plain(paragraph)
      .match(/^.+?[.:](?=\s|$)/)?.[0]
      .replace(/:$/, '.') ?? ''
  );
}

/** Where a row of a table begins with a key of ciclo.yml: `data.source(http).retries`. */
const keyCell = /^\| `([\w-]+(?:[.([][^`]*)+)` \|/gm;

/** Long keys in tables may break after a dot and before a bracket, so that what they mean has room beside them. */
function withBreaks(body: string): string {
  return body.replaceAll(keyCell, (_, key: string) => {
    const parts = key.replaceAll('<', '&lt;').split(/(?<=\.)|(?=\()/);
    return `| <code>${parts.join('<wbr>')}</code> |`;
  });
}

/**
 * Makes a page of a Markdown file as it is written for GitHub: the first heading becomes the title, and relative links lead to
 * the pages of the site, or, where a file is none, to the repository. Pictures stay relative: the site's builder takes them from there.
 *
 * @param file path of the file from the root of the repository, with forward slashes.
 * @param pages the files that are pages of the site.
 * @throws Error when the file does not begin with a heading of the first level.
 */
export function docsPage(text: string, file: string, pages: ReadonlySet<string>, home: DocsHome): DocsPage {
  const title = text.match(heading)?.[1];
  if (title === undefined) throw new Error(`${file} cannot be a page: it has to begin with its title, "# …"`);
  const address = (target: string): string => {
    const [to = '', anchor] = target.split('#');
    const found = path.posix.normalize(path.posix.join(path.posix.dirname(file), to));
    const end = anchor === undefined ? '' : `#${anchor}`;
    if (!pages.has(found)) return `${home.repository}/${found}${end}`;
    const id = pageId(found);
    return `${home.base}${id === 'index' ? '' : `${id}/`}${end}`;
  };
  const body = text
    .replace(heading, '')
    .replaceAll(linkOrCode, (whole, image?: string, before?: string, target?: string) =>
      image !== '' || before === undefined || target === undefined || /^([a-z]+:|#|\/)/.test(target)
        ? whole
        : `${before}${address(target)})`,
    );
  return { title: plain(title), description: description(body), body: withBreaks(body) };
}
