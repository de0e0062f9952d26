// Parts of the rows that moved, or where the model got worse.
import { normalCumulative, normalQuantile } from '../../algebra/normal-distribution.ts';
import type { Profile } from '../../dataset/profile/profile-schema.ts';
import type { Column, Table } from '../../dataset/table/table.ts';
import type { MetricKey } from '../../metrics/descriptors/metric-key.ts';
import type { Evaluation } from '../../metrics/evaluation/evaluation.ts';
import { metricOf } from '../../metrics/registry/registry.ts';
import type { Predictions } from '../../metrics/rows/predictions.ts';
import { takePredictions } from '../../metrics/rows/subset.ts';
import { createRandom } from '../../platform/random.ts';
import { plainNumber } from '../../text/number-format.ts';
import { measuredShare } from '../../text/percent.ts';
import { adjustedPValues } from '../hypothesis-tests/benjamini-hochberg.ts';
import { twoProportions } from '../hypothesis-tests/two-proportion.ts';
import { type Limit, limitOf, metricFigure } from '../performance/metric-figure.ts';
import type { Segment } from '../performance/performance-report.ts';
import { atConfidence, type Figure, worseBy } from '../performance/worse.ts';
import { divisionOf } from './segments-division.ts';

/** Where slices are sought. */
export interface SegmentsInput {
  /** Of the reference rows: its feature columns are sliced by. */
  readonly reference: Profile;
  readonly current: Table;
  /** Of the model in production. */
  readonly evaluation?: Evaluation;
  /** Rows whose truth has come: the metric of a slice is of those. */
  readonly labelled?: { readonly table: Table; readonly predictions: Predictions };
  /** How much worse a slice may become. */
  readonly limit: Limit;
  /** Smallest change of a slice's share of the rows that is reported. */
  readonly leastMove: number;
  /** Level of significance after Benjamini-Hochberg over all slices. */
  readonly alpha: number;
  readonly seed?: number | string;
}

const mostSegments = 20;
/** Of fewer labelled rows a slice's bootstrap interval is too short. */
const fewestLabelled = 20;

interface Found {
  readonly segment: Omit<Segment, 'reason'>;
  readonly moveP: number;
  /** Undefined where the slice has no figure to compare. */
  readonly worseP?: number;
  readonly limit?: number | null;
  readonly before?: Figure;
}

/**
 * Which slices of the rows got worse or moved most, the worst first: got worse before moved, each by how much.
 *
 * A slice moved when the two-proportion test of its share of the rows is significant and the change is at least
 * `leastMove`; it got worse when the primary metric on its labelled rows is worse than the evaluation's figure of the same
 * slice, significantly (two-sided, from the interval of two independent samples) and by more than the limit. All tests of
 * all slices are adjusted together, so that where nothing has changed the chance that any slice is named is about `alpha`.
 */
export function findSegments(input: SegmentsInput): Segment[] {
  const found = input.reference.columns.flatMap((profile) => {
    const column = input.current.columns.get(profile.name);
    return profile.role === 'feature' && column ? slicesOf(input, profile, column) : [];
  });
  const moves = found.map(({ moveP }) => moveP);
  const adjusted = adjustedPValues([...moves, ...found.flatMap(({ worseP }) => worseP ?? [])]);
  let next = moves.length;
  return found
    .map((slice, i) => {
      const worse = slice.worseP !== undefined && adjusted[next++]! <= input.alpha && isOver(slice);
      const { share } = slice.segment;
      const move = share.current - share.reference;
      const moved = adjusted[i]! <= input.alpha && Math.abs(move) >= input.leastMove;
      return { slice, worse, moved, move: Math.abs(move) };
    })
    .filter(({ worse, moved }) => worse || moved)
    .sort(
      (a, b) =>
        Number(b.worse) - Number(a.worse) || (a.worse ? amount(b.slice) - amount(a.slice) : b.move - a.move),
    )
    .slice(0, mostSegments)
    .map(({ slice, worse, moved }) => ({
      ...slice.segment,
      reason: reasonOf(slice, { worse, moved }, input),
    }));
}

