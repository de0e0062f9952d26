import { type Clock, systemClock } from '../../platform/clock.ts';
import { isUncertain } from '../ports/forge-error.ts';
import type { Issue, Issues, NewIssue } from '../ports/issues.ts';
import { formatMarker, isMarkedWith, type Marker } from './marker.ts';
import { sameText } from './same-text.ts';

/** How often writing an issue is tried again after the host broke off. */
const attempts = 3;

export interface WantedIssue extends NewIssue {
  /** Put above the text: one open issue per pipeline and kind. */
  readonly marker: Marker;
  /** Where the issue is looked for first; one of `labels`. */
  readonly label: string;
}

export interface UpsertedIssue {
  readonly issue: Issue;
  readonly change: 'created' | 'updated' | 'unchanged';
}

/**
 * Makes the open issue of this marker say what is wanted: updated in place, else opened, left alone when it says so
 * already. Only the marker makes it Ciclo's: nobody else's issue is touched, whatever its title and labels, nor one
 * whose marker somebody took out. Labels that somebody added stay. Of several, made at the same moment, the oldest is kept current and the
 * others are closed with a line that points to it.
 *
 * When the connection breaks off, the issues are read again before anything is repeated.
 *
 * @throws ForgeError when the host refuses, or broke off three times.
 */
export async function upsertIssue(
  issues: Issues,
  wanted: WantedIssue,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Promise<UpsertedIssue> {
  const { marker, title } = wanted;
  const body = `${formatMarker(marker)}\n${wanted.body}`;
  let change = 'unchanged' as UpsertedIssue['change'];
  for (let attempt = 1; ; attempt++) {
    try {
      const before = await ownIssues(issues, wanted);
      if (before.length === 0) {
        change = 'created';
        const made = await issues.create({
          title,
          body,
          labels: [...new Set([...wanted.labels, wanted.label])],
        });
        // Read again: another run may have opened one at the same moment, and both must choose the same.
        const now = await ownIssues(issues, wanted);
        return { issue: await keepFirst(issues, now.length === 0 ? [made] : now), change };
      }
      let issue = await keepFirst(issues, before);
      const labels = [...new Set([...issue.labels, ...wanted.labels])];
      const same = issue.title === title && sameText(issue.body, body);
      if (!same || labels.length !== issue.labels.length) {
        if (change !== 'created') change = 'updated';
        issue = await issues.update(issue.number, { title, body, labels });
      }
      return { issue, change };
    } catch (error) {
      if (attempt === attempts || !isUncertain(error)) throw error;
      await clock.sleep(1000 * attempt ** 2);
    }
  }
}

/**
 * Open issues that this token opened and that carry the marker, oldest first. Those with the label are few; only where
 * none of them is it, as somebody may have taken the label off, all open ones are read.
 */
export async function ownIssues(
  issues: Issues,
  { label, marker }: Pick<WantedIssue, 'label' | 'marker'>,
): Promise<readonly Issue[]> {
  const marked = async (filter: { readonly label?: string }): Promise<readonly Issue[]> =>
    (await issues.list({ ...filter, state: 'open' }))
      .filter(({ own, body }) => own && isMarkedWith(body, marker))
      .sort((a, b) => a.number - b.number);
  const labelled = await marked({ label });
  return labelled.length > 0 ? labelled : marked({});
}

async function keepFirst(issues: Issues, [first, ...copies]: readonly Issue[]): Promise<Issue> {
  for (const { number } of copies)
    await issues.update(number, { state: 'closed', body: `Kept current in #${first!.number}.` });
  return first!;
}
