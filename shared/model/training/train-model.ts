// Training: candidates fitted, blended, or compared and chosen.
import { ConfigurationError } from '../../platform/errors.ts';
import type { EngineFiles } from '../engine/engine.ts';
import { isBlending, isOwn, type Portfolio, portfolioOf } from './candidates/portfolio.ts';
import { stackedTargets, targetsOf } from './data/targets.ts';
import { checkSplits } from './data/training-data.ts';
import type { TrainModelInput } from './data/training-input.ts';
import type { CandidatesPorts } from './fitting/train-candidates.ts';
import type { TrainedModel } from './fitting/trained-model.ts';
import { innerFoldsOf } from './folds/inner-folds.ts';
import { canLeaveOut } from './folds/trend-choice.ts';
import { pickedModel } from './picked-model.ts';
import { trainOutOfFold } from './train-out-of-fold.ts';

/**
 * Trains every candidate. Two or more of Ciclo's own are blended, by what models say of rows that they have not seen: of inner
 * folds of the training and validation rows, or where these are many of the validation rows. Else, where `train.blend` is
 * false, a command is among them, or there can be no folds, the best on the validation split is kept. A search needs folds, whether
 * candidates are blended or not.
 *
 * @param ports.engineFiles where the engine's files are when they are not in node_modules.
 * @throws ConfigurationError when there is nothing to learn from, the backend cannot be loaded, or every candidate
 *   diverged.
 */
export async function trainModel(
  input: TrainModelInput,
  ports: CandidatesPorts & { readonly engineFiles?: EngineFiles; readonly curve?: boolean },
): Promise<TrainedModel> {
  const { schema, train, validation, config } = input;
  const targets = [train, validation].map((table) => targetsOf(table, schema));
  const portfolio = portfolioOf(config.train, schema, stackedTargets(targets));
  const { search } = config.train;
  const areOwn = portfolio.candidates.every(isOwn);
  if (!areOwn && search) {
    throw new ConfigurationError(
      'train.search: rows with a test split are searched in folds of their own, and a command among train.candidates is trained on the split as it is: take the command or search out, or write split.folds: 5',
    );
  }
  if (!areOwn || !(isBlending(config.train, portfolio) || search)) {
    return pickedModel(input, portfolio, unheardTrend(input, portfolio), ports);
  }
  checkSplits(train, validation);
  const folded = innerFoldsOf(input);
  if ('reason' in folded) {
    const without = search ? 'no search, and no blend' : 'no blend';
    const warning = `${without}: the rows cannot be divided into folds (${folded.reason}), so the best candidate on the validation rows is kept`;
    return pickedModel(input, portfolio, warning, ports);
  }
  return (await trainOutOfFold(folded, ports)).trained;
}

/** What `train.trend-columns` cannot do: one model on training and validation rows is given all columns. */
function unheardTrend(
  { config: { train }, division }: TrainModelInput,
  portfolio: Portfolio,
): string | undefined {
  if (train['trend-columns'] !== 'leave-out' || division?.time === undefined || !canLeaveOut(portfolio))
    return undefined;
  return 'train.trend-columns: leave-out: without folds and without a blend the columns that grow with the time stay; write split.folds: 5, or take columns out by prepare.exclude';
}
