import { ConfigurationError, quote } from '../../platform/errors.ts';
import { didYouMean, listNames } from '../../text/nearest-name.ts';

const tableFormats = ['csv', 'parquet', 'arrow'] as const;
const modelFile = 'model.onnx';

/** The files of a command's output that are read. */
export interface OutputFiles {
  readonly model: boolean;
  /** The file of its predictions: `validation-predictions.csv`, or `predictions.csv` without a model. */
  readonly predictions: string;
}

/**
 * Finds, among the files that a command wrote into `CICLO_OUTPUT`, those that are read; others are left alone.
 *
 * @param names relative to the folder, with forward slashes.
 * @param elsewhere files of the repository that changed while it ran.
 * @throws ConfigurationError when a file is missing that must be there, or is there twice.
 */
export function outputFiles(names: readonly string[], elsewhere: readonly string[] = []): OutputFiles {
  const model = names.includes(modelFile);
  const stem = model ? 'validation-predictions' : 'predictions';
  const wanted = tableFormats.map((format) => `${stem}.${format}`);
  const found = names.filter((name) => wanted.includes(name));
  if (found.length > 1) {
    throw new ConfigurationError(`it wrote its predictions twice, ${listNames(found)}: leave one`);
  }
  if (found.length === 1) return { model, predictions: found[0]! };
  throw model ? withoutPredictions(names, wanted) : withoutModel(names, elsewhere);
}

function withoutPredictions(names: readonly string[], wanted: readonly string[]): ConfigurationError {
  const others = names.filter((name) => name !== modelFile);
  const near = others.find((name) => didYouMean(name, wanted) !== '' || /^predictions\./.test(name));
  const instead = near === undefined ? '' : ` (it wrote ${near})`;
  return new ConfigurationError(
    `it wrote ${modelFile} and no validation-predictions.csv, .parquet or .arrow${instead}: write its own predictions of the rows of CICLO_VALIDATION, by id, so that the conversion to ONNX can be checked`,
  );
}

function withoutModel(names: readonly string[], elsewhere: readonly string[]): ConfigurationError {
  const needed = `${modelFile} and validation-predictions.csv, or predictions.csv alone`;
  if (names.length > 0) {
    const near = names.map((name) => didYouMean(name, [modelFile, 'predictions.csv'])).find((hint) => hint);
    return new ConfigurationError(
      `it wrote ${listNames(names.map(quote), 8)} into CICLO_OUTPUT, and neither ${modelFile} nor predictions${near ?? ''}: write ${needed}`,
    );
  }
  const where =
    elsewhere.length === 0
      ? ''
      : `; it changed ${listNames(elsewhere.map(quote), 8)}: write into the folder that CICLO_OUTPUT names`;
  return new ConfigurationError(`it wrote nothing into CICLO_OUTPUT, where ${needed} must be${where}`);
}
