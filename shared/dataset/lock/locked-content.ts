import type { Lock } from '../../config/lock/lock.ts';
import { ConfigurationError } from '../../platform/errors.ts';
import { counted, formatCount } from '../../text/counts.ts';
import type { SourcePart } from '../table/origin.ts';
import type { Table } from '../table/table.ts';
import type { LockedRows } from './locked-rows.ts';
import { type Pins, pinParts, pinPeriods, type SourcePins } from './pin.ts';

const mostShown = 20;
const mostFiles = 3;

/**
 * Pins what was read: by period when there is a window, else by file.
 *
 * @param table the rows read, typed.
 * @param lock what they must agree with. @param sources those that steps made the rows of, for messages.
 * @throws ConfigurationError naming every part of the data that is not what the lock pins.
 */
export function pinContent(
  table: Table,
  found: LockedRows,
  parts: readonly SourcePart[],
  lock: Lock | undefined,
  sources?: SourcePins,
): Pins {
  const since = lock && sources ? changedSources(lock.data.sources ?? {}, sources) : [];
  if (!found.periods) {
    const pins = pinParts(parts);
    if (lock) comparePins(lock.data.parts, pins, since);
    return pins;
  }
  const pins = pinPeriods(table, found.periods);
  if (lock) {
    const { lateByPeriod } = found;
    comparePins(lock.data.parts, pins, since, {
      lateByPeriod,
      filesOf: (name) => filesOf(name, found, parts),
    });
  }
  return pins;
}

interface PeriodFacts {
  readonly lateByPeriod: ReadonlyMap<string, number>;
  /** In brackets, the files that hold a period's rows. */
  readonly filesOf: (name: string) => string;
}

/** Which of several sources are not what they were: one of them is why the steps make something else. */
function changedSources(before: SourcePins, now: SourcePins): string[] {
  return Object.entries(now).flatMap(([name, { rows, digest }]) => {
    const was = before[name];
    if (was?.digest === digest) return [];
    return was
      ? [`source ${name}: ${changeOf(was.rows, rows)}`]
      : [`source ${name}: new, ${counted(rows, 'row')}`];
  });
}

function comparePins(pins: Pins, found: Pins, since: readonly string[], facts?: PeriodFacts): void {
  const problems: string[] = [];
  const now = new Map(found.map((pin) => [pin.name, pin]));
  for (const { name, rows, digest } of pins) {
    const pin = now.get(name);
    now.delete(name);
    if (!pin) {
      if (rows > 0) problems.push(`${name}: gone, ${counted(rows, 'row')} before`);
    } else if (pin.digest !== digest) {
      problems.push(
        `${name}${problems.length < mostShown ? (facts?.filesOf(name) ?? '') : ''}: ${changeOf(rows, pin.rows, facts?.lateByPeriod.get(name))}`,
      );
    }
  }
  for (const { name, rows } of now.values()) problems.push(`${name}: new, ${counted(rows, 'row')}`);
  refuse(problems, since);
}

function changeOf(before: number, now: number, late = 0): string {
  if (late > 0) {
    return `changed, ${counted(before, 'row')} before, ${formatCount(now + late)} now, and not the new ones behind the old ones`;
  }
  return before === now
    ? `changed, still ${counted(now, 'row')}`
    : `changed, ${counted(before, 'row')} before, ${formatCount(now)} now`;
}

function filesOf(name: string, { rows, periods }: LockedRows, parts: readonly SourcePart[]): string {
  const code = periods!.names.indexOf(name);
  const files = new Set<string>();
  let part = 0;
  for (let i = 0; i < periods!.codes.length; i++) {
    if (periods!.codes[i] !== code) continue;
    const row = rows?.[i] ?? i;
    while (part + 1 < parts.length && row >= parts[part]!.firstRow + parts[part]!.rows) part++;
    files.add(parts[part]!.name);
  }
  const shown = [...files].slice(0, mostFiles).join(', ');
  return files.size > mostFiles
    ? ` (${shown} and ${counted(files.size - mostFiles, 'more file')})`
    : ` (${shown})`;
}

function refuse(problems: readonly string[], since: readonly string[]): void {
  if (problems.length > 0) throw new ChangedDataError(problems, since);
}

/** The data is not what ciclo.lock pins. */
export class ChangedDataError extends ConfigurationError {
  readonly #problems: readonly string[];
  readonly #since: readonly string[];

  /** @param problems parts of the data, with what became of each. @param since what else is known to have changed. */
  constructor(problems: readonly string[], since: readonly string[]) {
    super(textOf(problems, since));
    this.#problems = problems;
    this.#since = since;
  }

  /** With more that is known to have changed. */
  with(since: readonly string[]): ChangedDataError {
    return new ChangedDataError(this.#problems, [...this.#since, ...since]);
  }
}

function textOf(problems: readonly string[], since: readonly string[]): string {
  const shown = problems.slice(0, mostShown).map((problem) => `  ${problem}`);
  if (problems.length > mostShown) shown.push(`  and ${problems.length - mostShown} more`);
  return [
    'the data is not what ciclo.lock pins:',
    ...shown,
    ...(since.length > 0 ? ['since it was written:', ...since.map((line) => `  ${line}`)] : []),
    'restore it, or accept the change with ciclo lock',
  ].join('\n');
}
