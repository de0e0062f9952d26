import type { CheckContent, Comment, Forge } from '../../shared/forge/ports/forge.ts';
import { ForgeError, MissingPermissionError } from '../../shared/forge/ports/forge-error.ts';
import { upsertCheck } from '../../shared/forge/upsert/check-upsert.ts';
import type { Marker } from '../../shared/forge/upsert/marker.ts';
import { type BodyAfter, upsertComment } from '../../shared/forge/upsert/sticky-comment.ts';
import type { Logger } from '../../shared/platform/logger.ts';

/** By this a pipeline's comment is found again. */
export function evaluationMarker(pipeline: string): Marker {
  return { pipeline, kind: 'evaluation' };
}

/** What a pipeline's check is called. */
export function checkName(pipeline: string): string {
  return `ciclo / ${pipeline}`;
}

/** Where an evaluation is shown. */
export interface EvaluationPublication {
  readonly pipeline: string;
  /** The comment's Markdown and its pull request; absent when there is none, or comments are turned off. */
  readonly comment?: { readonly pullRequest: number; readonly body: BodyAfter };
  /** The check, which may say what the comment says, and its commit; absent when checks are turned off. */
  readonly check?: { readonly commit: string; readonly content: (comment?: Comment) => CheckContent };
}

/** Where it is shown now. */
export interface Published {
  readonly comment?: Comment;
  readonly checkUrl?: string;
}

/**
 * Shows an evaluation on the code host: a comment that is updated in place, a check on the commit. What the token may not
 * do, or the host does not do, is said in one warning and changes nothing of the verdict.
 *
 * @throws what is not a ForgeError; whatever the host refuses is a warning.
 */
export async function publishEvaluation(
  { pipeline, comment, check }: EvaluationPublication,
  { forge, logger }: { readonly forge: Forge; readonly logger: Logger },
): Promise<Published> {
  const missing: string[] = [];
  const attempt = async <Shown>(
    permission: string,
    work: () => Promise<Shown>,
  ): Promise<Shown | undefined> => {
    try {
      return await work();
    } catch (error) {
      // Looking comes first, and is refused for a lesser right than the work needs.
      if (error instanceof MissingPermissionError) missing.push(permission);
      else if (error instanceof ForgeError)
        logger.warn(`the verdict counts, but is not shown: ${error.message}`);
      else throw error;
      return undefined;
    }
  };
  const shown =
    comment &&
    (await attempt('pull-requests: write', async () => {
      const marker = evaluationMarker(pipeline);
      return (await upsertComment(forge.comments, { ...comment, marker })).comment;
    }));
  const checkUrl =
    check &&
    (await attempt(
      'checks: write',
      async () => (await upsertCheck(forge.checks, check.commit, check.content(shown))).url,
    ));
  if (missing.length > 0) {
    logger.warn(
      `the verdict counts, but the token may not show it on the pull request; add to the job's permissions:\n${missing.map((permission) => `  ${permission}`).join('\n')}`,
    );
  }
  return {
    ...(shown ? { comment: shown } : {}),
    ...(checkUrl === undefined ? {} : { checkUrl }),
  };
}
