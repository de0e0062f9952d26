import { createRandom } from '../shared/platform/random.ts';
import { arrow, box, picture } from './diagram.ts';
import type { GeneratedFile } from './generated-file.ts';

/** The verbs, what each leaves behind, and where it is kept. */
function architecture(): string {
  const verbs: readonly (readonly [string, string, string])[] = [
    ['prepare', 'collect, clean,', 'split'],
    ['train', 'fit, choose,', 'blend'],
    ['validate', 'intervals, gates,', 'champion'],
    ['deploy', 'version, release,', 'smoke test'],
    ['drift-check', 'what came since:', 'drift, performance'],
  ];
  const left = (index: number): number => 12 + index * 158;
  return picture(
    'The verbs of Ciclo from the data to a version, and back by a retraining pull request',
    804,
    372,
    [
      box({ x: 12, y: 12, width: 250, title: 'Data', words: ['files, S3, databases, APIs'], kind: 'store' }),
      box({
        x: 280,
        y: 12,
        width: 250,
        title: 'ciclo.yml',
        words: ['target, gates, when to retrain'],
        kind: 'store',
      }),
      box({
        x: 548,
        y: 12,
        width: 244,
        title: 'ciclo.lock',
        words: ['which rows, by digest'],
        kind: 'store',
      }),
      arrow('M402 64 V 112'),
      ...verbs.map(([title, ...words], index) => box({ x: left(index), y: 118, width: 142, title, words })),
      ...verbs.slice(1).map((_, index) => arrow(`M${left(index) + 142} 152 H${left(index + 1) - 2}`)),
      ...['dataset', 'model', 'evaluation', 'release', 'drift'].map(
        (name, index) =>
          `${arrow(`M${left(index) + 71} 187 V216`)}\n<text class="small" x="${left(index) + 71}" y="234" text-anchor="middle">.ciclo/${name}</text>`,
      ),
      box({
        x: 12,
        y: 262,
        width: 300,
        title: 'git',
        words: ['tags: versions, and what is in production', 'branch ciclo-history: one line a check'],
        kind: 'store',
      }),
      box({
        x: 330,
        y: 262,
        width: 220,
        title: 'Releases',
        words: ['bundle, server folder,', 'model card, report'],
        kind: 'store',
      }),
      box({
        x: 568,
        y: 262,
        width: 224,
        title: 'Pull request',
        words: ['new ciclo.lock, both models', 'on the same rows'],
      }),
      arrow('M715 240 V258', { x: 755, y: 252, text: 'retrain' }),
    ],
  );
}

/** From a change to production, and to what takes its place. */
function lifeOfAVersion(): string {
  const steps: readonly (readonly [string, readonly string[]])[] = [
    ['Change', ['a pull request:', 'data, settings, code']],
    ['Judged', ['gate: trained and', 'compared, read-only']],
    ['Merged', ['trained and judged', 'again, on main']],
    ['Version', ['tag fuel@v1.3.0 with', 'the bundle’s digest']],
    ['Production', ['smoke test, then tag', 'fuel#production#7']],
  ];
  const left = (index: number): number => 12 + index * 158;
  return picture(
    'The life of a version: change, judged, merged, version, production; watched, replaced or rolled back',
    804,
    250,
    [
      ...steps.map(([title, words], index) => box({ x: left(index), y: 20, width: 142, title, words })),
      ...steps.slice(1).map((_, index) => arrow(`M${left(index) + 142} 54 H${left(index + 1) - 2}`)),
      box({ x: 644, y: 150, width: 148, title: 'Watched', words: ['drift check,', 'every Monday'] }),
      arrow('M718 89 V146'),
      box({
        x: 328,
        y: 150,
        width: 230,
        title: 'Retraining',
        words: ['drift, or worse: a challenger', 'is trained, and compared'],
      }),
      arrow('M644 184 H562', { x: 602, y: 176, text: 'alarm' }),
      box({
        x: 12,
        y: 150,
        width: 230,
        title: 'Pull request, or issue',
        words: ['better: a new lock to merge', 'not clearly better: an issue'],
      }),
      arrow('M328 184 H246'),
      arrow('M83 150 V93'),
      arrow('M644 76 C 600 128, 580 128, 551 94', { x: 598, y: 130, text: 'rollback' }),
    ],
  );
}

/** Wilson's interval of a share: E. B. Wilson, "Probable inference", 1927. */
function wilson(share: number, rows: number): readonly [number, number] {
  const z = 1.959964;
  const middle = (share + z ** 2 / (2 * rows)) / (1 + z ** 2 / rows);
  const half = (z / (1 + z ** 2 / rows)) * Math.sqrt((share * (1 - share)) / rows + z ** 2 / (4 * rows ** 2));
  return [middle - half, middle + half];
}

/** Twenty samples of a model that is right in 80% of all cases, each with the interval that it gives. */
function intervals(): string {
  const truth = 0.8;
  const rows = 60;
  const random = createRandom('intervals');
  const x = (value: number): number => 60 + ((value - 0.55) / 0.45) * 700;
  const samples = Array.from({ length: 20 }, () => {
    let right = 0;
    for (let row = 0; row < rows; row += 1) if (random.next() < truth) right += 1;
    return right / rows;
  });
  const bars = samples.map((share, index) => {
    const [low, high] = wilson(share, rows);
    const y = 40 + index * 14;
    const kind = low <= truth && truth <= high ? 'held' : 'missed';
    return `<path class="${kind}" d="M${x(low).toFixed(1)} ${y}H${x(high).toFixed(1)}"/><circle class="${kind}" cx="${x(share).toFixed(1)}" cy="${y}" r="3.5"/>`;
  });
  const ticks = [0.6, 0.7, 0.8, 0.9, 1].map(
    (value) => `<text class="small" x="${x(value)}" y="346" text-anchor="middle">${value.toFixed(1)}</text>`,
  );
  return picture(
    'Twenty samples of 60 rows: the 95% intervals of accuracy, of which nearly all hold the true value 0.8',
    804,
    372,
    [
      `<path class="truth" d="M${x(truth)} 26V330"/>`,
      `<text class="small" x="${x(truth)}" y="18" text-anchor="middle">the truth: right in 80% of all cases</text>`,
      ...bars,
      ...ticks,
      '<text class="small" x="402" y="366" text-anchor="middle">accuracy on 60 rows, and its 95% interval</text>',
    ],
  );
}

/** The pictures of docs/concepts. They follow the reader's light or dark scheme. */
export function conceptImages(): GeneratedFile[] {
  const drawn = {
    architecture: architecture(),
    'life-of-a-version': lifeOfAVersion(),
    intervals: intervals(),
  };
  return Object.entries(drawn).map(([name, content]) => ({ path: `docs/images/${name}.svg`, content }));
}
