import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Crash, type CrashOptions, createCrashes } from './crash.ts';
import { createFaults, type Fault } from './fault.ts';
import { loadContract } from './openapi-contract.ts';
import type { Route } from './route.ts';
import { createRouter } from './router.ts';
import { agreementRoutes } from './routes/agreement-routes.ts';
import { checkRoutes } from './routes/check-routes.ts';
import { commentRoutes } from './routes/comment-routes.ts';
import { compareRoutes } from './routes/compare-routes.ts';
import { contentRoutes } from './routes/content-routes.ts';
import { deploymentRoutes } from './routes/deployment-routes.ts';
import { gitRoutes } from './routes/git-routes.ts';
import { graphqlRoutes } from './routes/graphql-routes.ts';
import { issueRoutes } from './routes/issue-routes.ts';
import { labelRoutes } from './routes/label-routes.ts';
import { pullRequestRoutes } from './routes/pull-request-routes.ts';
import { releaseAssetRoutes, storageRoutes } from './routes/release-asset-routes.ts';
import { releaseRoutes } from './routes/release-routes.ts';
import { repositoryRoutes } from './routes/repository-routes.ts';
import { tagRoutes } from './routes/tag-routes.ts';
import { workflowRunRoutes } from './routes/workflow-run-routes.ts';
import { createState, type State } from './state.ts';
import { type LoggedRequest, type RequestHook, respond, type Violation, type Visit } from './visit.ts';

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
  /**
   * Cuts every connection from the n-th write on, counted from 1, so that a test can let a program die of each of its
   * writes in turn, recover, and run it again.
   */
  crashAfter(count: number, options?: CrashOptions): Crash;
  /** Lets a test act, or wait, before a request is answered; what it returns ends that. */
  onRequest(hook: RequestHook): () => void;
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
  const origins = { api: '', storage: '' };
  const context = { state, document: contract.document, basePath, origins };
  const router = createRouter([
    ...repositoryRoutes(context),
    ...pullRequestRoutes(context),
    ...commentRoutes(context),
    ...checkRoutes(context),
    ...contentRoutes(context),
    ...workflowRunRoutes(context),
    ...tagRoutes(context),
    ...graphqlRoutes(context),
    ...releaseRoutes(context),
    ...releaseAssetRoutes(context),
    ...deploymentRoutes(context),
    ...gitRoutes(context),
    ...compareRoutes(context),
    ...issueRoutes(context),
    ...labelRoutes(context),
    ...agreementRoutes(context),
  ]);
  const faults = createFaults();
  const crashes = createCrashes();
  const hooks = new Set<RequestHook>();
  const requests: LoggedRequest[] = [];
  const violations: Violation[] = [];
  const shared = { contract, faults, crashes, hooks, requests, violations };
  const api = await listen({ ...shared, router, basePath });
  const storage = await listen({ ...shared, router: createRouter(storageRoutes(context)), basePath: '' });
  origins.api = originOf(api);
  origins.storage = originOf(storage);

  function assertNoViolations(): void {
    if (violations.length === 0) return;
    const lines = violations.map(({ request, message }) => `  ${request}: ${message}`);
    throw new Error(`GitHub's description was violated ${violations.length} times:\n${lines.join('\n')}`);
  }
  return {
    url: `${origins.api}${basePath}`,
    origin: origins.api,
    state,
    requests,
    violations,
    routes: (extra) => router.add(extra),
    fault: (fault) => faults.add(fault),
    crashAfter: (count, options) => crashes.after(count, options),
    onRequest(hook) {
      hooks.add(hook);
      return () => void hooks.delete(hook);
    },
    takeViolations: () => violations.splice(0),
    assertNoViolations,
    async [Symbol.asyncDispose]() {
      for (const server of [api, storage]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
      assertNoViolations();
    },
  };
}

/** A server on a free port of this machine, which answers by what it is given. */
async function listen(visit: Omit<Visit, 'request' | 'response'>): Promise<Server> {
  const server = createServer((request, response) => {
    respond({ ...visit, request, response }).catch((error: unknown) => {
      const message = `the emulator failed: ${error}`;
      visit.violations.push({ request: `${request.method} ${request.url}`, message });
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function originOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
