import type { SearchedSettingReport, SearchReport } from '../../report/search-report.ts';
import { lossInUnits, type SearchLoss } from './search-losses.ts';
import type { SearchedCandidate } from './searched-candidate.ts';

/** What a search tried; what it bought is known when the model is. */
export function searchReportOf(
  searched: readonly SearchedCandidate[],
  {
    tried,
    trainings,
    loss,
  }: { readonly tried: number; readonly trainings: number; readonly loss: SearchLoss },
): Omit<SearchReport, 'score' | 'without'> {
  return {
    ...{ trials: tried, trainings, loss },
    candidates: searched.map((one) => {
      const { own, settings, races, evidence, rungs } = one;
      return {
        ...{ name: own.candidate.name, type: own.candidate.options.type },
        settings: settings.map((options, at) => ({
          options,
          rungs: rungs[at]!,
          ...comparison(one, at, loss),
        })),
        ...races.winners(evidence),
      };
    }),
  };
}

/** What a setting costs, and the candidate's own on the same rows. */
function comparison(
  { evidence, weightByFold }: SearchedCandidate,
  at: number,
  loss: SearchLoss,
): Pick<SearchedSettingReport, 'loss' | 'own'> {
  const losses = evidence.losses[at]!;
  const own = evidence.own[at]!;
  const known = [...losses.keys()].filter((fold) => !Number.isNaN(losses[fold]! - own[fold]!));
  if (known.length === 0) return {};
  const sumOf = (values: Float64Array): number => known.reduce((sum, fold) => sum + values[fold]!, 0);
  const rows = sumOf(weightByFold);
  return { loss: lossInUnits(sumOf(losses), rows, loss), own: lossInUnits(sumOf(own), rows, loss) };
}
