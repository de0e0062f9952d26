import { MissingPermissionError } from '../ports/forge-error.ts';
import type { GitHubSession } from './session.ts';

/** Whether this token wrote something, by its author. */
export type IsOwn = (author: { readonly login: string; readonly type: string } | null) => boolean;

/** Installations' tokens, GITHUB_TOKEN among them, begin so. */
const installation = /^ghs_/;

/**
 * Whose the token is. A person's says its login. An installation's cannot ask who it is: then every bot counts, which
 * keeps people, authors of forks above all, from passing for it. Asked once, and again after a failure.
 *
 * @throws ForgeError from the check, when GitHub cannot be asked.
 */
export function createAuthorCheck({ client, attempt }: GitHubSession, token: string): () => Promise<IsOwn> {
  let known: Promise<IsOwn> | undefined;
  async function ask(): Promise<IsOwn> {
    if (installation.test(token)) return isBot;
    try {
      const doing = 'asking whose the token is';
      const { data } = await attempt({ doing, permission: 'contents: read' }, () =>
        client.rest.users.getAuthenticated(),
      );
      return (author) => author?.login === data.login;
    } catch (error) {
      if (error instanceof MissingPermissionError) return isBot;
      throw error;
    }
  }
  return () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

const isBot: IsOwn = (author) => author?.type === 'Bot';
