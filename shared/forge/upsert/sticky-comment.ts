// Writes that may run again: each finds what an earlier run left and brings it to what is wanted, on any forge.
import { type Clock, systemClock } from '../../platform/clock.ts';
import type { Comment, PullRequestComments } from '../ports/forge.ts';
import { ForgeError, isUncertain } from '../ports/forge-error.ts';
import { formatMarker, isMarkedWith, type Marker, textBelowMarker } from './marker.ts';
import { sameText } from './same-text.ts';

/** Most characters of a comment. */
const limit = 65_536;
/** How often writing a comment is tried again after the host broke off. */
const attempts = 3;

/** How many characters of Markdown fit a comment below its marker. */
export function roomBelow(marker: Marker): number {
  return limit - formatMarker(marker).length - 1;
}

export interface StickyComment {
  readonly pullRequest: number;
  readonly marker: Marker;
  /** Markdown, at most {@link roomBelow} characters; the marker is put above it. */
  readonly body: string | BodyAfter;
}

/**
 * A comment's text that follows from the one before: called with what stands below the marker of the comments there are,
 * oldest first, none where it is the first. Called again when they were read again, so that what it adds is added once.
 */
export type BodyAfter = (earlier: readonly string[]) => string;

export interface Upserted {
  readonly comment: Comment;
  readonly change: 'created' | 'updated' | 'unchanged';
}

/**
 * Makes the pull request's comment of this marker say `body`: updated in place, else created, left alone when it says so
 * already. Of several, the oldest is kept current, since its place in the conversation is known to readers; the others
 * become a line that points to it.
 *
 * When the connection breaks off, the comments are read again before anything is repeated: none is lost or doubled.
 *
 * @throws ForgeError when the host refuses, or broke off three times; or when the body is too long.
 */
export async function upsertComment(
  comments: PullRequestComments,
  sticky: StickyComment,
  { clock = systemClock }: { readonly clock?: Clock } = {},
): Promise<Upserted> {
  const { marker } = sticky;
  let change = 'unchanged' as Upserted['change'];
  for (let attempt = 1; ; attempt++) {
    const own = await ownComments(comments, sticky);
    const [current, ...copies] = own;
    const text = textAfter(own, sticky);
    try {
      let comment = current;
      if (!comment || !sameText(comment.body, text)) {
        // Before the write: if it breaks off and turns out to be done, it was this call that did it.
        change = comment && change !== 'created' ? 'updated' : 'created';
        comment = await (comment
          ? comments.update(comment.id, text)
          : comments.create(sticky.pullRequest, text));
      }
      for (const copy of copies) await pointTo(comments, copy, { comment, marker });
      return { comment, change };
    } catch (error) {
      if (attempt === attempts || !(isUncertain(error) || (current && isGone(error)))) throw error;
      await clock.sleep(1000 * attempt ** 2);
    }
  }
}

function textAfter(own: readonly Comment[], { marker, body, pullRequest }: StickyComment): string {
  const below = typeof body === 'string' ? body : body(own.map((comment) => textBelowMarker(comment.body)));
  if (below.length > roomBelow(marker)) {
    const size = `${below.length} characters, of which ${roomBelow(marker)} fit`;
    throw new ForgeError(`the comment on pull request ${pullRequest} has ${size}`, 422);
  }
  return `${formatMarker(marker)}\n${below}`;
}

/** Somebody deleted the comment between reading and writing. */
function isGone(error: unknown): boolean {
  return error instanceof ForgeError && error.status === 404;
}

/** Those that this token wrote and that carry the marker, oldest first. */
async function ownComments(
  comments: PullRequestComments,
  { pullRequest, marker }: StickyComment,
): Promise<readonly Comment[]> {
  const all = await comments.list(pullRequest);
  return all.filter(({ own, body }) => own && isMarkedWith(body, marker));
}

/** A copy says where the current one is, and no longer carries the marker. */
async function pointTo(
  comments: PullRequestComments,
  copy: Comment,
  { comment, marker }: { readonly comment: Comment; readonly marker: Marker },
): Promise<void> {
  await comments.update(copy.id, `The ${marker.kind} is kept current in [another comment](${comment.url}).`);
}
