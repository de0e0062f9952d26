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
  /** One row's outputs, overwritten by the next call. */
  runRecord(row: Row): Float32Array | Float64Array;
}
