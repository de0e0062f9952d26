import type { TrainConfig } from '../../../config/sections/train-section.ts';
import type { Logger } from '../../../platform/logger.ts';
import { commandVersion } from '../../command/command-version.ts';
import type { EngineFiles } from '../../engine/engine.ts';
import { ensembleVersion } from '../../ensemble/ensemble-version.ts';
import type { DenseEngine } from '../../network/learner.ts';
import type { TrainingReport } from '../../report/training-report.ts';
import { treesVersion } from '../../trees/trees-version.ts';
import type { FittedCandidate } from './fit-candidate.ts';
import type { Trainer } from './trainer.ts';
import { loadTrainingEngine, type TrainingEngine } from './training-engine.ts';

/** The engines that a training uses, each started when it is first asked for. */
export interface Engines {
  dense(): Promise<DenseEngine>;
  /** What a report says about the engine of a model that has been trained. */
  reportOf(model: Pick<FittedCandidate, 'trainer' | 'saved'>): TrainingReport['engine'];
  /** The versions of all that have been used: together they determine which model is chosen. */
  versions(): Readonly<Record<string, string>>;
}

/**
 * @param used which of them the candidates need.
 * @param isBlended whether several models are made one.
 */
export function createEngines(
  { backend }: TrainConfig,
  used: ReadonlySet<Trainer>,
  logger: Logger,
  files: EngineFiles | undefined,
  isBlended = false,
): Engines {
  let loaded: TrainingEngine | undefined;
  const facts = (): TrainingEngine['facts'] => {
    if (!loaded) throw new TypeError(`the backend ${backend} is reported on before it was loaded`);
    return loaded.facts;
  };
  // The choice is made among all candidates: it repeats where every one of them does.
  // What a command does nobody has proved to repeat.
  const reproducible = () => !used.has('command') && (!used.has('dense') || facts().reproducible);
  return {
    async dense() {
      loaded ??= await loadTrainingEngine(backend, logger, files);
      return loaded.dense;
    },
    reportOf({ trainer, saved }) {
      if ('parts' in saved) {
        const backend = used.has('dense') ? facts().backend : 'javascript';
        return { name: 'ensemble', version: ensembleVersion, backend, reproducible: reproducible() };
      }
      if (trainer === 'dense') return { ...facts(), reproducible: reproducible() };
      if (trainer === 'command') {
        const backend = 'onnx' in saved ? 'onnxruntime' : 'predictions';
        return { name: trainer, version: commandVersion, backend, reproducible: reproducible() };
      }
      return { name: trainer, version: treesVersion, backend: 'javascript', reproducible: reproducible() };
    },
    versions: () => ({
      ...(isBlended ? { ensemble: ensembleVersion } : {}),
      ...(used.has('boosted-trees') ? { 'boosted-trees': treesVersion } : {}),
      ...(used.has('command') ? { command: commandVersion } : {}),
      ...(used.has('dense') ? { [facts().name]: facts().version } : {}),
    }),
  };
}
