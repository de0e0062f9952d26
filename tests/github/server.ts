import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createFaults, type Fault } from './fault.ts';
import { loadContract } from './openapi-contract.ts';
import type { Route } from './route.ts';
import { createRouter } from './router.ts';
import { checkRoutes } from './routes/check-routes.ts';
import { commentRoutes } from './routes/comment-routes.ts';
import { contentRoutes } from './routes/content-routes.ts';
import { pullRequestRoutes } from './routes/pull-request-routes.ts';
import { repositoryRoutes } from './routes/repository-routes.ts';
import { workflowRunRoutes } from './routes/workflow-run-routes.ts';
import { createState, type State } from './state.ts';
import { type LoggedRequest, respond, type Violation } from './visit.ts';

export interface GitHub extends AsyncDisposable {
  /** Base address of the API, for `GITHUB_API_URL`. */
  readonly url: string;
  readonly origin: string;
  readonly state: State;
  /** Every request, in order. */
  readonly requests: readonly LoggedRequest[];
  readonly violations: readonly Violation[];
  /** Adds another module's operations, before those that are there. */
  routes(extra: readonly Route[]): void;
  fault(fault: Fault): void;
  /** The violations so far, which then no longer count. */
  takeViolations(): readonly Violation[];
  /** @throws an error that lists them. */
  assertNoViolations(): void;
  /** Stops answering, then asserts that nothing was violated. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts an emulated GitHub on a free port of this machine. Every request and every answer is held against GitHub's own
 * OpenAPI description, answers of injected faults apart.
 *
 * @param options.basePath `/api/v3` makes it a GitHub Enterprise Server.
 */
export async function startGitHub(options: { readonly basePath?: string } = {}): Promise<GitHub> {
  const { basePath = '' } = options;
  const contract = await loadContract();
  const state = createState();
  const context = { state, document: contract.document, basePath };
  const router = createRouter([
    ...repositoryRoutes(context),
    ...pullRequestRoutes(context),
    ...commentRoutes(context),
    ...checkRoutes(context),
    ...contentRoutes(context),
    ...workflowRunRoutes(context),
  ]);
  const faults = createFaults();
  const requests: LoggedRequest[] = [];
  const violations: Violation[] = [];
  const server = createServer((request, response) => {
    respond({ request, response, basePath, router, contract, faults, requests, violations }).catch(
      (error: unknown) => {
        violations.push({
          request: `${request.method} ${request.url}`,
          message: `the emulator failed: ${error}`,
        });
        response.destroy();
      },
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = originOf(server);

  function assertNoViolations(): void {
    if (violations.length === 0) return;
    const lines = violations.map(({ request, message }) => `  ${request}: ${message}`);
    throw new Error(`GitHub's description was violated ${violations.length} times:\n${lines.join('\n')}`);
  }
  return {
    url: `${origin}${basePath}`,
    origin,
    state,
    requests,
    violations,
    routes: (extra) => router.add(extra),
    fault: (fault) => faults.add(fault),
    takeViolations: () => violations.splice(0),
    assertNoViolations,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      assertNoViolations();
    },
  };
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
