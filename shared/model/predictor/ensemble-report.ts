import type { Recipe } from '../../dataset/recipe/recipe.ts';
import type { JudgedBlend } from '../ensemble/judged-parts.ts';
import type { BlendPartReport, BlendReport } from '../report/training-report.ts';
import type { EngineTask } from './engine-runner.ts';
import { type EnsemblePart, engineBytes } from './ensemble-model.ts';
import { ensembleRunner } from './ensemble-runner.ts';

/** A part before it has a weight. */
export type UnweighedPart = Omit<EnsemblePart, 'weight'>;

/**
 * What training.json says of a blend.
 *
 * @param parts all that were judged, in the order in which they were.
 * @param recipe the model's own.
 */
export function blendReportOf(
  judged: Pick<JudgedBlend, 'score' | 'parts'>,
  parts: readonly UnweighedPart[],
  recipe: Recipe,
  task: EngineTask,
): BlendReport {
  const reports = parts.map((part, at): BlendPartReport => {
    const { name, type, target, members } = part;
    const { weight, score, without } = judged.parts[at]!;
    const isUsed = weight > 0;
    return {
      ...{ name, type, ...(target === undefined ? {} : { target: target.type }) },
      ...{ weight, score, ...(without === undefined ? {} : { without }) },
      members: isUsed ? members.length : 0,
      bytes: isUsed ? members.reduce((sum, { engine }) => sum + engineBytes(engine), 0) : 0,
      work: isUsed ? ensembleRunner({ parts: [{ ...part, weight: 1 }] }, recipe, task).workOfRow : 0,
    };
  });
  return {
    score: judged.score,
    parts: reports,
    bytes: reports.reduce((sum, { bytes }) => sum + bytes, 0),
    work: reports.reduce((sum, { work }) => sum + work, 0),
  };
}
