import { escapeMarkdown as literal } from '../../text/markdown.ts';

/** What a release adds to its card: no function of commit, lock and evaluation, and so no part of the bundle. */
export interface ReleaseFacts {
  /** `v1.2.0` */
  readonly version: string;
  /** The tagger's, in whole seconds since 1970. */
  readonly time: number;
  readonly commit: string;
  /** Who let it be released, where that is known. */
  readonly approver?: string | undefined;
}

/** The card of a bundle with version, date, commit and approver below its title. */
export function releasedCard(card: string, { version, time, commit, approver }: ReleaseFacts): string {
  const date = new Date(time * 1000).toISOString().slice(0, 10);
  const facts = [
    `Version ${literal(version)}, released on ${date}`,
    ...(approver === undefined ? [] : [`approved by ${literal(approver)}`]),
    `from the commit ${literal(commit)}`,
  ];
  const line = `${facts.join(', ')}.`;
  return card.replace(/^# .*\n/, (title) => `${title}\n${line}\n`);
}
