import { blendWords, isOnePart, sizeWords } from '../../shared/model/report/blend-words.ts';
import { judgedRowWord } from '../../shared/model/report/judged-rows.ts';
import { chosenScore } from '../../shared/model/report/leading-candidate.ts';
import { rowCurveWords } from '../../shared/model/report/row-curve-words.ts';
import { searchWords } from '../../shared/model/report/search-words.ts';
import { countedSteps } from '../../shared/model/report/step-words.ts';
import { formatNumber } from '../../shared/text/number-format.ts';
import { train } from '../train/train.ts';
import { acceleratedPorts } from './acceleration.ts';
import type { StepInputs } from './inputs.ts';
import { fetchResults, storeResult } from './results.ts';
import { openPipeline, type StepHost, type StepResult } from './step.ts';

export { serveTraining } from '../train/threads/serve-training.ts';

/** The action `train`. */
export async function trainStep(inputs: StepInputs<'train'>, host: StepHost): Promise<StepResult> {
  const place = await openPipeline(inputs, host.context);
  await fetchResults(inputs, place, ['dataset'], host);
  const ports = acceleratedPorts(inputs.accelerate, place.pipeline.loaded.config, host.ports);
  const outputs = await train({ pipeline: place.pipeline, output: place.runDirectory }, ports);
  const { report } = outputs;
  const { logger } = host.ports;
  for (const candidate of report.candidates) {
    const { name, validation } = candidate;
    const mark = name === report.chosen ? '→' : ' ';
    logger.info(
      `${mark} ${name}: ${report.metric} ${formatNumber(validation)} on the ${judgedRowWord(report)}s, ${countedSteps(candidate)}`,
    );
  }
  if (report.blend) {
    const { score } = report.blend;
    logger.info(
      `→ ${isOnePart(report.blend) ? '' : `${report.chosen} of `}${blendWords(report.blend)}: ${report.metric} ${formatNumber(score)} on the ${judgedRowWord(report)}s; ${sizeWords(report.blend)}`,
    );
  }
  if (report.search) logger.info(`search: ${searchWords(report.search, report)}`);
  if (report.learningCurve) logger.info(rowCurveWords(report.learningCurve));
  for (const warning of report.warnings) logger.warn(warning, { file: place.pipeline.loaded.file });
  logger.info(`model ${outputs.digest}`);
  const score = chosenScore(report);
  return {
    outputs: {
      fingerprint: outputs.fingerprint,
      digest: outputs.digest,
      folder: outputs.folder,
      candidate: report.chosen,
      'validation-score': score === undefined ? '' : String(score),
      ...(await storeResult(inputs, outputs.folder, host)).outputs,
    },
  };
}
