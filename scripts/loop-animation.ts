/** What `ciclo replay` writes into replay.json, as far as it is drawn. */
export interface Replayed {
  readonly metric: string;
  readonly unit?: string;
  readonly periods: readonly string[];
  readonly policies: readonly Policy[];
}

interface Policy {
  readonly name: string;
  readonly mean: number;
  readonly points: readonly { readonly period: string; readonly value: number; readonly rows: number }[];
  readonly checks: readonly { readonly period: string; readonly ending: string }[];
  readonly retrainings: readonly {
    readonly period: string;
    readonly change: number;
    readonly merged: boolean;
    readonly version?: string;
  }[];
}

const width = 800;
const height = 400;
const chart = { left: 70, right: 770, top: 120, bottom: 300 };
/** Seconds: of a period, before the first and after the last. */
const pace = { period: 2, first: 1.5, last: 5 };
const pills = ['new data', 'drift check', 'train', 'judge', 'pull request', 'deploy'];

const colours = `
  text { font: 14px system-ui, sans-serif; fill: #1d2b28 }
  .small { font-size: 12px; fill: #4d5f5a }
  .strong { font-weight: 600 }
  .card { fill: #fbfcfc; stroke: #d5dedb }
  .axis { stroke: #c3cfcb; fill: none }
  .loop { stroke: #0b7a61; stroke-width: 3; fill: none }
  .loop-dot { fill: #0b7a61 }
  .never { stroke: #b45309; stroke-width: 2; stroke-dasharray: 5 4; fill: none }
  .never-dot { fill: #b45309 }
  .pill { fill: #eef2f1; stroke: #d5dedb }
  .lit { fill: #0b7a61 }
  .lit-text { fill: #fff }
  @media (prefers-color-scheme: dark) {
    text { fill: #e3ece9 }
    .small { fill: #a9bab4 }
    .card { fill: #15191a; stroke: #333d3a }
    .axis { stroke: #46524e }
    .loop { stroke: #5fd0b3 }
    .loop-dot { fill: #5fd0b3 }
    .never { stroke: #f0a85c }
    .never-dot { fill: #f0a85c }
    .pill { fill: #222a28; stroke: #333d3a }
    .lit { fill: #5fd0b3 }
    .lit-text { fill: #10201b }
  }`;

/** Spans of time, in seconds, in which something is to be seen. */
type Spans = readonly (readonly [number, number])[];

/** Keyframes that show something in these spans of the whole length and hide it otherwise. */
function keyframes(name: string, spans: Spans, length: number): string {
  const at = (second: number): string => ((100 * second) / length).toFixed(2);
  const stops = spans.flatMap(([from, to]) => [
    `${at(Math.max(0, from - 0.01))}% { opacity: ${from === 0 ? 1 : 0} }`,
    `${at(Math.min(from + 0.25, to))}% { opacity: 1 }`,
    `${at(to)}% { opacity: 1 }`,
    ...(to >= length ? [] : [`${at(to + 0.01)}% { opacity: 0 }`]),
  ]);
  return `@keyframes ${name} { ${spans[0]?.[0] === 0 ? '' : '0% { opacity: 0 } '}${stops.join(' ')}${(spans.at(-1)?.[1] ?? 0) >= length ? '' : ' 100% { opacity: 0 }'} }`;
}

/** What happened after a period's check, in one line. */
function caption(policy: Policy, index: number, unit: string): string {
  const { period, ending } = policy.checks[index]!;
  const rows = policy.points[index]!.rows;
  const retraining = policy.retrainings.find((one) => one.period === period);
  const begin = `${period}: ${rows} new cars.`;
  const words: Readonly<Record<string, string>> = {
    'too-few-rows': `${begin} Too few to decide; they wait for the next check.`,
    'no-alarm': `${begin} No alarm; the error of this year is ${policy.points[index]!.value.toFixed(1)}${unit}.`,
  };
  if (retraining?.merged && retraining.version !== undefined) {
    const better = Math.round(-100 * retraining.change);
    return `${begin} Drift. The challenger is ${better}% better on unseen rows: merged, ${retraining.version} goes live.`;
  }
  return words[ending] ?? `${begin} Drift. The challenger is not clearly better: an issue says so.`;
}

/** How many of the pills a check lights, in order. */
function reach(policy: Policy, index: number): number {
  const { period, ending } = policy.checks[index]!;
  if (policy.retrainings.some((one) => one.period === period && one.merged)) return pills.length;
  return ending === 'too-few-rows' || ending === 'no-alarm' ? 2 : 4;
}

/**
 * The loop as an animated picture (SVG with CSS): each period arrives, is checked, leads to a retraining or not; below, the error of
 * the model that is kept up beside that of the first one, which is never replaced. Still where motion is not wanted.
 *
 * @param replayed of `npm run loop`: example-repo/.ciclo/loop/replay/replay.json.
 * @throws Error when a policy that is drawn is not there.
 */
