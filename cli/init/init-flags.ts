import type { Task } from '../../shared/metrics/descriptors/descriptor.ts';
import type { CommonFlags } from '../session/session.ts';

/** The flags of `ciclo init`, as they are given. */
export interface InitFlags extends CommonFlags {
  readonly target?: string;
  readonly task?: Task;
  readonly positive?: string;
  readonly name?: string;
  readonly key?: string | false;
  readonly time?: string | false;
  readonly group?: string | false;
  readonly exclude?: string[];
  readonly publishRareLabels?: boolean;
  readonly query?: string;
  readonly pages?: boolean;
  readonly comment?: boolean;
  readonly workflows: boolean;
  readonly codeowner?: string;
  readonly run: boolean;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
}
