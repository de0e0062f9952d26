/** Target of a Markdown link or image. */
const link = /(\]\()([^)\s]+)(\))/g;

/**
 * Makes the relative links of a Markdown file absolute, so that they work where only this file is.
 *
 * @param home address that relative paths are appended to.
 * @param kept paths that exist beside the file and stay relative.
 */
export function absoluteLinks(markdown: string, home: string, kept: readonly string[]): string {
  return markdown.replaceAll(link, (whole, before: string, target: string, after: string) => {
    if (/^([a-z]+:|#|\/)/.test(target) || kept.includes(target)) return whole;
    return `${before}${new URL(target, `${home}/`).href}${after}`;
  });
}
