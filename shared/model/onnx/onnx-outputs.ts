import { ConfigurationError, IntegrityError } from '../../platform/errors.ts';
import { isNumeric, type OnnxValue, shapeWords } from './onnx-file.ts';

/** What a model must answer. */
export interface OnnxTask {
  readonly task: 'regression' | 'binary' | 'multiclass';
  /** Of a classifier, in the order of its probabilities. */
  readonly classes: readonly string[];
}

/** The output that predictions are read from. */
export interface ChosenOutput {
  readonly name: string;
  /** Numbers a row: one, or one for each class. */
  readonly width: number;
}

/** Names that converters give to the output of a regression and to the probabilities of a classifier. */
const usualNames = {
  numbers: ['variable', 'prediction'],
  probabilities: ['probabilities', 'output_probability'],
};

/** Numbers per row that an output gives; undefined where its file does not say it, or it is no row of numbers. */
function widthOf({ shape }: OnnxValue): number | undefined {
  if (!shape) return undefined;
  if (shape.length === 1) return 1;
  return shape.length === 2 ? shape[1] : Number.NaN;
}

/**
 * Finds the output that holds the predictions. Labels and others are ignored.
 *
 * @throws IntegrityError when there is none, more than one could be it, or probabilities come as a sequence of maps.
 */
export function chooseOutput(outputs: readonly OnnxValue[], { task, classes }: OnnxTask): ChosenOutput {
  return task === 'regression' ? numberOutput(outputs) : probabilityOutput(outputs, { task, classes });
}

function numberOutput(outputs: readonly OnnxValue[]): ChosenOutput {
  const chosen = outputs.find(({ name }) => usualNames.numbers.includes(name)) ?? outputs[0];
  if (!chosen) throw new IntegrityError('model.onnx: the model has no outputs');
  if (!isNumeric(chosen) || (widthOf(chosen) ?? 1) !== 1) {
    throw new IntegrityError(
      `model.onnx: its output ${chosen.name} gives ${shapeWords(chosen)}, and a regression needs one number a row: float or double, [N, 1] or [N]`,
    );
  }
  return { name: chosen.name, width: 1 };
}

function probabilityOutput(outputs: readonly OnnxValue[], { task, classes }: OnnxTask): ChosenOutput {
  const wanted = classes.length;
  const fits = (output: OnnxValue): boolean => {
    const width = widthOf(output) ?? wanted;
    return isNumeric(output) && (width === wanted || (task === 'binary' && width === 1));
  };
  const named = outputs.find(({ name }) => usualNames.probabilities.includes(name));
  if (named && isNumeric(named) && !fits(named)) {
    throw new IntegrityError(
      `model.onnx: its output ${named.name} gives ${shapeWords(named)}, and there are ${wanted} classes: ${classes.join(', ')}`,
    );
  }
  const candidates = named ? [named].filter(fits) : outputs.filter(fits);
  const [chosen, another] = candidates;
  if (chosen && !another) return { name: chosen.name, width: widthOf(chosen) ?? wanted };
  if (!chosen && outputs.some(({ type }) => type === 'sequence' || type === 'map')) {
    throw new IntegrityError(
      'model.onnx: its probabilities are a sequence of maps (ZipMap), and a tensor is needed: convert with zipmap=False (skl2onnx: options={"zipmap": False})',
    );
  }
  const all = outputs.map((output) => `${output.name} ${shapeWords(output)}`).join(', ') || 'none';
  throw new IntegrityError(
    chosen
      ? `model.onnx: ${candidates.map(({ name }) => name).join(' and ')} could both be the probabilities: call the right one "probabilities"`
      : `model.onnx: none of its outputs can be probabilities of ${wanted} classes, float or double [N, ${wanted}]; they are: ${all}`,
  );
}

/** Probabilities may miss 0, 1 and their sum by the rounding of single precision, and no more. */
const tolerance = 1e-3;

/**
 * Reads a chosen output's numbers: of a regression and of a binary task one a row (that of the second class), else row-major
 * rows × classes. A number that is not finite is passed on: what it means, who predicts knows.
 *
 * @param first place of the first row among those predicted, for messages.
 * @throws ConfigurationError when they are no probabilities, or not one for each row.
 */
export function readOutput(
  values: ArrayLike<number>,
  { name, width }: ChosenOutput,
  { task, rows, first }: Pick<OnnxTask, 'task'> & { readonly rows: number; readonly first: number },
): Float64Array {
  if (values.length !== rows * width) {
    throw new ConfigurationError(
      `model.onnx: its output ${name} gave ${values.length} numbers for ${rows} rows, and ${rows * width} are needed`,
    );
  }
  const numbers = Float64Array.from(values);
  if (task === 'regression') return numbers;
  checkProbabilities(numbers, { name, width }, first);
  return task === 'binary' && width === 2 ? numbers.filter((_, i) => i % 2 === 1) : numbers;
}

function checkProbabilities(values: Float64Array, { name, width }: ChosenOutput, first: number): void {
  for (let start = 0; start < values.length; start += width) {
    const row = values.subarray(start, start + width);
    const sum = row.reduce((total, value) => total + value, 0);
    const place = `model.onnx: its output ${name} for row ${first + start / width}`;
    const outside = row.find((value) => value < -tolerance || value > 1 + tolerance);
    if (outside !== undefined) {
      throw new ConfigurationError(
        `${place} is ${outside}, which is no probability: let the model give probabilities, not raw scores`,
      );
    }
    // Not finite: neither smaller nor greater.
    if (width > 1 && Math.abs(sum - 1) > tolerance) {
      throw new ConfigurationError(
        `${place} is ${Array.from(row).join(', ')}, which does not add up to 1: the probabilities must be of the classes alone, and of all of them`,
      );
    }
  }
}
