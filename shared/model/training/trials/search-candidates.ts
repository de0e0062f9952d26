// The search among settings of candidates, when ciclo.yml asks for one.
import type { SearchConfig } from '../../../config/sections/search-section.ts';
import { plainRecipe } from '../../../dataset/recipe/plain-recipe.ts';
import { compileRecipe } from '../../../dataset/recipe/recipe-runner.ts';
import { featureColumns } from '../../../dataset/schema/schema.ts';
import { createRandom } from '../../../platform/random.ts';
import { byCount, counted } from '../../../text/counts.ts';
import { formatNumber } from '../../../text/number-format.ts';
import type { SearchReport } from '../../report/search-report.ts';
import { drawnSettings, settingsBeside } from '../../search/drawn-settings.ts';
import { createRaces } from '../../search/races.ts';
import { type SearchAxis, searchAxes } from '../../search/search-axes.ts';
import { trialsOf } from '../../search/trial-plan.ts';
import { type NamedCandidate, seededCandidates } from '../candidates/named-candidates.ts';
import { trainingSizeOf } from '../candidates/training-size.ts';
import type { Work } from '../candidates/work.ts';
import { type CandidatesPorts, workOf } from '../fitting/train-candidates.ts';
import { trainMembers } from '../fitting/train-members.ts';
import type { FoldedCandidate } from '../folds/fold-models.ts';
import type { FoldsContext } from '../folds/folds-context.ts';
import { judgementOf, searchLossOf } from './search-losses.ts';
import { type SearchRungs, searchRungs } from './search-rungs.ts';
import {
  candidateAfterSearch,
  lossesAt,
  recordTrial,
  type SearchedCandidate,
  trialOf,
} from './searched-candidate.ts';
import { searchReportOf } from './searched-report.ts';

/** Candidates after a search. */
export interface Search {
  /** In the place of those that were searched, the setting that is best of each. */
  readonly candidates: readonly FoldedCandidate[];
  readonly report: Omit<SearchReport, 'score' | 'without'>;
  readonly warnings: readonly string[];
}

/**
 * Tries settings of the candidates beside their own, in races on folds, and puts the best of each in its place. All candidates'
 * settings of one rung are one queue of trainings: the same bytes with one thread and two.
 *
 * @param candidates with their own settings, trained in every fold.
 */
export async function searchCandidates(
  candidates: readonly FoldedCandidate[],
  config: SearchConfig,
  context: FoldsContext,
  ports: CandidatesPorts,
): Promise<Search> {
  const { input, engines, portfolio } = context;
  const { logger } = ports;
  const rungs = searchRungs(context);
  const searched = searchedOf(candidates, config, rungs, context);
  const tried = searched.reduce((sum, { settings }) => sum + settings.length + 1, 0);
  let trainings = 0;
  for (let rung = 0; rung < rungs.count; rung++) {
    const tasks = searched.flatMap((one) => {
      const running = one.races.running();
      return (rungs.needsOwn(rung) && running.length > 0 ? [0, ...running] : running).map((setting) => ({
        ...{ one, setting, on: rungs.at(setting, rung) },
      }));
    });
    if (tasks.length === 0) break;
    logger.info(`search: rung ${rung + 1} of ${rungs.count}, ${counted(tasks.length, 'training')}`);
    const ends = await trainMembers(
      tasks.map(({ one, setting, on: { fold, data } }) => ({
        candidate: { ...trialOf(one, setting), fold },
        data,
      })),
      { train: input.config.train, transform: portfolio.transform, engines },
      ports,
    );
    trainings += tasks.length;
    const owns = new Map(searched.map((one) => [one, one.judgement.lossesOf(one.own.predicted)]));
    for (const [at, { one, setting, on }] of tasks.entries()) {
      const end = ends[at]!;
      if (setting > 0) await recordTrial(one, { setting, on }, end, owns.get(one)!, context);
      else owns.set(one, await lossesAt(one, on, end, context));
    }
    if (rung + 1 < rungs.count) for (const { races, evidence } of searched) races.cut(evidence);
  }
  const after = new Map<FoldedCandidate, FoldedCandidate>();
  for (const one of searched) after.set(one.own, await candidateAfterSearch(one, context));
  const loss = searchLossOf(input.schema, input.config);
  return {
    candidates: candidates.map((candidate) => after.get(candidate) ?? candidate),
    report: searchReportOf(searched, { tried, trainings, loss }),
    warnings: fewerTrials(searched, tried, config),
  };
}

