import { ConfigurationError } from '../../platform/errors.ts';

/** A value of a row that an input of the model cannot hold. */
export class UnfitValueError extends ConfigurationError {
  override name = 'UnfitValueError';
  /** Place of the row among those predicted, from 0. */
  readonly row: number;
  readonly column: string;

  constructor(message: string, { row, column }: { readonly row: number; readonly column: string }) {
    super(message);
    this.row = row;
    this.column = column;
  }
}
