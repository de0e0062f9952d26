import type { ColumnType } from '../dataset/table/table.ts';
import type { Clock } from '../platform/clock.ts';
import type { Logger } from '../platform/logger.ts';

/** How cells are read, whatever the format. */
export interface ReadOptions {
  /** Texts that mean missing, compared after trimming when `trim` is set. */
  readonly missingMarkers: readonly string[];
  readonly trim: boolean;
  /** Columns never read as numbers: declared categories, booleans and dates keep what was written (`007`). */
  readonly textColumns: ReadonlySet<string>;
  /**
   * Of those, the types that the lock froze and ciclo.yml does not declare: where the source itself has such a type, the column stays
   * of it, as it was before there was a lock.
   */
  readonly ownTypes?: ReadonlyMap<string, ColumnType>;
  /** Columns that are numbers, declared or frozen in the lock: `01000` among them is the number 1000. */
  readonly numberColumns?: ReadonlySet<string>;
  /** Columns whose type ciclo.yml declares: no remark is made on how they are read. */
  readonly declaredColumns?: ReadonlySet<string>;
  /** Columns that ciclo.yml names, or the lock's key does: they are kept whatever they are. */
  readonly namedColumns?: ReadonlySet<string>;
  /** Columns whose values tell rows apart: no digit of theirs may be lost. */
  readonly exactColumns?: ReadonlySet<string>;
  /** The target: its markers that may be classes are looked at. */
  readonly labels?: LabelRules;
  /** Rows that are asked for beside those that are known: none is nothing to warn of. */
  readonly mayBeEmpty?: boolean;
  /** Put rows where other threads can read them, as far as the format's reader can; default false. */
  readonly sharedMemory?: boolean;
  /** Ask the engine that holds the rows for the digest of their content: of all, or of those of a window. */
  readonly pin?: { readonly window?: PinnedWindow };
  /** Read only these columns, when given (Parquet and Arrow skip the others' bytes). */
  readonly columns?: ReadonlySet<string>;
}

/** Rows up to a time, and those that have none. */
export interface PinnedWindow {
  readonly column: string;
  /** Inclusive, as ciclo.lock has it. */
  readonly until: string;
}

/** How the target's markers are read. */
export interface LabelRules {
  readonly column: string;
  /** Whether it holds classes; `None` may be one. */
  readonly classes: boolean;
  /** Refuse a marker that may well be a class; otherwise it is missing, and a warning says so. */
  readonly strict: boolean;
}

/** What a source needs from outside. */
export interface SourcePorts {
  readonly logger: Logger;
  readonly clock: Clock;
  /** Environment variables, for `${{ env.NAME }}`; only allowed names are ever looked up. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of ciclo.yml: relative paths start here. */
  readonly directory: string;
  /** Folders, after that of ciclo.yml, from which optional packages are resolved. */
  readonly packageFolders?: readonly string[];
  /** Asked when a source of DuckDB is read and no folder has its package. @returns the folder that it is resolved from then. */
  installDuckDb?(): Promise<string>;
  /** Takes on the role that object storage is read with, in a region: where the workflow names one. */
  readonly objectRole?: ObjectRole;
}

/** What requests to object storage are signed with. */
export interface ObjectCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * Credentials of a role; called before each request, so that they can be renewed before they expire.
 *
 * @param expired those that a storage says have expired already, whatever the clock says: others are given.
 */
export type ObjectRole = (region: string, expired?: ObjectCredentials) => Promise<ObjectCredentials>;
