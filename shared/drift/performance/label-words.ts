import { quote } from '../../platform/errors.ts';
import { byCount, counted } from '../../text/counts.ts';

/** How many of the labels that came late were joined to rows, in words. */
interface Joined {
  readonly key: readonly string[];
  readonly joined: number;
  readonly contradicting: number;
  readonly notFound: number;
  readonly keyless: number;
  readonly unread: { readonly count: number; readonly type: string; readonly example?: string };
}

/** `64 rows have the label that came later for their order; 3 have labels that contradict each other, and count without`. */
export function joinedWords({ key, joined, contradicting, notFound, keyless, unread }: Joined): string {
  const have = (count: number): string => byCount(count, 'has', 'have');
  return [
    `${counted(joined, 'row')} ${have(joined)} the label that came later for their ${key.join(' and ')}`,
    ...(contradicting > 0
      ? [
          `${counted(contradicting, 'row')} ${have(contradicting)} labels that contradict each other, and none counts`,
        ]
      : []),
    ...(notFound > 0 ? [`${counted(notFound, 'label')} found no row`] : []),
    ...(keyless > 0
      ? [`${counted(keyless, 'label')} ${byCount(keyless, 'lacks', 'lack')} a value of the key`]
      : []),
    ...(unread.count > 0
      ? [
          `${counted(unread.count, 'label')} ${byCount(unread.count, `is not a ${unread.type}`, `are not ${unread.type}s`)} (${quote(unread.example)})`,
        ]
      : []),
  ].join('; ');
}