/** How much worse, in the metric's own units. */
const amount = ({ segment }: Found): number => segment.worse?.value ?? 0;

const isOver = ({ segment, limit }: Found): boolean =>
  typeof segment.worse?.value === 'number' && typeof limit === 'number' && segment.worse.value > limit;

function slicesOf(input: SegmentsInput, profile: Profile['columns'][number], column: Column): Found[] {
  const { reference, current, evaluation } = input;
  if (current.rows === 0 || reference.rows === 0) return [];
  const judged = evaluation?.slices.filter((slice) => slice.column === profile.name) ?? [];
  const { slices, sliceOf } = divisionOf(profile, judged, column);
  const counts = new Float64Array(slices.length);
  const places = sliceOf(column);
  if (places.includes(-1)) return [];
  for (const slice of places) counts[slice]!++;
  const labelled = input.labelled?.table.columns.get(profile.name);
  const labelledPlaces = labelled && sliceOf(labelled);
  return slices.flatMap(({ label, reference: before }, slice): Found[] => {
    const now = counts[slice]!;
    if (before + now === 0) return [];
    const { p, exact } = twoProportions(
      { count: before, rows: reference.rows },
      { count: now, rows: current.rows },
    );
    const own =
      labelledPlaces && figuresOf(input, { column: profile.name, label, slice, places: labelledPlaces });
    return [
      {
        segment: {
          column: profile.name,
          label,
          rows: { reference: before, current: now },
          share: { reference: before / reference.rows, current: now / current.rows },
          ...(own ? { metric: own.metric, ...(own.worse ? { worse: own.worse } : {}) } : {}),
        },
        moveP: exact ?? p,
        ...(own?.p === undefined ? {} : { worseP: own.p, limit: own.limit!, before: own.before! }),
      },
    ];
  });
}

interface SliceRows {
  readonly column: string;
  readonly label: string;
  readonly slice: number;
  readonly places: Int32Array;
}

function figuresOf(
  { evaluation, labelled, limit, seed }: SegmentsInput,
  { column, label, slice, places }: SliceRows,
): { metric: Figure; worse?: Figure; p?: number; limit?: number | null; before?: Figure } | undefined {
  if (!evaluation) return undefined;
  const rows = Uint32Array.from(places.keys()).filter((row) => places[row] === slice);
  if (rows.length < fewestLabelled) return undefined;
  const name = evaluation.primary as MetricKey;
  const random = createRandom(seed ?? 1).fork(`${column}/${label}`);
  const metric = metricFigure(takePredictions(labelled!.predictions, rows), name, { confidence, random });
  const judged = evaluation.slices.find(
    (other) => other.column === column && other.label === label && other.metric === name && other.judged,
  );
  if (!judged) return { metric };
  const before = atConfidence(judged, evaluation.bootstrap.confidence, confidence);
  const worse = worseBy(metric, before, metricOf(name).better);
  if (worse.value === null || worse.low === null || worse.value === worse.low) return { metric, worse };
  const z = (normalQuantile((1 + confidence) / 2) * worse.value) / (worse.value - worse.low);
  return {
    metric,
    worse,
    p: 2 * normalCumulative(-Math.abs(z)),
    limit: limitOf(limit, before.value),
    before,
  };
}

/** Of the intervals that are shown. */
const confidence = 0.95;

function reasonOf(
  { segment, before }: Found,
  { worse, moved }: { readonly worse: boolean; readonly moved: boolean },
  { evaluation }: SegmentsInput,
): string {
  const { share, rows } = segment;
  const grew = share.current > share.reference;
  const words = [
    ...(moved
      ? [
          rows.reference === 0
            ? `it is new: the reference has no such row, and now it is ${measuredShare(share.current)}`
            : `its share ${grew ? 'grew' : 'fell'} from ${measuredShare(share.reference)} to ${measuredShare(share.current)}`,
        ]
      : []),
    ...(worse
      ? [
          `${evaluation!.primary} is worse by ${plainNumber(segment.worse!.value!)}: ${plainNumber(segment.metric!.value!)}, in its evaluation ${plainNumber(before!.value!)}`,
        ]
      : []),
  ];
  return words.join(', and ');
}
