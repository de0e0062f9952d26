import type { Table } from '../../dataset/table/table.ts';
import type { Handover } from './handover.ts';

/** A command to run. */
export interface CommandRequest {
  /** The candidate's name. */
  readonly name: string;
  /** The command line. */
  readonly run: string;
  /** Milliseconds after which it is ended. */
  readonly timeout: number;
  readonly handover: Handover;
  /** Columns of its predictions that are texts, whatever they look like. */
  readonly textColumns: ReadonlySet<string>;
}

/** What a command wrote. */
export interface CommandOutput {
  /** model.onnx, where it wrote one; without it there are predictions alone. */
  readonly model?: Uint8Array;
  readonly predictions: { readonly file: string; readonly table: Table };
}

/** Runs commands outside of Ciclo. */
export interface CommandPort {
  /**
   * Hands the rows over, runs the command to its end and reads what it wrote.
   *
   * @throws ConfigurationError when it fails, takes too long, writes nothing, or changes what it may only read.
   */
  run(request: CommandRequest): Promise<CommandOutput>;
}
