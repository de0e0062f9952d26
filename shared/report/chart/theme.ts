import type { Config } from 'vega-lite';

/** Colours are custom properties of the page's style sheet. */
export const inkColors = {
  model: 'var(--model)',
  champion: 'var(--champion)',
  muted: 'var(--muted)',
  faint: 'var(--rail)',
  ink: 'var(--ink)',
} as const;

/** Lines of candidates that were not chosen: colour and dashes both differ. */
export const otherLines = [
  { color: 'var(--other-1)', dash: [2, 3] },
  { color: 'var(--other-2)', dash: [7, 3] },
  { color: 'var(--other-3)', dash: [7, 3, 2, 3] },
  { color: 'var(--other-4)', dash: [12, 4] },
] as const;

/** What all charts share. `aria` is off because the page describes each chart as a whole. */
export const chartTheme: Config = {
  aria: false,
  // An empty background lets the page's show through.
  background: 'transparent',
  padding: 2,
  view: { stroke: null },
  axis: {
    labelFontSize: 12,
    titleFontSize: 12,
    titleFontWeight: 'normal',
    labelColor: inkColors.muted,
    titleColor: inkColors.muted,
    gridColor: 'var(--line)',
    tickColor: 'var(--line)',
    domain: false,
    ticks: false,
    labelPadding: 7,
    titlePadding: 10,
    labelFlush: false,
  },
  text: { fontSize: 12, color: inkColors.ink },
};
