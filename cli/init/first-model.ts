import type { TrainOutputs } from '../../actions/train/train.ts';
import type { ValidateOutputs } from '../../actions/validate/validate-inputs.ts';
import { type NaiveGain, naiveGainOf, rulesAgainstNaive } from '../../shared/init/naive-gain.ts';
import type { Proposal } from '../../shared/init/proposal.ts';
import type { ProposedGate } from '../../shared/init/proposed-gates.ts';
import type { Evaluation } from '../../shared/metrics/evaluation/evaluation.ts';
import { blendOrPart } from '../../shared/model/report/blend-words.ts';
import { formatNumber } from '../../shared/text/number-format.ts';
import type { Session } from '../session/session.ts';
import { block } from '../summaries/words.ts';
import { addGates, type Declared } from './declared-pipeline.ts';
import { oneTask } from './one-task.ts';

/** A first model, and the gates that it passes. */
export interface FirstModel {
  readonly declared: Declared;
  readonly gates: readonly ProposedGate[];
  readonly validation: ValidateOutputs;
}

/**
 * Trains a first model, takes gates from its evaluation, and judges it by them. It is compared with no model in production:
 * what is initialised has none.
 */
export async function firstModel(
  declared: Declared,
  proposal: Proposal | undefined,
  session: Session,
): Promise<FirstModel> {
  const { terminal } = session;
  const { logger, next } = oneTask(session.ports.logger, 'first model', 3);
  const ports = { ...session.ports, logger };
  const { prepare } = await import('../../actions/prepare/prepare.ts');
  const { train } = await import('../../actions/train/train.ts');
  const { validate } = await import('../../actions/validate/validate.ts');
  const { pipeline } = await prepare({ pipeline: declared.pipeline }, ports);
  next();
  const model = await train({ pipeline }, ports);
  next();
  const first = await validate({ pipeline, alsoUnder: rulesAgainstNaive(pipeline.loaded.config) }, ports);
  const { evaluation } = first;
  const gain = gainOf(first);
  const { declared: whole, gates, added } = await addGates(declared, proposal, { evaluation, gain });
  const validation = added ? await validate({ pipeline: whole.pipeline }, ports) : first;
  next();
  terminal.clear();
  terminal.print(
    ...modelLines(model, { validation, gain }, session),
    ...(added ? gateLines(gates, session) : []),
  );
  return { declared: whole, gates, validation };
}

/** Without another evaluation, that of the rules that ciclo.yml declares is one of the very rules against the naive model. */
function gainOf({ evaluation, alsoUnder }: ValidateOutputs): NaiveGain | undefined {
  if (alsoUnder === undefined) return naiveGainOf(evaluation);
  return 'evaluation' in alsoUnder ? naiveGainOf(alsoUnder.evaluation) : undefined;
}

function modelLines(
  { report }: TrainOutputs,
  { validation, gain }: { readonly validation: ValidateOutputs; readonly gain: NaiveGain | undefined },
  { terminal }: Session,
): string[] {
  const { evaluation, reportPath } = validation;
  return [
    ...block('Model', terminal, [
      report.blend
        ? blendOrPart(report.blend)
        : `${report.chosen}, the best of ${report.candidates.map(({ name }) => name).join(', ')}`,
    ]),
    ...block('Judged', terminal, [evaluation.headline, ...unlearntLines(evaluation, gain), reportPath]),
  ];
}

/** A first model passes the gates that are taken from it, whatever it has learnt. */
function unlearntLines({ metrics, primary }: Evaluation, gain: NaiveGain | undefined): string[] {
  const baseline = metrics.find(({ name }) => name === primary)?.baseline;
  if (baseline === undefined || baseline === null) return [];
  if (gain?.low === undefined || gain.low === null || gain.low > 0) return [];
  return [
    `These rows do not show that it beats a model that learns nothing, which has ${formatNumber(baseline, { digits: 3 })}: it takes more rows, or columns that say more of the target`,
  ];
}

function gateLines(gates: readonly ProposedGate[], { terminal }: Session): string[] {
  return block(
    'Gates',
    terminal,
    gates.map(({ line, why }) => `${line} ${terminal.style.dim(`# ${why}`)}`),
  );
}
