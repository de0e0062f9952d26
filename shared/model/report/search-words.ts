// What a search tried and bought, in words and figures: for the card, the report, the comment and the terminal.
import { byCount, counted, formatCount } from '../../text/counts.ts';
import { formatNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { settingText as valueText } from '../../text/setting-text.ts';
import type { SearchedSettingReport, SearchReport } from './search-report.ts';
import type { TrainingReport } from './training-report.ts';

type SearchedCandidateReport = SearchReport['candidates'][number];

/**
 * What was tried, and what it bought: `30 settings were tried in 62 trainings: rmse 2.71, and 2.74 with every candidate as it is
 * declared`.
 */
export function searchWords(
  { trials, trainings, score, without }: SearchReport,
  { metric }: Pick<TrainingReport, 'metric'>,
): string {
  const scores =
    score === without
      ? `${metric} ${formatNumber(score)}, as with every candidate as it is declared`
      : `${metric} ${formatNumber(score)}, and ${formatNumber(without)} with every candidate as it is declared`;
  return `${counted(trials, 'setting')} ${byCount(trials, 'was', 'were')} tried in ${counted(trainings, 'training')}: ${scores}`;
}

/** Why the two scores may be compared. */
export const searchFairness =
  'The settings for the rows of each fold were chosen by those of the others, as weights and thresholds are';

/** Head of a table of candidates. */
export function searchHead({ loss }: Pick<SearchReport, 'loss'>): string[] {
  return [
    'Candidate',
    'Tried beside its own',
    'Kept',
    'Folds that choose it',
    `${lossName(loss)}, own → kept`,
  ];
}

/** What was kept of each candidate: what stands under {@link searchHead}. */
export function searchRows({ candidates }: SearchReport): string[][] {
  return candidates.map(({ name, settings, deployed, byFold }) => {
    const kept = settings[deployed - 1];
    const agreeing = byFold.filter((setting) => setting === deployed).length;
    return [
      name,
      formatCount(settings.length),
      kept ? settingText(kept.options) : 'its own',
      `${agreeing} of ${byFold.length}`,
      kept ? changeText(kept) : '–',
    ];
  });
}

/** Head of a table of all settings of a candidate. */
export function settingHead({ loss }: Pick<SearchReport, 'loss'>): string[] {
  return ['Setting', 'Rungs', `${lossName(loss)}, own → this`];
}

/** All settings of a candidate: what stands under {@link settingHead}. */
export function settingRows({ settings, deployed }: SearchedCandidateReport): string[][] {
  return settings.map((setting, at) => [
    `${settingText(setting.options)}${deployed === at + 1 ? ' (kept)' : ''}`,
    formatCount(setting.rungs),
    changeText(setting),
  ]);
}

/** A setting as ciclo.yml has it: `leaves: 15, l2: 3.2`. */
export function settingText(options: SearchedSettingReport['options']): string {
  return Object.entries(options)
    .map(([key, value]) => `${key}: ${valueText(value)}`)
    .join(', ');
}

/** What it costs in the place of the candidate's own: `2.9 → 2.7 (−6.9%)`. */
function changeText({ loss, own }: SearchedSettingReport): string {
  if (loss === undefined || own === undefined) return 'diverged';
  const change = own > 0 ? ` (${measuredShare(loss / own - 1, { sign: true })})` : '';
  return `${formatNumber(own)} → ${formatNumber(loss)}${change}`;
}

function lossName(loss: SearchReport['loss']): string {
  return { 'squared error': 'rmse', 'absolute error': 'mae', 'log-loss': 'log-loss' }[loss];
}
