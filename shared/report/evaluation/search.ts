import type { SearchReport } from '../../model/report/search-report.ts';
import {
  searchFairness,
  searchHead,
  searchRows,
  searchWords,
  settingHead,
  settingRows,
} from '../../model/report/search-words.ts';
import type { TrainingReport } from '../../model/report/training-report.ts';
import { dataTable } from '../markup/data-table.ts';
import { type Child, dataText, html } from '../markup/html.ts';
import { disclosure, type ListLimit, omittedNote } from './section.ts';

const shownCandidates = 30;
const shownSettings = 200;

/** What a search tried, and what it bought beside the candidates as they are declared. */
export function searchPart(training: TrainingReport, limit: ListLimit): Child {
  const { search } = training;
  if (!search) return undefined;
  const shown = search.candidates.slice(0, limit(shownCandidates));
  return [
    html`<p class="note">${`Search: ${searchWords(search, training)}. ${searchFairness}.`}</p>`,
    textTable(
      'What the search kept',
      searchHead(search),
      searchRows(search)
        .slice(0, shown.length)
        .map(([name, ...cells]) => [dataText(name!), ...cells]),
    ),
    omittedNote(search.candidates.length, shown.length, 'candidates', 'training.json'),
    disclosure(
      'All settings that were tried',
      shown
        .filter(({ settings }) => settings.length > 0)
        .map((candidate) => settingsOf(candidate, search, limit)),
    ),
  ];
}

function settingsOf(
  candidate: SearchReport['candidates'][number],
  search: SearchReport,
  limit: ListLimit,
): Child {
  const rows = settingRows(candidate);
  const shown = rows.slice(0, limit(shownSettings));
  return [
    textTable(html`Settings of ${dataText(candidate.name)}`, settingHead(search), shown),
    omittedNote(rows.length, shown.length, 'settings', 'training.json'),
  ];
}

function textTable(caption: Child, head: readonly string[], rows: readonly (readonly Child[])[]): Child {
  return dataTable({
    caption,
    columns: head.map((label) => ({ label })),
    rows: rows.map((cells) => ({ cells })),
  });
}
