import { authenticate, guarded, notAccessible } from '../access.ts';
import { completeBody } from '../openapi-filler.ts';
import type { Route } from '../route.ts';
import { type RouteContext, repositoryBody, userBody } from './context.ts';

/** The repository itself, and who asks. */
export function repositoryRoutes(context: RouteContext): Route[] {
  const { state, document } = context;
  return [
    {
      method: 'GET',
      path: '/repos/{owner}/{repo}',
      contract: 'openapi',
      answer: guarded(state, ['metadata=read', 'contents=read'], ({ exchange, repository }) => ({
        status: 200,
        body: repositoryBody(context, exchange, repository, 'full-repository'),
      })),
    },
    {
      method: 'GET',
      path: '/user',
      contract: 'openapi',
      answer(exchange) {
        const token = authenticate(state, exchange);
        // An installation is nobody.
        if (token.kind === 'installation') throw notAccessible(token, []);
        return {
          status: 200,
          body: completeBody(document, 'public-user', {
            ...userBody(context, token.login),
            user_view_type: 'public',
          }),
        };
      },
    },
  ];
}
