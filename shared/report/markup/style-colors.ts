/** Names of colours for each of the two schemes. Text colours have a contrast of at least 4.5 on their grounds. */
interface Scheme {
  readonly [name: string]: string;
}

const light: Scheme = {
  ground: '#f4f6f8',
  surface: '#ffffff',
  ink: '#17202b',
  muted: '#556170',
  line: '#e1e6eb',
  edge: '#b9c2cc',
  rail: '#c9d1d9',
  link: '#1a5fb4',
  model: '#1f63c1',
  champion: '#a8500a',
  other: '#7b8794',
  pass: '#146c3a',
  'pass-tint': '#e6f5eb',
  'pass-edge': '#b5dfc4',
  warn: '#855000',
  'warn-tint': '#fdf3dc',
  'warn-edge': '#efd69b',
  fail: '#ad1d2d',
  'fail-tint': '#fdebec',
  'fail-edge': '#f3bfc3',
  zone: '#dcefe2',
  'heat-right': '#1f63c1',
  'heat-wrong': '#c2410c',
  'other-1': '#b5179e',
  'other-2': '#5f6b78',
  'other-3': '#0f766e',
  'other-4': '#a16207',
  'on-icon': '#ffffff',
};

const dark: Scheme = {
  ground: '#0e1319',
  surface: '#161d26',
  ink: '#e7ecf2',
  muted: '#a4b0be',
  line: '#2a3541',
  edge: '#4c5a69',
  rail: '#3d4957',
  link: '#86b8ff',
  model: '#7db1ff',
  champion: '#f3ab62',
  other: '#8b98a7',
  pass: '#74d69b',
  'pass-tint': '#12291d',
  'pass-edge': '#265039',
  warn: '#f2c265',
  'warn-tint': '#2d2412',
  'warn-edge': '#5c4a20',
  fail: '#ff9ba3',
  'fail-tint': '#331a1f',
  'fail-edge': '#693039',
  zone: '#1d3a2a',
  'heat-right': '#3f86e8',
  'heat-wrong': '#d9622b',
  'other-1': '#f08be0',
  'other-2': '#a9b4c0',
  'other-3': '#5ccfc3',
  'other-4': '#e5bd53',
  'on-icon': '#0e1319',
};

function declarations(scheme: Scheme): string {
  return Object.entries(scheme)
    .map(([name, color]) => `--${name}:${color};`)
    .join('');
}

function outcome(name: string, color: string): string {
  return `.${name}{--strong:var(--${color});--tint:var(--${color}-tint);--tint-edge:var(--${color}-edge)}`;
}

/** Custom properties, dark where the reader asks for it; paper is always light. */
export const colorStyle = [
  `:root{color-scheme:light;${declarations(light)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${declarations(dark)}}}`,
  outcome('pass', 'pass'),
  outcome('warn', 'warn'),
  outcome('fail', 'fail'),
].join('');
