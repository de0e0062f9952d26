const style = `<style>
  text { font: 14px system-ui, sans-serif; fill: #1d2b28 }
  .small { font-size: 12px; fill: #4d5f5a }
  .strong { font-weight: 600 }
  .box { fill: #eef6f3; stroke: #0b7a61; stroke-width: 1.5 }
  .store { fill: #f6f4ee; stroke: #8a6d2f; stroke-width: 1.5 }
  .line { stroke: #4d5f5a; stroke-width: 1.5; fill: none }
  .tip { fill: #4d5f5a }
  .truth { stroke: #8a6d2f; stroke-width: 2 }
  .held { stroke: #0b7a61; stroke-width: 3; fill: #0b7a61 }
  .missed { stroke: #c2410c; stroke-width: 3; fill: #c2410c }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3ece9 }
    .small { fill: #a9bab4 }
    .box { fill: #12312a; stroke: #5fd0b3 }
    .store { fill: #2f2817; stroke: #d9b765 }
    .line { stroke: #a9bab4 }
    .tip { fill: #a9bab4 }
    .truth { stroke: #d9b765 }
    .held { stroke: #5fd0b3; fill: #5fd0b3 }
    .missed { stroke: #ff9d6b; fill: #ff9d6b }
  }
</style>`;

/**
 * An SVG picture that follows the reader's light or dark scheme.
 *
 * @param title what it shows, in words.
 * @param parts of SVG.
 */
export function picture(title: string, width: number, height: number, parts: readonly string[]): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>${title}</title>
${style}
<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="tip" d="M0 0 8 4 0 8z"/></marker></defs>
${parts.join('\n')}
</svg>
`;
}

/** A box of a diagram: a title and lines of text; of a `store`, what is kept there. */
interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly title: string;
  readonly words: readonly string[];
  readonly kind?: 'box' | 'store';
}

/** A box as SVG; its height is that of its text. */
export function box({ x, y, width, title, words, kind = 'box' }: Box): string {
  const height = 34 + 17 * words.length;
  const lines = words.map(
    (text, line) =>
      `<text class="small" x="${x + width / 2}" y="${y + 42 + 17 * line}" text-anchor="middle">${text}</text>`,
  );
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>
<text class="strong" x="${x + width / 2}" y="${y + 23}" text-anchor="middle">${title}</text>
${lines.join('\n')}`;
}

/** A path with a tip at its end, and what stands beside it. */
export function arrow(
  path: string,
  words?: { readonly x: number; readonly y: number; readonly text: string },
): string {
  const text = words
    ? `\n<text class="small" x="${words.x}" y="${words.y}" text-anchor="middle">${words.text}</text>`
    : '';
  return `<path class="line" d="${path}" marker-end="url(#tip)"/>${text}`;
}
