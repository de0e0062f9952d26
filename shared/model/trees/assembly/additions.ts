import { blockRows } from './packing';
import { unpack } from './differences';

/** Rows that are fetched ahead of their use. */
const nearRows: usize = 256;

/** Columns whose sums stay in the processor's cache together. */
const groupColumns: usize = 64;

/**
 * Fills a histogram with the sums over rows.
 *
 * @param records the first record; each has `recordSize` bytes.
 * @param fields 1, or 2 where records have second derivatives.
 * @param columns how many columns; a multiple of 4, or of 2 where they are listed.
 * @param listed addresses where in a record the bins of these columns are, 32 bits each; 0 where they are all columns.
 * @param stride bins a column.
 * @param rows addresses `count` places of records, 32 bits each.
 * @param sparse whether the rows are far apart in memory.
 * @param packs whether the sums stay packed: count is at most 2^14.
 * @param spare room for packed sums of 64 columns, for rows that are more.
 */
export function build(
  records: usize,
  recordSize: usize,
  fields: usize,
  columns: usize,
  listed: usize,
  stride: usize,
  rows: usize,
  count: usize,
  sparse: bool,
  packs: bool,
  out: usize,
  spare: usize,
): void {
  const columnSize = stride * fields * 8;
  for (let column: usize = 0; column < columns; column += groupColumns) {
    const group = min(groupColumns, columns - column);
    const size = group * columnSize;
    if (packs) {
      const sums = out + column * columnSize;
      memory.fill(sums, 0, size);
      addBlock(records, recordSize, fields, column, group, listed, columnSize, rows, count, sparse, sums);
      continue;
    }
    for (let start: usize = 0; start < count; start += blockRows) {
      const block = min(blockRows, count - start);
      memory.fill(spare, 0, size);
      addBlock(
        records, recordSize, fields, column, group, listed, columnSize, rows + start * 4, block, sparse, spare,
      );
      unpack(spare, fields, group * stride, out + column * stride * 24, start > 0);
    }
  }
}

function addBlock(
  records: usize,
  recordSize: usize,
  fields: usize,
  column: usize,
  columns: usize,
  listed: usize,
  columnSize: usize,
  rows: usize,
  count: usize,
  sparse: bool,
  out: usize,
): void {
  const bins = fields * 8 + column;
  const list = listed + column * 4;
  const listEnd = list + columns * 4;
  const last = listed ? <usize>load<u32>(listEnd - 4) : bins + columns - 1;
  for (let start: usize = 0; start < count; start += nearRows) {
    const near = rows + start * 4;
    const end = near + min(nearRows, count - start) * 4;
    if (sparse) touch(records, recordSize, last, near, end, out);
    if (listed) addListed(records, recordSize, fields, list, listEnd, columnSize, near, end, out);
    else if (fields == 2) addPairs(records, recordSize, bins, columns, columnSize, near, end, out);
    else addSingles(records, recordSize, bins, columns, columnSize, near, end, out);
  }
}

/**
 * Reads a little of each record. Nothing here waits for a read to end before the next begins, so that the processor
 * fetches many far records at once; adding them up afterwards finds them in its cache.
 */
function touch(records: usize, recordSize: usize, last: usize, rows: usize, end: usize, out: usize): void {
  let bits: u64 = 0;
  for (; rows < end; rows += 4) {
    const record = records + <usize>load<u32>(rows) * recordSize;
    bits |= load<u64>(record) | load<u8>(record + last);
  }
  // Reading that leads to nothing would be left out; a first derivative is never zero, so that this never happens.
  if (bits == 0) store<u64>(out, 0);
}

function addSingles(
  records: usize,
  recordSize: usize,
  bins: usize,
  columns: usize,
  columnSize: usize,
  rows: usize,
  end: usize,
  out: usize,
): void {
  const four: usize = 4 * columnSize;
  const two = out + 2 * columnSize;
  const one = out + columnSize;
  const three = two + columnSize;
  for (; rows < end; rows += 4) {
    const record = records + <usize>load<u32>(rows) * recordSize;
    const value = load<f64>(record);
    let place = record + bins;
    const last = place + columns;
    for (let h: usize = 0; place < last; place += 4, h += four) {
      const word = load<u32>(place);
      const a = out + h + ((word & 255) << 3);
      const b = one + h + ((word >> 5) & 2040);
      const c = two + h + ((word >> 13) & 2040);
      const d = three + h + ((word >> 24) << 3);
      store<f64>(a, load<f64>(a) + value);
      store<f64>(b, load<f64>(b) + value);
      store<f64>(c, load<f64>(c) + value);
      store<f64>(d, load<f64>(d) + value);
    }
  }
}

function addPairs(
  records: usize,
  recordSize: usize,
  bins: usize,
  columns: usize,
  columnSize: usize,
  rows: usize,
  end: usize,
  out: usize,
): void {
  const four: usize = 4 * columnSize;
  const two = out + 2 * columnSize;
  const one = out + columnSize;
  const three = two + columnSize;
  for (; rows < end; rows += 4) {
    const record = records + <usize>load<u32>(rows) * recordSize;
    const value = v128.load(record);
    let place = record + bins;
    const last = place + columns;
    for (let h: usize = 0; place < last; place += 4, h += four) {
      const word = load<u32>(place);
      const a = out + h + ((word & 255) << 4);
      const b = one + h + ((word >> 4) & 4080);
      const c = two + h + ((word >> 12) & 4080);
      const d = three + h + ((word >> 24) << 4);
      v128.store(a, f64x2.add(v128.load(a), value));
      v128.store(b, f64x2.add(v128.load(b), value));
      v128.store(c, f64x2.add(v128.load(c), value));
      v128.store(d, f64x2.add(v128.load(d), value));
    }
  }
}

/** Of some columns alone, two at a time. */
function addListed(
  records: usize,
  recordSize: usize,
  fields: usize,
  list: usize,
  listEnd: usize,
  columnSize: usize,
  rows: usize,
  end: usize,
  out: usize,
): void {
  for (; rows < end; rows += 4) {
    const record = records + <usize>load<u32>(rows) * recordSize;
    let h = out;
    if (fields == 2) {
      const value = v128.load(record);
      for (let place = list; place < listEnd; place += 8) {
        const a = h + (<usize>load<u8>(record + load<u32>(place)) << 4);
        const b = h + columnSize + (<usize>load<u8>(record + load<u32>(place, 4)) << 4);
        v128.store(a, f64x2.add(v128.load(a), value));
        v128.store(b, f64x2.add(v128.load(b), value));
        h += 2 * columnSize;
      }
      continue;
    }
    const value = load<f64>(record);
    for (let place = list; place < listEnd; place += 8) {
      const a = h + (<usize>load<u8>(record + load<u32>(place)) << 3);
      const b = h + columnSize + (<usize>load<u8>(record + load<u32>(place, 4)) << 3);
      store<f64>(a, load<f64>(a) + value);
      store<f64>(b, load<f64>(b) + value);
      h += 2 * columnSize;
    }
  }
}