/** The candidates that have settings to search, with those that are tried. */
function searchedOf(
  candidates: readonly FoldedCandidate[],
  config: SearchConfig,
  rungs: SearchRungs,
  context: FoldsContext,
): SearchedCandidate[] {
  const { input, judged } = context;
  const loss = searchLossOf(input.schema, input.config);
  const open = candidates.flatMap((own) => {
    const { options } = own.candidate;
    const axes = searchAxes(options.type, config.ranges)?.filter((axis) => matters(axis, context));
    if (!axes) return [];
    const others = settingsBeside(axes, options);
    return [{ own, axes, others, work: workOfSetting(own.candidate, axes, rungs) }];
  });
  const counts = trialsOf(open, config);
  return open.map(({ own, axes, others }, at): SearchedCandidate => {
    const { name, options } = own.candidate;
    const random = createRandom(input.config.train.seed).fork('search').fork(name);
    const settings = drawnSettings(axes, options, counts[at]!, random);
    const judgement = judgementOf(own.candidate, judged, loss);
    const unknown = () => new Float64Array(input.count).fill(Number.NaN);
    return {
      ...{ own, settings, judgement, races: createRaces(settings.length, input.count) },
      evidence: {
        ...{ losses: settings.map(unknown), own: settings.map(unknown), squares: settings.map(unknown) },
        rows: foldSums(new Float64Array(judged.folds.length).fill(1)),
      },
      weightByFold: foldSums(judgement.weights ?? new Float64Array(judged.folds.length).fill(1)),
      fitted: settings.map(() => new Map()),
      isShort: counts[at]! < others,
      rungs: new Uint32Array(settings.length),
    };
  });

  function foldSums(values: Float64Array): Float64Array {
    const sums = new Float64Array(input.count);
    for (const [row, value] of values.entries()) sums[judged.folds[row]!]! += value;
    return sums;
  }
}

/** Whether an axis changes anything on these rows. */
function matters({ key }: SearchAxis, { input: { recipe, schema } }: FoldsContext): boolean {
  if (key === 'encoding') {
    return compileRecipe(plainRecipe(recipe)).width < compileRecipe(recipe).width;
  }
  return key !== 'category-smoothing' || featureColumns(schema).some(({ type }) => type === 'category');
}

/** What one setting takes at most, on all rungs, as if nothing stopped it early. */
function workOfSetting({ options }: NamedCandidate, axes: readonly SearchAxis[], rungs: SearchRungs): Work {
  const layers = axes.find(({ key }) => key === 'layers')?.values ?? [];
  const all = [{}, ...layers.map((value) => ({ layers: value }))].map(
    (setting) => ({ ...options, ...setting }) as typeof options,
  );
  const seeds = seededCandidates({ name: '', options }).length;
  return Array.from({ length: rungs.count }, (_, rung) => {
    const size = trainingSizeOf(rungs.at(1, rung).data);
    return seeds * Math.max(...all.map((one) => workOf(one, size)));
  }).reduce((sum, work) => sum + work, 0);
}

/** Why fewer settings were tried than asked for. */
function fewerTrials(searched: readonly SearchedCandidate[], tried: number, config: SearchConfig): string[] {
  if (searched.length === 0) {
    return ['train.search: no candidate has settings that it knows to vary, so nothing was searched'];
  }
  if (tried >= config.trials) return [];
  const why = searched.some(({ isShort }) => isShort)
    ? `more would take more than ${formatNumber(config.work)} multiplications; train.search.work allows more`
    : 'there are no more in their ranges';
  return [
    `train.search: ${counted(tried, 'setting')} instead of ${config.trials} ${byCount(tried, 'was', 'were')} tried: ${why}`,
  ];
}