export function loopAnimation(replayed: Replayed): string {
  const [kept, never] = ['on-drift', 'never'].map((name) => {
    const policy = replayed.policies.find((one) => one.name === name);
    if (!policy) throw new Error(`cannot draw the loop: the replay has no policy ${name}`);
    return policy;
  }) as [Policy, Policy];
  const { periods } = replayed;
  const unit = replayed.unit === undefined ? '' : ` ${replayed.unit}`;
  const length = pace.first + periods.length * pace.period + pace.last;
  const start = (index: number): number => pace.first + index * pace.period;
  const most = Math.max(...[...kept.points, ...never.points].map(({ value }) => value)) * 1.08;
  const x = (index: number): number =>
    chart.left + ((index + 0.5) * (chart.right - chart.left)) / periods.length;
  const y = (value: number): number => chart.bottom - (value / most) * (chart.bottom - chart.top);

  const styles: string[] = [];
  const shown = (name: string, spans: Spans, still: boolean, content: string): string => {
    styles.push(
      keyframes(name, spans, length),
      `.${name} { animation: ${name} ${length}s linear infinite; opacity: ${still ? 1 : 0} }`,
    );
    return `<g class="${name}">${content}</g>`;
  };
  const line = (policy: Policy, index: number, kind: string): string => {
    const value = policy.points[index]!.value;
    const dot = `<circle class="${kind}-dot" cx="${x(index).toFixed(1)}" cy="${y(value).toFixed(1)}" r="4"/>`;
    if (index === 0) return dot;
    const before = policy.points[index - 1]!.value;
    return `<path class="${kind}" d="M${x(index - 1).toFixed(1)} ${y(before).toFixed(1)}L${x(index).toFixed(1)} ${y(value).toFixed(1)}"/>${dot}`;
  };

  const steps = periods.map((period, index) => {
    const live = kept.retrainings.find((one) => one.period === period && one.merged)?.version;
    const label =
      live === undefined
        ? ''
        : `<text class="strong small" x="${x(index).toFixed(1)}" y="${chart.bottom + 40}" text-anchor="middle">${live}</text>`;
    const year = `<text class="small" x="${x(index).toFixed(1)}" y="${chart.bottom + 20}" text-anchor="middle">${period}</text>`;
    return [
      shown(
        `s${index}`,
        [[start(index), length]],
        true,
        `${line(never, index, 'never')}${line(kept, index, 'loop')}${year}`,
      ),
      label === '' ? '' : shown(`v${index}`, [[start(index) + 1.3, length]], true, label),
    ].join('');
  });
  const captions = periods.map((_, index) =>
    shown(
      `c${index}`,
      [[start(index), start(index + 1)]],
      false,
      `<text x="${width / 2}" y="378" text-anchor="middle">${caption(kept, index, unit)}</text>`,
    ),
  );
  const ends = [
    shown(
      'begin',
      [[0, pace.first]],
      false,
      `<text x="${width / 2}" y="378" text-anchor="middle">A first model is trained, judged and deployed: v1.0.0.</text>`,
    ),
    shown(
      'end',
      [[start(periods.length), length]],
      true,
      `<text class="strong" x="${width / 2}" y="378" text-anchor="middle">Mean ${replayed.metric}: ${kept.mean.toFixed(1)}${unit} with the loop, ${never.mean.toFixed(1)}${unit} with the first model forever.</text>`,
    ),
  ];
  const pillWidth = 108;
  const row = pills.map((pill, place) => {
    const left = 40 + place * 122;
    const box = (kind: string, text: string): string =>
      `<rect class="${kind}" x="${left}" y="44" width="${pillWidth}" height="28" rx="14"/><text class="${text}" x="${left + pillWidth / 2}" y="63" text-anchor="middle">${pill}</text>`;
    const spans = periods.flatMap((_, index): [number, number][] =>
      reach(kept, index) > place ? [[start(index) + 0.22 * place, start(index + 1) - 0.1]] : [],
    );
    return `${box('pill', 'small')}${shown(`p${place}`, spans, false, box('lit', 'lit-text'))}`;
  });
  const legend = `<path class="loop" d="M70 98h24"/><text class="small" x="100" y="102">with the loop</text><path class="never" d="M200 98h24"/><text class="small" x="230" y="102">the first model forever</text><text class="small" x="${chart.right}" y="102" text-anchor="end">error of each year’s cars (${replayed.metric}${unit === '' ? '' : `,${unit}`})</text>`;
  const axis = `<path class="axis" d="M${chart.left} ${chart.top}V${chart.bottom}H${chart.right}"/>${[
    0, 5, 10,
  ]
    .filter((value) => value < most)
    .map(
      (value) =>
        `<text class="small" x="${chart.left - 8}" y="${y(value) + 4}" text-anchor="end">${value}</text>`,
    )
    .join('')}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>The loop on real cars, year by year: new data, drift check, retraining, pull request, deployment</title>
<style>${colours}
  ${styles.join('\n  ')}
  @media (prefers-reduced-motion: reduce) { g { animation: none !important } }
</style>
<rect class="card" x="1" y="1" width="${width - 2}" height="${height - 2}" rx="12"/>
<text class="strong" x="40" y="30">Fuel consumption of ${periods[0]} to ${periods.at(-1)} cars, as if each year came with its time</text>
${[...row, legend, axis, ...steps, ...captions, ...ends].join('\n')}
</svg>
`;
}
