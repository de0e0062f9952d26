// Charts as SVG: larger ones by Vega, the others drawn here.
import type { LoggerInterface } from 'vega';
import type { TopLevelSpec } from 'vega-lite';
import { html, type Markup, trusted } from '../markup/html.ts';
import { chartTheme } from './theme.ts';

/** A chart to draw. */
export interface Chart {
  readonly spec: Omit<TopLevelSpec, '$schema' | 'config'>;
  /** What it shows, for who cannot see it: the numbers that matter, in a sentence or two. */
  readonly description: string;
  /** Displayed at most so wide, in pixels; default its natural width. */
  readonly maxWidth?: number;
}

/**
 * Draws a Vega-Lite chart as an SVG without a browser. Vega is loaded at the first chart only. Colours are the
 * page's custom properties, so that the chart follows light and dark; fonts are the page's.
 *
 * @throws Error when Vega cannot draw the chart: a bug in its description.
 */
export async function drawChart(chart: Chart): Promise<Markup> {
  const [{ compile }, { parse, View }] = await Promise.all([import('vega-lite'), import('vega')]);
  const { spec } = compile({ ...chart.spec, config: chartTheme } as TopLevelSpec, { logger: quiet });
  const view = new View(parse(spec), { renderer: 'none', logger: quiet });
  try {
    const svg = await view.toSVG();
    const [, size, inner] = /^<svg [^>]*viewBox="0 0 ([\d. ]+)"[^>]*>(.*)<\/svg>$/s.exec(svg) ?? [];
    if (size === undefined || inner === undefined)
      throw new Error(`Vega drew no SVG but ${svg.slice(0, 80)}`);
    return html`<svg class="chart" viewBox="0 0 ${size}" role="img" aria-label="${chart.description}">${trusted(compactSvg(inner))}</svg>`;
  } finally {
    view.finalize();
  }
}

/** Vega would write its warnings to the console, which belongs to the command line. Its errors are exceptions here. */
const quiet: LoggerInterface = {
  level: quietLevel,
  warn: () => quiet,
  info: () => quiet,
  debug: () => quiet,
  error: (...messages) => {
    throw new Error(`Vega could not draw the chart: ${messages.join(' ')}`);
  },
};

function quietLevel(): number;
function quietLevel(level: number): LoggerInterface;
function quietLevel(level?: number): number | LoggerInterface {
  return level === undefined ? 0 : quiet;
}

/**
 * Vega's SVG without what the page does not need: empty frames, roles and classes for scripts, hidden labels,
 * fonts (the page's apply) and digits beyond a hundredth of a pixel. A third of the size.
 */
function compactSvg(svg: string): string {
  return svg
    .replace(/<text[^>]* opacity="0"[^>]*>[^<]*<\/text>/g, '')
    .replace(/<path class="(?:foreground|background)"[^>]* d="(?:M0,0h0v0h0Z)?"[^>]*\/>/g, '')
    .replace(/<path class="(?:foreground|background)"[^>]* display="none"[^>]*\/>/g, '')
    .replace(
      / (?:class|role|aria-roledescription|aria-hidden|pointer-events|font-family|stroke-miterlimit)="[^"<>]*"/g,
      '',
    )
    .replace(/ opacity="1"/g, '')
    .replace(/(?<= (?:transform|d|x|y|x2|y2|width|height)=")[^"<>]*(?=")/g, (numbers) =>
      numbers.replace(/-?\d+\.\d{3,}(?:e-\d+)?/g, (number) => String(Math.round(Number(number) * 100) / 100)),
    )
    .replace(/ transform="translate\(0,0\)"/g, '')
    .replace(/<g><\/g>/g, '');
}
