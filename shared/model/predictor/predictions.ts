import type { Column, Row, Table } from '../../dataset/table/table.ts';
import type { Eventual } from '../../platform/eventual.ts';

/** Predictions by row, in the target's own units or as indices into `classes`. */
export type PredictedColumns =
  | { readonly task: 'regression'; readonly predicted: Float64Array }
  | {
      readonly task: 'binary' | 'multiclass';
      readonly classes: readonly string[];
      readonly positive?: string | undefined;
      readonly predicted: Int32Array;
      /** Row-major rows × classes. */
      readonly probabilities: Float64Array;
    };

/** The prediction for one record. */
export type Prediction =
  | { readonly value: number }
  | { readonly label: string; readonly probabilities: Record<string, number> };

/**
 * A model ready to predict: recipe and engine together. Who predicts awaits the answer; only an engine outside Ciclo gives
 * a promise.
 */
export interface Predictor {
  predictTable(table: Table): Eventual<PredictedColumns>;
  predictRecord(row: Row): Eventual<Prediction>;
  /** Multiplications, or what takes as long, of one row of a table: a figure of the model alone, where it is known. */
  readonly workOfRow?: number;
  /** Of an engine that need not read a whole table again where one column has other values. */
  encode?(table: Table): EncodedPredictor;
}

/** A table that is predicted again and again, each time with other values of one column. */
export interface EncodedPredictor {
  /** Whether the predictions depend on a column, as far as the engine can tell. */
  readsColumn(name: string): boolean;
  /** Gives a column other values; a column that had others before has its own again. */
  exchange(name: string, column: Column): void;
  predict(): Eventual<PredictedColumns>;
}

/** The predictor of an engine of Ciclo's own, which answers at once: in a page, and without a promise per record. */
export interface DirectPredictor extends Predictor {
  predictTable(table: Table): PredictedColumns;
  predictRecord(row: Row): Prediction;
  readonly workOfRow: number;
  encode(table: Table): EncodedPredictor;
}
