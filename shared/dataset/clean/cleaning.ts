import type { Config } from '../../config/sections/schema.ts';
import type { RowIdentity } from '../identity/row-identity.ts';
import type { RowPlaces } from '../table/row-place.ts';
import type { ChangeLog } from './change-log.ts';

/** What cleaning needs to know besides the rows. */
export interface CleaningInput {
  readonly config: Config;
  readonly log: ChangeLog;
  readonly places: RowPlaces;
  readonly identity: RowIdentity;
}

/** Cleaning under way. */
export interface Cleaning extends CleaningInput {
  /** 1 stays; 0 dropped. */
  readonly keep: Uint8Array;
  /** Rows dropped by a filter on features (not duplicates, not a missing target): a model must still face such rows. */
  readonly filtered: Uint8Array;
  /** Columns in which a value changed. */
  readonly changed: Set<string>;
}
