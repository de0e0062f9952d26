/** Fences of code, and comments, in which "# …" is no heading and "](…)" no link. */
const unread = /^```[\s\S]*?^```|<!--[\s\S]*?-->/gm;

/** A Markdown text without code: fences, comments and code within lines. */
export function prose(markdown: string): string {
  return markdown.replaceAll(unread, '').replaceAll(/`[^`\n]*`/g, '``');
}

/**
 * Anchors of the headings as GitHub makes them: lower case, without signs, blanks as dashes, and a number for what comes again.
 * github.com/gjtorikian/html-pipeline, TableOfContentsFilter.
 */
export function headingAnchors(markdown: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading] of markdown.replaceAll(unread, '').matchAll(/^#{1,6} +(.+?) *$/gm)) {
    const slug = heading!
      .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
      .replaceAll(' ', '-');
    let anchor = slug;
    for (let again = 1; anchors.has(anchor); again += 1) anchor = `${slug}-${again}`;
    anchors.add(anchor);
  }
  return anchors;
}
