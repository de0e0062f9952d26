import { canonicalJson } from '../../platform/json.ts';
import { byCount } from '../../text/counts.ts';

/** What a change of how rows are divided leads to, behind the sentence that names it. */
export const moved = ': rows change sides of the split';

/** A section of a configuration as keys and values. */
export type SectionValues = Readonly<Record<string, unknown>>;

/** The keys whose values differ, in the order of the first section that has them. */
export function changedKeys(base: SectionValues, head: SectionValues): string[] {
  const keys = new Set([...Object.keys(base), ...Object.keys(head)]);
  return [...keys].filter((key) => !sameValue(base[key], head[key]));
}

/** Equal values, whatever the order of keys. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (a === undefined || b === undefined) return a === b;
  return canonicalJson(a) === canonicalJson(b);
}

const longest = 160;

/** A value as a person reads it, cut at 160 characters. */
export function valueWords(value: unknown): string {
  if (value === undefined) return 'the default';
  const text = typeof value === 'string' ? value || '""' : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** What a list gained and lost: `mae is gone, r2 is new`; undefined when nothing did. */
export function listChange(
  base: readonly string[] | undefined,
  head: readonly string[] | undefined,
): string | undefined {
  if (sameValue(base, head)) return undefined;
  if (!base || !head) return `from ${valueWords(base?.join(', '))} to ${valueWords(head?.join(', '))}`;
  const gone = base.filter((value) => !head.includes(value));
  const added = head.filter((value) => !base.includes(value));
  const parts = [
    ...(gone.length > 0 ? [`${valueWords(gone.join(', '))} ${byCount(gone.length, 'is', 'are')} gone`] : []),
    ...(added.length > 0
      ? [`${valueWords(added.join(', '))} ${byCount(added.length, 'is', 'are')} new`]
      : []),
  ];
  return parts.length > 0 ? parts.join(', ') : undefined;
}
