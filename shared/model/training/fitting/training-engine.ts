import type { TrainConfig } from '../../../config/sections/train-section.ts';
import type { Logger } from '../../../platform/logger.ts';
import { cicloVersion } from '../../../platform/version.ts';
import { type EngineFiles, loadEngine } from '../../engine/engine.ts';
import { createKernelEngine } from '../../kernel/kernel-engine.ts';
import type { DenseEngine } from '../../network/learner.ts';
import { createTensorEngine } from '../../network/tensor-learner.ts';
import type { TrainingReport } from '../../report/training-report.ts';

/** What computes a training, and what its report says about it. */
export interface TrainingEngine {
  readonly dense: DenseEngine;
  readonly facts: TrainingReport['engine'];
}

/**
 * The engine that `train.backend` names. TensorFlow.js is loaded for its own backends alone: it takes longer to start
 * than the kernel takes for a whole small training.
 *
 * @throws ConfigurationError when a backend of TensorFlow.js cannot be loaded.
 */
export async function loadTrainingEngine(
  backend: TrainConfig['backend'],
  logger: Logger,
  files?: EngineFiles,
): Promise<TrainingEngine> {
  if (backend === 'kernel') {
    logger.debug(`Ciclo ${cicloVersion}, backend kernel, ${process.arch}`);
    // Its instructions are defined to the bit; proved is what the golden digests of the tests have run on.
    const reproducible = process.arch === 'x64';
    return {
      dense: createKernelEngine(),
      facts: { name: 'ciclo', version: cicloVersion, backend, reproducible },
    };
  }
  const { tf, name, version, reproducible } = await loadEngine(backend, logger, files);
  return { dense: createTensorEngine(tf), facts: { name, version, backend, reproducible } };
}
