import type { Column } from '../../dataset/table/table.ts';
import { quote } from '../../platform/errors.ts';
import { counted } from '../../text/counts.ts';
import { createMissingTest } from '../missing.ts';
import type { ReadOptions } from '../types.ts';

type MarkerOptions = Pick<ReadOptions, 'missingMarkers' | 'trim' | 'labels' | 'declaredColumns'>;

/** A text that means missing, where it was met. */
export interface MetMarker {
  readonly column: string;
  readonly text: string;
  /** Undefined where only the different texts of a column are looked at. */
  readonly rows?: number;
  /** The first one, for messages. */
  readonly place?: string;
}

/** Excel's errors, and `None`, which Python writes for nothing and people for one of several kinds. */
function isWorthTelling(text: string): boolean {
  return text.startsWith('#') || text === 'None';
}

/**
 * What is said of a marker that was met: of the target any, of other columns Excel's errors, and `None` among words.
 *
 * @param values of the column, when all are read.
 * @returns undefined where nothing is.
 */
export function markerRemark(
  { column, text, rows, place }: MetMarker,
  values: Column,
  { declaredColumns, labels }: MarkerOptions,
): string | undefined {
  const isTarget = column === labels?.column;
  if (isTarget ? labels.classes : !isWorthTelling(text)) return undefined;
  const isNone = text === 'None' && !isTarget;
  if (isNone && (declaredColumns?.has(column) || !holdsWords(values))) return undefined;
  const advice = isNone
    ? '. If None is a kind of its own, add prepare: { missing-markers: { except: ["None"] } }'
    : '';
  const where = place === undefined ? '' : ` (${place})`;
  if (rows === undefined) return `column ${quote(column)}: ${quote(text)}${where} counts as missing${advice}`;
  const met = rows === 1 ? 'one value is' : `${counted(rows, 'value')} are`;
  return `column ${quote(column)}: ${met} ${quote(text)}${where} and ${rows === 1 ? 'counts' : 'count'} as missing${advice}`;
}

/** Whether a column is of texts with letters in them: in a column of numbers None is no kind. */
function holdsWords(column: Column): boolean {
  return column.type === 'category' && column.dictionary.some((text) => /\p{L}/u.test(text));
}

/** Notes the markers that a reader meets which asks of texts whether they are missing. */
export class MarkerWatch {
  readonly #options: MarkerOptions;
  readonly #met = new Map<string, Map<string, number>>();

  constructor(options: MarkerOptions) {
    this.#options = options;
  }

  /** As `createMissingTest`, of a column; what it answers yes to is noted. */
  testOf(column: string): (text: string) => boolean {
    const isMissing = createMissingTest(this.#options, column);
    const isTarget = column === this.#options.labels?.column;
    return (text) => {
      if (!isMissing(text)) return false;
      const marker = text.trim();
      if (marker !== '' && (isTarget || isWorthTelling(marker))) this.#note(column, marker);
      return true;
    };
  }

  /** @param countsRows the reader asks for each row, and not once for each text. */
  remarks(columns: Iterable<readonly [name: string, column: Column]>, countsRows: boolean): string[] {
    return [...columns].flatMap(([column, values]) =>
      [...(this.#met.get(column) ?? [])].flatMap(([text, rows]) => {
        const marker = { column, text, ...(countsRows ? { rows } : {}) };
        return markerRemark(marker, values, this.#options) ?? [];
      }),
    );
  }

  #note(column: string, marker: string): void {
    const met = this.#met.get(column) ?? new Map<string, number>();
    this.#met.set(column, met.set(marker, (met.get(marker) ?? 0) + 1));
  }
}
