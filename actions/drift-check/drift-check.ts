// The check of new rows for drift, and the retraining that it leads to.

import path from 'node:path';
import { writeFolder } from '../../shared/artifacts/folders/run-folder.ts';
import { fewestPublishedRows } from '../../shared/config/sections/published-rows.ts';
import { formatProfile, type Profile } from '../../shared/dataset/profile/profile.ts';
import { withMinCount } from '../../shared/dataset/profile/profile-publication.ts';
import { compareTables } from '../../shared/drift/drift.ts';
import type { HistoryLine } from '../../shared/drift/history/history-line.ts';
import { type MonitorReport, monitorReportSchema } from '../../shared/drift/history/monitor-report.ts';
import { performancePart } from '../../shared/drift/verdict/error-budget.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import { formatJson } from '../../shared/platform/json.ts';
import { cicloVersion, resultFormat } from '../../shared/platform/version.ts';
import { renderDriftReport } from '../../shared/report/drift/drift-report-page.ts';
import { type Pipeline, runDirectoryOf } from '../pipeline/pipeline.ts';
import { compareWithReference } from './comparison.ts';
import { headlineOf, withPerformance } from './drift-headline.ts';
import type { DriftCheckInputs, DriftCheckOutputs, DriftCheckPorts } from './drift-inputs.ts';
import { performanceOf } from './performance.ts';
import { headOf, unitsOf } from './report-head.ts';
import { countedWords } from './rows/counted-rows.ts';
import { readLabels } from './rows/current-rows.ts';
import type { LabelInputs, LabelledRows } from './rows/labelled-rows.ts';
import { type LargeSource, openLargeSource } from './rows/large-source.ts';
import type { Reference } from './rows/reference.ts';
import { seasonalReference } from './rows/seasonal-reference.ts';
import { sidesOfCheck } from './rows/sides.ts';
import { weeklyPattern } from './rows/weekly-rows.ts';
import { checkRates } from './spending.ts';

/**
 * Compares the rows that came since the model in production was made with those that it was made with, and says how the
 * model does on them. Writes the drift folder. Drift is a result (`report.drift`), not an exception, and so is that
 * there is nothing to compare.
 *
 * @throws ConfigurationError when ciclo.yml or a source cannot be read.
 */
export async function driftCheck(
  inputs: DriftCheckInputs,
  ports: DriftCheckPorts,
): Promise<DriftCheckOutputs> {
  const { pipeline } = inputs;
  const history = inputs.history ?? [];
  const large = await openLargeSource(pipeline, ports);
  const checked = await checkedOf(pipeline, history, large, ports).finally(() =>
    large?.engine[Symbol.asyncDispose](),
  );
  const { season } = checked.report;
  if (season && !season.used) ports.logger.warn(season.words);
  for (const stray of checked.strays) ports.logger.warn(stray);
  if (checked.joined !== undefined) ports.logger.info(checked.joined);

  const report = monitorReportSchema.parse(checked.report);
  const units = unitsOf(pipeline.loaded.config);
  const page = renderDriftReport({
    report,
    units,
    history,
    ...(inputs.siteUrl ? { siteUrl: inputs.siteUrl } : {}),
  });
  const { folder, manifest } = await writeFolder(
    runDirectoryOf(pipeline, inputs.output),
    {
      kind: 'drift',
      pipeline: pipeline.name,
      fingerprint: digestOf({ kind: 'drift', resultFormat, ciclo: cicloVersion, report }),
      inputs: {
        monitor: digestOf(pipeline.loaded.config.monitor),
        ...(report.production ? { model: report.production.model } : {}),
      },
      versions: { ciclo: cicloVersion },
    },
    new Map([
      ['drift.json', new TextEncoder().encode(formatJson(report))],
      [
        'profile.json',
        new TextEncoder().encode(formatProfile(withMinCount(checked.profile, fewestPublishedRows))),
      ],
      ['report.html', new TextEncoder().encode(page)],
    ]),
  );
  return {
    report,
    folder,
    digest: manifest.digest,
    reportPath: path.join(folder, 'report.html'),
    ...(checked.labelled ? { labelled: checked.labelled } : {}),
  };
}

