/** What an outcome of a check means; see {@link driftOutcomes}. */
interface OutcomeMeaning {
  /** The verdict in a word or three. */
  readonly word: string;
  /** The same within a sentence or a list. */
  readonly brief: string;
  /** Which sign it has in reports, and whether it is one that holds something up. */
  readonly sign: 'pass' | 'fail' | 'inconclusive' | 'not-applicable';
  /**
   * Whether its rows have been looked at for good: what could be compared was, so that looking again would make false alarms
   * more frequent than declared. Otherwise the next check looks at them again.
   */
  readonly settles: boolean;
}

/** The one table of what a check for drift can come to, and what follows from each. */
export const driftOutcomes = {
  drift: { word: 'Drift', brief: 'drift', sign: 'fail', settles: true },
  'no-drift': { word: 'No drift', brief: 'no drift', sign: 'pass', settles: true },
  /** Nothing drifted of what could be compared, and columns that carry the model could not. */
  'not-decided': { word: 'Not decided', brief: 'not decided', sign: 'inconclusive', settles: true },
  'not-enough-data': {
    word: 'Not enough data',
    brief: 'too few rows',
    sign: 'inconclusive',
    settles: false,
  },
  'nothing-to-compare': {
    word: 'Nothing to compare',
    brief: 'nothing to compare',
    sign: 'not-applicable',
    settles: false,
  },
} as const satisfies Record<string, OutcomeMeaning>;

export type DriftOutcome = keyof typeof driftOutcomes;

/** The outcomes' names, for schemas. */
export const driftOutcomeNames = Object.keys(driftOutcomes) as [DriftOutcome, ...DriftOutcome[]];

/** What an outcome means. */
export function meaningOfDrift(outcome: DriftOutcome): OutcomeMeaning {
  return driftOutcomes[outcome];
}
