import path from 'node:path';
import { type Command, Option } from 'commander';
import type { RuntimePlaces } from '../../shared/model/onnx/runtime-places.ts';
import type { ByteSource } from '../../shared/source/files/byte-source.ts';
import type { PredictionJson, PredictJson } from '../json/json-output.ts';
import type { PredictingModel } from '../records/prediction-batches.ts';
import { predictionWriter } from '../records/prediction-writer.ts';
import {
  answerFormat,
  formatOfFile,
  type PredictionFormat,
  predictionFormats,
  type RecordFormat,
  recordFormats,
} from '../records/record-format.ts';
import type { RecordStream } from '../records/record-reader.ts';
import { type ExitCode, exitCodes } from '../session/exit-codes.ts';
import { configFolder } from '../session/paths.ts';
import { addCommonFlags, type CommonFlags, type Host, inSession, type Session } from '../session/session.ts';
import { helpAfter } from './pipeline-help.ts';

interface PredictFlags extends CommonFlags {
  readonly model?: string;
  readonly config?: string;
  readonly format?: RecordFormat;
  readonly to?: PredictionFormat;
  readonly skipInvalid?: boolean;
}

/** `ciclo predict`: records in, predictions out. */
export function addPredict(program: Command, host: Host): void {
  const command = program
    .command('predict')
    .summary('predict records with a model')
    .description(
      'Reads records (JSON, NDJSON, CSV, Parquet or Arrow) from a file or from stdin and writes a prediction for each, ' +
        'in the same order and format (of Parquet and Arrow in CSV). Every byte of the model is checked against its manifest first; every record is ' +
        'checked against the schema that the model was trained on. NDJSON is streamed: any length, little memory.',
    )
    .argument('[file]', 'the records; without it, or with -, they come from stdin')
    .option(
      '-m, --model <path>',
      'a model folder, or the bundle of a release (default: .ciclo/model beside the configuration)',
    )
    .option('-c, --config <file>', 'where the default model is (default: ./ciclo.yml)')
    .addOption(
      new Option('--format <format>', 'of the records (default: recognised by name or content)').choices(
        recordFormats,
      ),
    )
    .addOption(
      new Option('--to <format>', 'of the predictions (default: that of the records)').choices(
        predictionFormats,
      ),
    )
    .option('--skip-invalid', 'give an empty prediction for a record that the model cannot take, and go on');
  addCommonFlags(command)
    .addHelpText('after', helpText)
    .action((file: string | undefined, flags: PredictFlags) =>
      inSession(host, flags, (session) => work(file, flags, session)),
    );
}

const helpText = helpAfter({
  reads: 'the model folder; records',
  writes: 'predictions on stdout; warnings on stderr',
  more: [
    'A prediction:',
    '  a number   {"prediction": 23.1}',
    '  a class    {"prediction": "a", "probabilities": {"a": 0.9, "b": 0.1}}',
    '  in CSV     the columns prediction and p_<class>',
  ],
  examples: [
    'ciclo predict rows.csv > predictions.csv',
    'ciclo predict rows.parquet --to ndjson',
    'echo \'{"horsepower": 95, "weight": 2372}\' | ciclo predict',
    'ciclo predict events.ndjson --model production/model --to csv',
  ],
});

async function work(file: string | undefined, flags: PredictFlags, session: Session): Promise<ExitCode> {
  // Loaded here, so that help and the other commands need not wait for them.
  const { predictBatches } = await import('../records/prediction-batches.ts');
  const folder =
    flags.model === undefined
      ? path.join(await configFolder(session.io.cwd, flags.config), '.ciclo', 'model')
      : session.path(flags.model);
  const model = await modelOf(folder, { folders: [path.dirname(folder), session.io.cwd] });
  const named = file === undefined || file === '-' ? undefined : file;
  const format = flags.format ?? (named === undefined ? undefined : formatOfFile(named));
  const stream = await streamOf(named, format, model, session);
  const predictions = predictBatches(stream.batches, model, {
    coerce: stream.coerce,
    skipInvalid: flags.skipInvalid === true,
    logger: session.ports.logger,
  });
  if (session.json) await session.emit(await collected(predictions, model));
  else await written(predictions, model, stream, flags.to ?? answerFormat(stream.format), session);
  return exitCodes.done;
}

/** Of a folder that ciclo train wrote, or of the bundle of a release. */
async function modelOf(place: string, places: RuntimePlaces): Promise<PredictingModel> {
  if (place.toLowerCase().endsWith('.zip')) {
    const { bundleSource } = await import('../../shared/serving/bundle-source.ts');
    const { digest, schema, predictor, profile } = await bundleSource(place, { places }).load();
    return { folder: place, digest, schema, predictor, profile };
  }
  const { readModelFolder } = await import('../../shared/artifacts/folders/model-folder.ts');
  const { folder, manifest, schema, predictor, profile } = await readModelFolder(place, places);
  return { folder, digest: manifest.digest, schema, predictor, profile };
}

async function streamOf(
  named: string | undefined,
  format: RecordFormat | undefined,
  { schema }: PredictingModel,
  session: Session,
): Promise<RecordStream> {
  const { readParquetStream, readRecords } = await import('../records/record-reader.ts');
  const ports = { schema, logger: session.ports.logger };
  // Parquet is read from its end.
  if (format === 'parquet' && named !== undefined)
    return readParquetStream(session.path(named), named, ports);
  return readRecords(await sourceOf(named, session), format, ports);
}

async function sourceOf(file: string | undefined, session: Session): Promise<ByteSource> {
  const { openFile } = await import('../../shared/source/files/file-bytes.ts');
  const { streamSource } = await import('../records/record-reader.ts');
  if (file !== undefined) return openFile(session.path(file), file);
  const { stdin } = session.io;
  if (stdin.isTTY) session.ports.logger.info('Reading records from the terminal; end them with Ctrl-D');
  return streamSource(stdin, 'stdin');
}

async function written(
  predictions: AsyncIterable<readonly PredictionJson[]>,
  model: PredictingModel,
  stream: RecordStream,
  format: PredictionFormat,
  { terminal }: Session,
): Promise<void> {
  const writer = predictionWriter(format, stream.single, model.schema.classes ?? []);
  let begun = false;
  for await (const batch of predictions) {
    // Nothing is written before the first records are known to be right.
    const text = `${begun ? '' : writer.begin()}${writer.batch(batch)}`;
    begun = true;
    if (!(await terminal.data(text))) return;
  }
  await terminal.data(`${begun ? '' : writer.begin()}${writer.end()}`);
}

async function collected(
  predictions: AsyncIterable<readonly PredictionJson[]>,
  { folder, digest, schema }: PredictingModel,
): Promise<PredictJson> {
  const all: PredictionJson[] = [];
  for await (const batch of predictions) for (const prediction of batch) all.push(prediction);
  return {
    model: { folder, digest, task: schema.task, target: schema.target },
    rows: all.length,
    skipped: all.filter(({ prediction }) => prediction === null).length,
    predictions: all,
  };
}
