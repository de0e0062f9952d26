/** What the working thread is started with. */
export interface ThreadStart {
  readonly argv: readonly string[];
  /** Which of the process's streams are terminals. */
  readonly terminals: Readonly<Record<'stdin' | 'stdout' | 'stderr', boolean>>;
  /** Columns of stdout and stderr as they are now, in memory that both threads have in common; 0: unknown. */
  readonly columns: Int32Array;
}

/** What the working thread tells the one that has the process's streams. */
export type FromWork =
  | { readonly kind: 'write'; readonly stream: 'stdout' | 'stderr'; readonly chunk: string | Uint8Array }
  /** It waits for what is typed. */
  | { readonly kind: 'read' }
  /** It asks a question by itself, and takes each key as it is pressed; or no longer. */
  | { readonly kind: 'raw'; readonly on: boolean }
  /** Results are being written in a run directory, or no longer. */
  | { readonly kind: 'unfinished' | 'finished'; readonly folder: string };

/** What it is told. `undefined`: stdin has ended. */
export interface ToWork {
  readonly kind: 'input';
  readonly chunk: Uint8Array | undefined;
}
