import { hashRows } from '../dataset/identity/row-hash.ts';
import type { SourcePart } from '../dataset/table/origin.ts';
import type { Table } from '../dataset/table/table.ts';
import { sha256 } from '../platform/digest.ts';
import type { SourceRows } from './source-rows.ts';

/**
 * The parts of a finished table: the files that its rows came from, as far as they follow each other; else one part, of the
 * table's name. Each digest is of the content of its rows.
 *
 * @param frame of each row where it came from.
 */
export function outputParts(name: string, table: Table, frame: Int32Array, rows: SourceRows): SourcePart[] {
  const runs = runsOf(frame, rows);
  const names = runs?.map((run) => run.name) ?? [];
  const whole = [{ name, firstRow: 0, numbers: undefined }];
  const found = runs && runs.length > 0 && new Set(names).size === names.length ? runs : whole;
  const { high, low } = hashRows(table, [...table.columns.keys()].sort());
  return found.map((part, i) => {
    const end = found[i + 1]?.firstRow ?? table.rows;
    const words = new Uint32Array((end - part.firstRow) * 2);
    for (let row = part.firstRow; row < end; row++) {
      words[2 * (row - part.firstRow)] = high[row]!;
      words[2 * (row - part.firstRow) + 1] = low[row]!;
    }
    return {
      name: part.name,
      digest: sha256(new Uint8Array(words.buffer)),
      firstRow: part.firstRow,
      rows: end - part.firstRow,
      ...(part.numbers ? { numbers: Uint32Array.from(part.numbers) } : {}),
    };
  });
}

interface Run {
  readonly name: string;
  readonly firstRow: number;
  readonly numbers: number[];
}

/** Rows of one file that follow each other; undefined where a row has no file. */
function runsOf(frame: Int32Array, rows: SourceRows): Run[] | undefined {
  const runs: Run[] = [];
  for (let row = 0; row < frame.length; row++) {
    const place = rows.locate(frame[row]!);
    if (!place) return undefined;
    if (runs.at(-1)?.name !== place.part) runs.push({ name: place.part, firstRow: row, numbers: [] });
    runs.at(-1)!.numbers.push(place.row);
  }
  return runs;
}
