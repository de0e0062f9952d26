import { judgedRowWord } from '../../shared/model/report/judged-rows.ts';
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
  for (const warning of report.warnings) logger.warn(warning, { file: place.pipeline.loaded.file });
  logger.info(`model ${outputs.digest}`);
  const chosen = report.candidates.find(({ name }) => name === report.chosen);
  return {
    outputs: {
      fingerprint: outputs.fingerprint,
      digest: outputs.digest,
      folder: outputs.folder,
      candidate: report.chosen,
      'validation-score': chosen === undefined ? '' : String(chosen.validation),
      ...(await storeResult(inputs, outputs.folder, host)).outputs,
    },
  };
}
