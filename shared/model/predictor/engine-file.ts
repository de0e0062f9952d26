import { z } from 'zod';

/** The kinds of engine that this version of Ciclo can run. */
export const knownEngineKinds = ['layers', 'trees', 'ensemble', 'onnx', 'predictions'] as const;

const fileName = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);

/**
 * engine.json: what computes a model's predictions out of what its recipe makes of a row, and the files that belong to it.
 * A kind has a schema of its own; what all have in common is said here once.
 */
export const engineSchema = z.strictObject({
  version: z.literal(1),
  /**
   * `layers`: a stack of dense layers in the format of TensorFlow.js, which linear models are, too. `trees`: boosted trees.
   * `ensemble`: a blend of several of these, which ensemble.json names.
   * `onnx`: a model from outside, which onnxruntime runs. `predictions`: no model, only what one elsewhere said of the rows.
   */
  kind: z.enum(knownEngineKinds),
  /** The files of the model that are the engine's own, sorted. */
  files: z.array(fileName).min(1),
  /** What turns the engine's output into the target's own units; of layers the last one does. */
  inverse: z.strictObject({ type: z.literal('identity') }),
  /** Binary tasks: from which probability on, exclusive, the second class is the answer. */
  threshold: z.number().min(0).max(1).optional(),
});

export type Engine = z.output<typeof engineSchema>;

/** The engine of today's models, which their folders do not say: linear models and dense networks. */
export function layersEngine(task: 'regression' | 'binary' | 'multiclass'): Engine {
  return {
    version: 1,
    kind: 'layers',
    files: ['model.json', 'weights.bin'],
    inverse: { type: 'identity' },
    ...(task === 'binary' ? { threshold: 0.5 } : {}),
  };
}

/** The engine of boosted trees. */
export function treesEngine(task: 'regression' | 'binary' | 'multiclass'): Engine {
  return { ...layersEngine(task), kind: 'trees', files: ['trees.bin', 'trees.json'] };
}

/** The engine of a blend. @param files its own, sorted. */
export function ensembleEngine(
  task: 'regression' | 'binary' | 'multiclass',
  files: readonly string[],
): Engine {
  return { ...layersEngine(task), kind: 'ensemble', files: [...files] };
}

/** The engine of a model from outside. */
export function onnxEngine(task: 'regression' | 'binary' | 'multiclass'): Engine {
  return { ...layersEngine(task), kind: 'onnx', files: ['model.onnx'] };
}

/** Predictions of a model that is elsewhere. */
export function predictionsEngine(task: 'regression' | 'binary' | 'multiclass'): Engine {
  return { ...layersEngine(task), kind: 'predictions', files: ['predictions.arrow'] };
}

/** The kind that a file names, where this Ciclo does not know it: what a message says before any other fault. */
export function unknownEngineKind(value: unknown): string | undefined {
  const kind = (value as { kind?: unknown } | null)?.kind;
  const isKnown = knownEngineKinds.some((known) => known === kind);
  return typeof kind === 'string' && !isKnown ? kind : undefined;
}
