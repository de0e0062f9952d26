import type { Config } from '../../../shared/config/sections/schema.ts';
import { positiveClass } from '../../../shared/dataset/schema/positive-class.ts';
import { type DatasetSchema, featureColumns } from '../../../shared/dataset/schema/schema.ts';
import type { Forge } from '../../../shared/forge/ports/forge.ts';
import { evaluate } from '../../../shared/metrics/evaluate.ts';
import { clearSide } from '../../../shared/metrics/evaluation/clear-side.ts';
import type { Evaluation } from '../../../shared/metrics/evaluation/evaluation.ts';
import type { RuntimePlaces } from '../../../shared/model/onnx/runtime-places.ts';
import { silentLogger } from '../../../shared/platform/logger.ts';
import { bundleReader } from '../../../shared/release/bundle/bundle-reader.ts';
import { fetchReleased } from '../../deploy/production.ts';
import { registryOf } from '../../pipeline/registry.ts';
import { predictionsOf } from '../../validate/predictions.ts';
import type { LabelledRows } from '../rows/labelled-rows.ts';

/** An older version that does better on the new rows than the one in production. */
export interface BetterOlder {
  /** `v1.1.0` */
  readonly version: string;
  /** Of the older version on the new rows, the one in production beside it as its champion. */
  readonly evaluation: Evaluation;
}

/** Versions that are tried, the newest ones. */
const most = 5;

/**
 * Looks for an older version that does better on the rows since the production model's data, with the whole paired
 * interval of the primary metric on its side; of several the one with the most certain gain.
 *
 * Older models were made with older rows, so none of them has seen these.
 */
export async function betterOlderVersion(
  {
    name,
    config,
    live,
    places,
  }: {
    readonly name: string;
    readonly config: Config;
    readonly live: string;
    /** Of the runtime of ONNX models. */
    readonly places?: RuntimePlaces;
  },
  rows: LabelledRows,
  forge: Pick<Forge, 'tags' | 'releases'>,
): Promise<BetterOlder | undefined> {
  const registry = await registryOf({ name }, forge);
  const found: { older: BetterOlder; low: number }[] = [];
  for (const version of registry.versions
    .toReversed()
    .filter(({ tag }) => tag !== live)
    .slice(0, most)) {
    const released = await fetchReleased(name, version, forge);
    if (!released) continue;
    const { bundle } = released;
    const reader = bundleReader(bundle);
    const schema = reader.schema();
    const fits =
      schema.target === config.target &&
      schema.task === config.task &&
      featureColumns(schema).every((column) => rows.table.columns.get(column.name)?.type === column.type);
    if (!fits) continue;
    const evaluation = evaluate(
      {
        pipeline: name,
        task: config.task,
        target: config.target,
        predictions: await predictionsOf(
          await reader.predictor(places),
          rows.table,
          withPositiveOf(rows, schema),
        ),
        champion: { name: live, predictions: rows.predictions },
        slices: [],
        validate: { ...config.validate, gates: [], slices: [] },
      },
      { logger: silentLogger },
    );
    const gain = evaluation.metrics.find((metric) => metric.name === evaluation.primary)?.champion?.gain;
    if (gain && clearSide(gain) === 'better') {
      found.push({ older: { version: bundle.manifest.version, evaluation }, low: gain.low! });
    }
  }
  return found.toSorted((a, b) => b.low - a.low)[0]?.older;
}

/** An older version is judged by the class that is positive in production. */
function withPositiveOf({ predictions }: LabelledRows, schema: DatasetSchema): DatasetSchema {
  const label = positiveClass(predictions);
  return label !== undefined && schema.classes?.includes(label) ? { ...schema, positive: label } : schema;
}
