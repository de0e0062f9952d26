import { visibleText } from '../../text/visible-text.ts';
import type { Part } from './composition.ts';
import { whole } from './composition.ts';
import { declarationCount, declarationLines } from './declaration.ts';
import { commandDetails, dataDetails, provenanceDetails, trainingDetails } from './folded.ts';
import { type GatesSize, gatesSection } from './gates.ts';
import { code, joined, link, type Markdown, md } from './markdown.ts';
import { metricsSection } from './metrics.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { sliceChart } from './slice-chart.ts';
import { allSlices, worseSlicesSection } from './slices.ts';
import { originNote, verdictLines } from './verdict.ts';
import { reportLink } from './words.ts';

/** How long the lists of a page are at each level, the fullest first. */
export interface Sizes {
  readonly gates: readonly GatesSize[];
  readonly lists: readonly number[];
  readonly worse: readonly number[];
}

/** For a page that is read in passing: what failed is always seen, the rest can be opened. */
export const commentSizes: Sizes = {
  gates: [
    { shown: 20, folded: 200 },
    { shown: 20, folded: 60 },
    { shown: 12, folded: 20 },
    { shown: 6, folded: 0 },
  ],
  lists: [60, 25, 8, 3],
  worse: [8, 4],
};

/** For a page that has room: everything, as far as it fits. */
export const summarySizes: Sizes = {
  gates: [
    { shown: 100, folded: Number.POSITIVE_INFINITY },
    { shown: 100, folded: 1000 },
    ...commentSizes.gates,
  ],
  lists: [Number.POSITIVE_INFINITY, 2000, 500, ...commentSizes.lists],
  worse: [Number.POSITIVE_INFINITY, 200, 40, ...commentSizes.worse],
};

const nothing = () => undefined;

function levelsOf<T>(sizes: readonly T[], render: (size: T) => Markdown | undefined): Part['levels'] {
  return [...sizes.map((size) => () => render(size)), nothing];
}

/** The top of every page: verdict, whose figures, what changed in the declaration. The verdict is never left out. */
export function headParts(report: PullRequestReport): Part[] {
  return [
    { name: 'the verdict', importance: 100, levels: [() => verdictLines(report)] },
    { name: 'the origin', importance: 99, levels: [() => originNote(report)] },
    {
      name: 'changes to the declaration',
      importance: 90,
      levels: [
        ...[20, 8, 3].map((most) => () => declarationLines(report, most)),
        () => declarationCount(report),
      ],
    },
  ];
}

/** The gates, in a table. */
export function gatesPart(report: PullRequestReport, sizes: Sizes): Part {
  return {
    name: 'the gates',
    importance: 80,
    levels: levelsOf(sizes.gates, (size) => gatesSection(report, size)),
  };
}

/** What is measured: metrics, the slices that got worse, the chart. */
export function measuredParts(report: PullRequestReport, sizes: Sizes): Part[] {
  return [
    {
      name: 'the metrics',
      importance: 70,
      levels: levelsOf([Number.POSITIVE_INFINITY, 8, 3], (most) => metricsSection(report, most)),
    },
    {
      name: 'the slices that got worse',
      importance: 60,
      levels: levelsOf(sizes.worse, (most) => worseSlicesSection(report, most)),
    },
    whole('the chart', 40, () => sliceChart(report)),
  ];
}

/** What is opened when wanted. */
export function foldedParts(report: PullRequestReport, sizes: Sizes): Part[] {
  return [
    {
      name: 'the table of all slices',
      importance: 10,
      levels: levelsOf(sizes.lists, (most) => allSlices(report, most)),
    },
    { name: 'the data', importance: 30, levels: levelsOf(sizes.lists, (most) => dataDetails(report, most)) },
    {
      name: 'the training table',
      importance: 20,
      levels: levelsOf(sizes.lists, (most) => trainingDetails(report, most)),
    },
    whole('the provenance', 50, () => provenanceDetails(report)),
    whole('the command to run it yourself', 45, () => commandDetails(report)),
  ];
}

/** The last line: where more is. */
export function footPart(report: PullRequestReport): Part {
  const { links, provenance } = report;
  const line = joined(
    [
      links.report !== undefined && link('Full report', links.report),
      links.run !== undefined && link('Run', links.run),
      md`commit ${code(visibleText(provenance.commit).slice(0, 8))}`,
      'made by Ciclo',
    ],
    ' · ',
  );
  return { name: 'the links', importance: 98, levels: [() => md`<sub>${line}</sub>`] };
}

/** Says what a limit left out. */
export function omittedNote(report: PullRequestReport): (names: readonly string[]) => Markdown {
  return (names) =>
    md`<sub>Left out for want of room: ${names.join(', ')}; see the ${reportLink(report)}.</sub>`;
}
