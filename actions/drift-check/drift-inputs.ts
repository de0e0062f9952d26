import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import type { MonitorReport } from '../../shared/drift/history/monitor-report.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { Pipeline } from '../pipeline/pipeline.ts';
import type { VerbPorts } from '../ports.ts';
import type { LabelledRows } from './rows/labelled-rows.ts';

/** Inputs of the verb drift-check. */
export interface DriftCheckInputs {
  readonly pipeline: Pipeline;
  /** The run directory; default `.ciclo` beside ciclo.yml. */
  readonly output?: string;
  /** What earlier checks found, the oldest first. */
  readonly history?: readonly HistoryLine[];
  /** Address of the site that the checks are shown on, where one is published. */
  readonly siteUrl?: string;
}

export interface DriftCheckPorts extends VerbPorts {
  /** Where the version in production is found; undefined: the checkout's lock is the reference. */
  readonly forge: Pick<Forge, 'tags' | 'releases'> | undefined;
}

/** What a check found. */
export interface DriftCheckOutputs {
  readonly report: MonitorReport;
  readonly folder: string;
  readonly digest: string;
  readonly reportPath: string;
  /** Rows since the production model's data whose truth has come; undefined when there are none. */
  readonly labelled?: LabelledRows;
}
