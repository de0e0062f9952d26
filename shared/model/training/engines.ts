import type { TrainConfig } from '../../config/sections/train-section.ts';
import type { Logger } from '../../platform/logger.ts';
import { type Engine, type EngineFiles, loadEngine } from '../engine/engine.ts';
import { type MatrixProduct, tensorProduct } from '../engine/matrix-product.ts';
import type { TrainingReport } from '../report/training-report.ts';
import { treesVersion } from '../trees/trees-version.ts';

/** What trains candidates. */
export type Trainer = TrainingReport['engine']['name'];

/** The engines that a training uses, each started when it is first asked for. */
export interface Engines {
  product(): Promise<MatrixProduct>;
  /** What a report says about an engine that has been used. */
  reportOf(trainer: Trainer): TrainingReport['engine'];
  /** The versions of all that have been used: together they determine which model is chosen. */
  versions(): Readonly<Record<string, string>>;
}

/** @param used which of them the candidates need. */
export function createEngines(
  { backend }: TrainConfig,
  used: ReadonlySet<Trainer>,
  logger: Logger,
  files: EngineFiles | undefined,
): Engines {
  let loaded: Engine | undefined;
  const engine = (): Engine => {
    if (!loaded) throw new TypeError('TensorFlow.js is reported on before it was loaded');
    return loaded;
  };
  // The choice is made among all candidates: it repeats where every one of them does.
  const reproducible = () => !used.has('tensorflow.js') || engine().reproducible;
  return {
    async product() {
      loaded ??= await loadEngine(backend, logger, files);
      return tensorProduct(loaded.tf);
    },
    reportOf(trainer) {
      if (trainer === 'boosted-trees') {
        return { name: trainer, version: treesVersion, backend: 'javascript', reproducible: reproducible() };
      }
      const { name, version, backend: started } = engine();
      return { name, version, backend: started, reproducible: reproducible() };
    },
    versions: () => ({
      ...(used.has('boosted-trees') ? { 'boosted-trees': treesVersion } : {}),
      ...(used.has('tensorflow.js') ? { 'tensorflow.js': engine().version } : {}),
    }),
  };
}
