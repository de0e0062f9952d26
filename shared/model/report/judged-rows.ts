import { capitalised } from '../../text/capitalised.ts';
import { byCount, counted } from '../../text/counts.ts';
import { isOnePart } from './blend-words.ts';
import type { TrainingReport } from './training-report.ts';

/** What the rows are called by which candidates were compared: those of the validation split, or all, each out-of-fold. */
export function judgedRowWord({
  folds,
}: Pick<TrainingReport, 'folds'>): 'validation row' | 'out-of-fold row' {
  return folds ? 'out-of-fold row' : 'validation row';
}

/** What the models are that are kept of a blend, as a sentence. */
export function blendModelWords({ blend, rows }: Pick<TrainingReport, 'blend' | 'rows'>): string | undefined {
  if (!blend) return undefined;
  const part = isOnePart(blend) ? 'the model' : 'each part of the blend';
  if (blend.models === 'of-folds') {
    return `The folds’ models are kept: ${part} is the mean of ${isOnePart(blend) ? 'those' : 'its models'} of all folds`;
  }
  if (blend.models === 'refitted') {
    return `${capitalised(part)} was then trained once more, on all ${counted(rows.train, 'row')}, for as many steps as were best before (of folds their mean, of trees a tenth more)`;
  }
  return undefined;
}

/** On what the model of rows in folds was trained in the end, in words that go on a sentence; undefined where it was not. */
export function lastTraining({
  engine,
  rows,
  blend,
}: Pick<TrainingReport, 'engine' | 'rows' | 'blend'>): string | undefined {
  if (engine.backend === 'predictions') return undefined;
  if (blend?.models === 'of-folds')
    return isOnePart(blend) ? 'the mean of the models of all folds' : 'blended, the models of all folds';
  if (engine.name !== 'command') return `trained on all ${counted(rows.train, 'row')}`;
  return `trained on the ${counted(rows.train, 'row')} that are not in the first fold, whose rows its model was checked by`;
}

/** Where the chosen candidate is not the one of every fold: how many folds' rows another predicts. Else undefined. */
export function otherChoices({
  folds = [],
  chosen,
}: Pick<TrainingReport, 'folds' | 'chosen'>): string | undefined {
  const others = folds.filter((fold) => fold.chosen !== chosen);
  if (others.length === 0) return undefined;
  const names = [...new Set(others.map((fold) => fold.chosen))].join(', ');
  return `without its own rows ${counted(others.length, 'fold')} of ${folds.length} ${byCount(others.length, 'chooses', 'choose')} otherwise (${names}), and the rows there are judged by that choice`;
}