async function checkedOf(
  pipeline: Pipeline,
  history: readonly HistoryLine[],
  large: LargeSource | undefined,
  ports: DriftCheckPorts,
): Promise<Checked> {
  const sides = await sidesOfCheck(pipeline, history, large, ports);
  const { reference, current } = sides;
  if (!reference || !current) return nothing(pipeline, reference);
  // Where rows were counted and some drawn, labels of the others say nothing.
  const drawn = current.counted ? (sides.monitored ?? sides.data)?.table : undefined;
  return check(pipeline, { ...sides, reference, current, labels: await readLabels(pipeline, drawn, ports) });
}

interface Checked {
  readonly report: MonitorReport;
  readonly profile: Profile;
  readonly labelled?: LabelledRows;
  readonly joined?: string;
  /** What counts as missing since it is not of its column's type. */
  readonly strays: readonly string[];
}

interface CheckInputs extends LabelInputs {
  readonly check: number;
}

async function check(pipeline: Pipeline, asked: CheckInputs): Promise<Checked> {
  const { current, check: number } = asked;
  const { config } = pipeline.loaded;
  const { reference, season } = seasonalReference(asked.reference, current, config);
  const inputs = { ...asked, reference };
  const { drift, window, 'min-rows': minRows, 'checks-per-year': checksPerYear } = config.monitor;
  const declared = drift['false-alarm-rate'];
  const performance = await performanceOf(pipeline, inputs);
  const rates = checkRates(declared, {
    check: number,
    again: window.again,
    measured: performance.measurable,
  });
  const compared = await compareWithReference(reference, current, {
    config,
    support: asked.reference.profile,
    options: {
      falseAlarmRate: rates.check,
      minEffect: drift['min-effect'],
      share: drift.share,
      minRows,
      checksPerYear,
      ...(rates.performance === undefined ? {} : { performance: rates.performance }),
    },
  });
  const { report, segments } = await performance.judge({
    alpha: performancePart(declared),
    segments: compared.report,
  });
  const weekly = weeklyPattern(asked.reference, current, config);
  return {
    profile: compared.profile,
    strays: current.arrived.strays,
    ...(performance.labelled ? { labelled: performance.labelled } : {}),
    ...(performance.joined === undefined ? {} : { joined: performance.joined }),
    report: {
      ...compared.report,
      headline: withPerformance(headlineOf(compared.report, current), compared.report, report),
      reasons: [
        ...compared.report.reasons,
        ...(current.counted ? [countedWords(current)] : []),
        ...(season && !season.used ? [season.words] : []),
      ],
      ...headOf(pipeline, reference),
      window: {
        ...(current.time === undefined ? {} : { column: current.time }),
        ...(current.window.after === undefined ? {} : { after: current.window.after }),
        ...(current.window.until === undefined ? {} : { until: current.window.until }),
        words: current.window.words,
        late: reference.rows?.late ?? 0,
      },
      ...(season ? { season } : {}),
      ...(weekly ? { 'weekly-pattern': weekly } : {}),
      check: number,
      ...(report ? { performance: report } : {}),
      segments: [...segments],
    },
  };
}

/** There is no model and no lock to compare with, or no telling which rows are new. */
function nothing(pipeline: Pipeline, reference: Reference | undefined): Checked {
  const empty: Profile = { version: 1, rows: 0, columns: [] };
  const why = reference
    ? 'ciclo.yml names no event time in data.time and no monitor.source, so there is no telling which rows are new'
    : 'no version is in production, and there is no ciclo.lock';
  const report = compareTables({ reference: empty, current: empty });
  return {
    profile: empty,
    strays: [],
    report: {
      ...report,
      headline: `Nothing to compare: ${why}`,
      reasons: [why],
      ...headOf(pipeline, reference),
      window: { words: 'no rows', late: 0 },
      check: 1,
      segments: [],
    },
  };
}
