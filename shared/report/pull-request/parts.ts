import { visibleText } from '../../text/visible-text.ts';
import type { PagePart } from './composition.ts';
import { dataDetails } from './data-details.ts';
import { declarationCount, declarationLines } from './declaration.ts';
import {
  droppable,
  fixedPart,
  footLine,
  framedPage,
  type Room,
  shrinking,
  unshortenedPart,
} from './frame.ts';
import { type GatesSize, gatesSection } from './gates.ts';
import { code, link, type Markdown, md } from './markdown.ts';
import { metricsSection } from './metrics.ts';
import { commandDetails, provenanceDetails } from './provenance.ts';
import type { PullRequestReport } from './pull-request-report.ts';
import { allSlices, worseSlicesSection } from './slices.ts';
import { trainingDetails } from './training.ts';
import { originNote, verdictLines, warningNote } from './verdict.ts';
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

/** Verdict, whose figures, what changed in the declaration, and the gates. The verdict is never left out. */
export function judgedParts(report: PullRequestReport, sizes: Sizes): PagePart[] {
  const changes = shrinking('changes to the declaration', 90, [20, 8, 3], (limit) =>
    declarationLines(report, limit),
  );
  return [
    fixedPart('the verdict', () => verdictLines(report)),
    fixedPart('the warnings', () => warningNote(report)),
    fixedPart('the origin', () => originNote(report)),
    { ...changes, levels: [...changes.levels, () => declarationCount(report)] },
    droppable(shrinking('the gates', 80, sizes.gates, (size) => gatesSection(report, size))),
  ];
}

/** What is measured: metrics, the slices that got worse; and what is opened when wanted. */
export function detailParts(report: PullRequestReport, sizes: Sizes): PagePart[] {
  const section = <Size>(
    name: string,
    importance: number,
    of: readonly Size[],
    render: (report: PullRequestReport, size: Size) => Markdown | undefined,
  ): PagePart => droppable(shrinking(name, importance, of, (size) => render(report, size)));
  return [
    section('the metrics', 70, [Number.POSITIVE_INFINITY, 8, 3], metricsSection),
    section('the slices that got worse', 60, sizes.worse, worseSlicesSection),
    section('the table of all slices', 10, sizes.lists, allSlices),
    section('the data', 30, sizes.lists, dataDetails),
    section('the training table', 20, sizes.lists, trainingDetails),
    unshortenedPart('the provenance', 50, () => provenanceDetails(report)),
    unshortenedPart('the command to run it yourself', 45, () => commandDetails(report)),
  ];
}

/** A page about a pull request. */
export function pullRequestPage(report: PullRequestReport, parts: readonly PagePart[], room: Room): string {
  const { links, provenance } = report;
  return framedPage(parts, {
    room,
    foot: footLine(
      links.report !== undefined && link('Full report', links.report),
      links.run !== undefined && link('Run', links.run),
      md`commit ${code(visibleText(provenance.commit).slice(0, 8))}`,
    ),
    elsewhere: md`the ${reportLink(report)}`,
  });
}
