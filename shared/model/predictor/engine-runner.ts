import type { ColumnExchange } from '../../dataset/derive/exchange-column.ts';
import type { Row, Table } from '../../dataset/table/table.ts';

/** What an engine must give: of a regression and of a binary task one number a row, of several classes one for each. */
export interface EngineTask {
  readonly task: 'regression' | 'binary' | 'multiclass';
  readonly outputs: number;
}

/** An engine that computes: numbers in the target's units, the second class's probability, or every class's. */
export interface EngineRunner {
  /** Row-major rows × outputs. */
  runTable(table: Table): Float32Array | Float64Array;
  /** Multiplications, or what takes as long, that one row of a table takes: a figure of the model alone. */
  readonly workOfRow: number;
  /** A table of which one column after the other is exchanged; what is made of the others is made once. */
  encode(table: Table): EncodedRows;
  /** One row's outputs, overwritten by the next call. */
  runRecord(row: Row): Float32Array | Float64Array;
}

/** Rows as an engine reads them. */
export interface EncodedRows {
  /** Whether the answers depend on a column, as far as the engine can tell. */
  readsColumn(name: string): boolean;
  readonly exchange: ColumnExchange;
  /** Row-major rows × outputs, of the values that the columns have now. */
  run(): Float32Array | Float64Array;
}
