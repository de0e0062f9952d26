import type { ValidateOutputs } from '../../actions/validate/validate-inputs.ts';
import { configText } from '../../shared/init/config-text.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import type { ProposedGate } from '../../shared/init/proposed-gates.ts';
import type { InitJson } from '../json/json-init.ts';
import { validateJson } from '../json/json-results.ts';
import type { NextSteps } from './next-steps.ts';
import type { Proposed } from './proposing.ts';
import type { WrittenFile } from './written-files.ts';

/** What `--json` prints. */
export function initJson({
  found,
  files,
  gates,
  validation,
  next,
}: {
  readonly found: Proposed | undefined;
  readonly files: InitJson['files'] | readonly WrittenFile[];
  readonly gates: readonly ProposedGate[];
  readonly validation?: ValidateOutputs;
  readonly next: NextSteps;
}): InitJson {
  return {
    ...(found ? { proposal: proposalJson(found.proposal, gates) } : {}),
    files: files.map(({ differences, ...file }) => ({
      ...file,
      ...(differences ? { differences: [...differences] } : {}),
    })),
    ...(validation ? { evaluation: validateJson(validation.evaluation, validation) } : {}),
    next: { commands: [...next.commands], settings: [...next.settings] },
  };
}

function proposalJson(proposal: Proposal, gates: readonly ProposedGate[]): NonNullable<InitJson['proposal']> {
  const { name, task, target, positive, key, time, group, rareLabels, leftOut, notes } = proposal;
  return {
    name,
    task: task.value,
    target,
    ...(positive ? { positive } : {}),
    ...(key ? { key } : {}),
    ...(time ? { time } : {}),
    ...(group ? { group } : {}),
    ...(rareLabels
      ? { rareLabels: { labels: [...rareLabels.labels], published: rareLabels.published } }
      : {}),
    leftOut: [...leftOut],
    notes: [...notes],
    text: configText(proposal, gates),
  };
}
