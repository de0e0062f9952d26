import type { Config } from '../../../config/sections/schema.ts';
import type { Recipe } from '../../../dataset/recipe/recipe.ts';
import type { DatasetSchema } from '../../../dataset/schema/schema.ts';
import type { Table } from '../../../dataset/table/table.ts';
import type { HandoverRows } from '../../command/handover.ts';

/** What a model is trained from. The test split is not among it. */
export interface TrainModelInput {
  readonly schema: DatasetSchema;
  readonly recipe: Recipe;
  readonly train: Table;
  readonly validation: Table;
  readonly config: Config;
  /** The same rows and the held-out ones as commands get them; only where a candidate is one. */
  readonly handover?: HandoverRows;
  /** How rows are divided where models are blended; absent: by their places. */
  readonly division?: InnerDivision;
}

/** What rows belong together, or came when. */
export interface InnerDivision {
  /** Ids of the training rows, then of the validation rows. */
  readonly ids: BigUint64Array;
  /** Column whose equal values stay together. */
  readonly group?: string | undefined;
  /** Column of the event times, where the sides are by time. */
  readonly time?: string | undefined;
}
