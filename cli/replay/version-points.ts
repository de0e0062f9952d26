import { fetchReleased } from '../../actions/deploy/production.ts';
import type { LabelledRows } from '../../actions/drift-check/rows/labelled-rows.ts';
import { registryOf } from '../../actions/pipeline/registry.ts';
import { predictionsOf } from '../../actions/validate/predictions.ts';
import type { Config } from '../../shared/config/sections/schema.ts';
import { type DatasetSchema, featureColumns } from '../../shared/dataset/schema/schema.ts';
import { type Table, takeRows } from '../../shared/dataset/table/table.ts';
import type { Forge } from '../../shared/forge/ports/forge.ts';
import type { Predictor } from '../../shared/model/predictor/predictor.ts';
import { bundleReader } from '../../shared/release/bundle/bundle-reader.ts';
import type { ReplayPoint, ReplayVersion } from '../../shared/report/replay/replay-report.ts';
import { judgedPoint, rowsOfPeriod } from './period-point.ts';

interface LoadedVersion {
  readonly schema: DatasetSchema;
  readonly predictor: Predictor;
}

/** The versions of a walk on the same rows, gathered period by period. */
export interface VersionPoints {
  /** Judges all versions that were deployed so far on a period's rows: their data ended before it. */
  add(labelled: LabelledRows | undefined, period: string, config: Config): Promise<void>;
  /** The oldest first. */
  all(): ReplayVersion[];
}

/** @param name of the pipeline. */
export function versionPoints(name: string, forge: Pick<Forge, 'tags' | 'releases'>): VersionPoints {
  const loaded = new Map<string, LoadedVersion | undefined>();
  const points = new Map<string, ReplayPoint[]>();

  const load = async (tag: string, fetch: () => ReturnType<typeof fetchReleased>) => {
    if (!loaded.has(tag)) {
      const released = await fetch();
      const reader = released && bundleReader(released.bundle);
      loaded.set(tag, reader && { schema: reader.schema(), predictor: await reader.predictor() });
    }
    return loaded.get(tag);
  };

  return {
    add: async (labelled, period, config) => {
      const rows = labelled && rowsOfPeriod(labelled, period);
      if (!rows || rows.length === 0) return;
      const table = takeRows(labelled.table, rows);
      const registry = await registryOf({ name }, forge);
      for (const version of registry.versions) {
        const model = await load(version.tag, () => fetchReleased(name, version, forge));
        if (!model || !fits(model.schema, table)) continue;
        const predictions = await predictionsOf(model.predictor, table, model.schema);
        const label = version.tag.slice(version.tag.lastIndexOf('@') + 1);
        const { point } = judgedPoint(predictions, { pipeline: name, config, period, model: label });
        points.set(label, [...(points.get(label) ?? []), point]);
      }
    },
    all: () => [...points].map(([version, own]) => ({ version, points: own })),
  };
}

function fits(schema: DatasetSchema, table: Table): boolean {
  return featureColumns(schema).every(({ name, type }) => table.columns.get(name)?.type === type);
}
