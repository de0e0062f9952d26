/*
 * These functions run inside the browser: each must stand on its own, without anything from outside.
 */

/** A text and how well it stands out from what is behind it (WCAG 2 contrast ratio, 1 to 21). */
export interface TextContrast {
  readonly text: string;
  readonly element: string;
  readonly contrast: number;
}

/** The contrast of every visible text of the page, texts in drawings included. */
export function contrastsOf(): TextContrast[] {
  const canvas = document.createElement('canvas');
  canvas.width = 1;
  canvas.height = 1;
  const context = canvas.getContext('2d', { willReadFrequently: true })!;
  /** Paints colours over each other, the furthest first, and reads what is seen. */
  const mix = (colors: readonly string[]): number[] => {
    context.clearRect(0, 0, 1, 1);
    for (const color of colors) {
      context.fillStyle = color;
      context.fillRect(0, 0, 1, 1);
    }
    return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
  };
  const luminance = (rgb: readonly number[]): number => {
    const [r, g, b] = rgb.map((byte) => {
      const share = byte / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
  };
  const grounds = (element: Element): string[] => {
    const found: string[] = [];
    for (let at: Element | null = element; at; at = at.parentElement)
      found.unshift(getComputedStyle(at).backgroundColor);
    return ['white', ...found];
  };
  const results: TextContrast[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '' || !element.checkVisibility() || element.closest('.visually-hidden,.skip'))
      continue;
    const style = getComputedStyle(element);
    const behind = grounds(element);
    const color = element instanceof SVGElement ? style.fill : style.color;
    const [light, dark] = [luminance(mix([...behind, color])), luminance(mix(behind))].toSorted(
      (a, b) => b - a,
    );
    results.push({
      text: text.slice(0, 40),
      element: `${element.tagName} ${element.getAttribute('class') ?? ''}`,
      contrast: (light! + 0.05) / (dark! + 0.05),
    });
  }
  return results;
}

/** Pairs of labels in one chart whose boxes overlap, and labels that leave their chart. */
export function overlapsOf(): string[] {
  const problems: string[] = [];
  for (const chart of document.querySelectorAll('svg.chart, svg.strip')) {
    if (!chart.checkVisibility()) continue;
    const frame = chart.getBoundingClientRect();
    const labels = [...chart.querySelectorAll('text')].map((label) => ({
      text: label.textContent,
      box: label.getBoundingClientRect(),
    }));
    for (const [i, { text, box }] of labels.entries()) {
      if (
        box.left < frame.left - 2 ||
        box.right > frame.right + 2 ||
        box.top < frame.top - 2 ||
        box.bottom > frame.bottom + 2
      ) {
        problems.push(`${text} leaves the chart`);
      }
      for (const other of labels.slice(i + 1)) {
        const across = Math.min(box.right, other.box.right) - Math.max(box.left, other.box.left);
        const down = Math.min(box.bottom, other.box.bottom) - Math.max(box.top, other.box.top);
        if (across > 1 && down > 3) problems.push(`${text} overlaps ${other.text}`);
      }
    }
  }
  return problems;
}

/** Elements that reach beyond the right edge of the window, other than what is scrolled inside its own box. */
export function overflowsOf(): string[] {
  const edge = document.documentElement.clientWidth + 1;
  return [...document.body.querySelectorAll('*')]
    .filter(
      (element) =>
        element.checkVisibility() && !element.closest('.scroll table,.visually-hidden,.skip,svg *'),
    )
    .filter((element) => element.getBoundingClientRect().right > edge)
    .map((element) => `${element.tagName} ${element.getAttribute('class') ?? ''}`);
}

/** Fields of numbers whose number is longer than the field, and large figures that do not stand in one line. */
export function cutFieldsOf(): string[] {
  const cut = [...document.querySelectorAll<HTMLInputElement>('input[inputmode=decimal]')]
    .filter((field) => field.checkVisibility() && field.scrollWidth > field.clientWidth + 1)
    .map(({ value }) => value);
  const broken = [...document.querySelectorAll('.primary-value, .answer-value data')].flatMap((figure) => {
    const text = [...figure.childNodes].find((node) => node.nodeType === Node.TEXT_NODE);
    if (!text || !/^[\d,.−]+$/.test(text.textContent ?? '')) return [];
    const range = document.createRange();
    range.selectNode(text);
    return range.getClientRects().length > 1 ? [text.textContent!] : [];
  });
  return [...cut, ...broken];
}

/** Words of tables that are broken although they have no place for it: their column is too narrow. Long names may break. */
export function brokenWordsOf(): string[] {
  const longest = 16;
  const broken: string[] = [];
  for (const cell of document.querySelectorAll('th, td')) {
    if (!cell.checkVisibility() || cell.closest('.visually-hidden')) continue;
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement!.closest('svg,pre,.digest,.visually-hidden')) continue;
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/[\p{L}\d]+/gu)) {
        if (word.length > longest) continue;
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.push(word);
      }
    }
  }
  return broken;
}
