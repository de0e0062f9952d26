import type { Lock } from '../../config/lock/lock.ts';
import type { Config } from '../../config/sections/schema.ts';
import { ConfigurationError, quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';
import { byCodePoint, categoryCounts } from '../statistics/category-counts.ts';
import type { CategoryColumn } from '../table/table.ts';

/** The yes of a pair, and its no. */
const knownPairs: readonly (readonly [yes: string, no: string])[] = [
  ['yes', 'no'],
  ['y', 'n'],
  ['true', 'false'],
  ['t', 'f'],
  ['1', '0'],
  ['1.0', '0.0'],
  ['1', '-1'],
  ['positive', 'negative'],
  ['pos', 'neg'],
  ['+', '-'],
  ['on', 'off'],
];

/** A label and how many rows have it. */
export interface CountedLabel {
  readonly label: string;
  readonly rows: number;
}

/** The positive class where nobody says which it is. */
export interface DefaultPositive {
  readonly label: string;
  /** Why this one, as the end of a sentence. */
  readonly why: string;
}

/**
 * The positive class of two labels, where nobody says which it is: the yes of a known pair, in any case of letters, else
 * the rarer one, because what is looked for is rare (fraud, defects); of equally frequent ones the second in sorted order.
 *
 * @example yes and no: yes; 940 × ok and 60 × fraud: fraud
 */
export function defaultPositive(labels: readonly [CountedLabel, CountedLabel]): DefaultPositive {
  const [first, second] = labels.toSorted((a, b) => byCodePoint(a.label, b.label)) as [
    CountedLabel,
    CountedLabel,
  ];
  const pair = [first, second].map(({ label }) => label.trim().toLowerCase());
  const known = knownPairs.find((names) => names.every((name) => pair.includes(name)));
  if (known) {
    const { label } = pair[0] === known[0] ? first : second;
    return { label, why: 'the yes of the two' };
  }
  if (first.rows < second.rows) return { label: first.label, why: 'the rarer of the two' };
  const why = first.rows > second.rows ? 'the rarer of the two' : 'the second of two equally frequent ones';
  return { label: second.label, why };
}

/**
 * The declared positive class.
 *
 * @param where what declares it, for the message: `positive`, `--positive`.
 * @throws ConfigurationError when it is no label.
 */
export function declaredPositive(declared: string, labels: readonly string[], where: string): string {
  if (labels.includes(declared)) return declared;
  throw new ConfigurationError(
    `${where}: ${quote(declared)} is none of the labels${didYouMean(declared, labels)}; the labels are ${listNames(labels)}`,
  );
}

/** What says which class is positive. */
export interface PositiveRules {
  readonly config: Pick<Config, 'task' | 'target' | 'positive'>;
  readonly lock: Lock | undefined;
  /** A new lock is made: what the former one froze gives way to what ciclo.yml declares, or to other labels. */
  readonly moving: boolean;
}

/**
 * The positive class of a binary task's target: the declared one, else the lock's, else the default.
 *
 * @returns undefined for other tasks.
 * @throws ConfigurationError when the declared class is no label, or another one than the lock froze.
 */
export function positiveOfTarget(
  column: CategoryColumn,
  { config, lock, moving }: PositiveRules,
): string | undefined {
  if (config.task !== 'binary') return undefined;
  const counts = categoryCounts(column).categories.map(({ value, count }) => ({ label: value, rows: count }));
  const labels = counts.map(({ label }) => label).sort(byCodePoint);
  const declared =
    config.positive === undefined ? undefined : declaredPositive(config.positive, labels, 'positive');
  const frozen = lock?.positive;
  if (frozen !== undefined && !moving) {
    if (declared !== undefined && declared !== frozen) {
      throw new ConfigurationError(
        `positive is ${quote(declared)}, but ciclo.lock froze ${quote(frozen)}: take positive out, or accept the change with ciclo lock`,
      );
    }
    if (!labels.includes(frozen)) {
      throw new ConfigurationError(
        `ciclo.lock froze the positive class ${quote(frozen)}, which ${quote(config.target)} no longer has (its labels are ${listNames(labels)}): accept the change with ciclo lock`,
      );
    }
  }
  if (declared !== undefined) return declared;
  if (frozen !== undefined && labels.includes(frozen)) return frozen;
  return defaultPositive(counts as [CountedLabel, CountedLabel]).label;
}
