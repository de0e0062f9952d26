import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

/** How cells are read, whatever the format. */
export interface ReadOptions {
  /** Texts that mean missing, compared after trimming when `trim` is set. */
  readonly missingMarkers: readonly string[];
  readonly trim: boolean;
  /** Columns never read as numbers: declared categories, booleans and dates keep what was written (`007`). */
  readonly textColumns: ReadonlySet<string>;
  /** Put rows where other threads can read them, as far as the format's reader can; default false. */
  readonly sharedMemory?: boolean;
  /** Read only these columns, when given (Parquet and Arrow skip the others' bytes). */
  readonly columns?: ReadonlySet<string>;
}

/** What a source needs from outside. */
export interface SourcePorts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Environment variables, for `${{ env.NAME }}`; only allowed names are ever looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of ciclo.yml: relative paths start here. */
  readonly directory: string;
}
