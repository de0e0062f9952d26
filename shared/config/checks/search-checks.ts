import type { KeyPath } from '../messages/key-path.ts';
import type { Problem } from '../messages/problem.ts';
import { schemaProblems } from '../messages/schema-problems.ts';
import { candidateSchema } from '../sections/candidates/candidate.ts';
import type { SearchedKind, SearchRange } from '../sections/search-section.ts';
import type { ConfigParts } from './config-parts.ts';

/** Ranges of a search that no candidate can have. */
export function* searchProblems({ search, searchedKinds, candidates }: ConfigParts): Iterable<Problem> {
  if (!search) return;
  for (const [kind, ranges] of Object.entries(search.ranges) as [
    SearchedKind,
    Readonly<Record<string, SearchRange | undefined>> | undefined,
  ][]) {
    if (!ranges) continue;
    const path = ['train', 'search', 'ranges', kind];
    const own = candidates.filter(({ value }) => value.type === kind);
    if (searchedKinds.includes(kind) && candidates.length > 0 && own.length === 0) {
      yield { path, message: `no candidate under train.candidates is of type ${kind}; leave ${kind} out` };
    }
    for (const [key, range] of Object.entries(ranges)) {
      if (range) yield* rangeProblems(kind, key, range, [...path, key]);
    }
    const perLayer = own.find(({ value }) => 'dropout' in value && Array.isArray(value.dropout));
    if (perLayer && ranges.layers && !ranges.dropout) {
      const message = `candidate ${perLayer.index} has a dropout for each of its layers, which other layers cannot have; give dropout a range, too`;
      yield { path: [...path, 'layers'], message };
    }
  }
}

/** Numbers beyond what the candidate's key itself allows, and ranges that end before they begin. */
function* rangeProblems(
  type: SearchedKind,
  key: string,
  range: SearchRange,
  path: KeyPath,
): Iterable<Problem> {
  if ('from' in range && range.from > range.to) {
    yield { path, message: `from is ${range.from} and to is ${range.to}; from is the smaller one` };
  }
  for (const [place, value] of Object.entries(range)) {
    const raw = { type, [key]: value };
    const { error } = candidateSchema.safeParse(raw);
    const at = 'from' in range ? place : Number(place);
    for (const { message } of error ? schemaProblems(error.issues, candidateSchema, raw) : []) {
      yield { path: [...path, at], message };
    }
  }
}
