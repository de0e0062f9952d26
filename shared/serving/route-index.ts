import { quote } from '../platform/errors.ts';
import { RequestError } from './request-error.ts';

/** A route's address as people and metrics know it: `/v2/models/fuel/versions/{version}`. */
export function shownPath(url: string): string {
  return url
    .split('::')
    .map((part) => part.replace(/:(\w+)(?:\(.+\))?/, '{$1}'))
    .join(':');
}

/** The routes that there are, for requests that meet none. */
export class RouteIndex {
  readonly #methods = new Map<string, { pattern: RegExp; methods: Set<string> }>();

  add(method: string, url: string): void {
    const shown = shownPath(url);
    const found = this.#methods.get(shown);
    if (found) {
      found.methods.add(method);
      return;
    }
    const pattern = shown.split(/\{\w+\}/).map((text) => RegExp.escape(text));
    this.#methods.set(shown, {
      pattern: new RegExp(`^${pattern.join('[^/:]+')}$`),
      methods: new Set([method]),
    });
  }

  /** What is wrong with a request that met no route: 405 where another method would meet one, else 404. */
  missed(method: string, url: string): RequestError {
    const path = url.split('?', 1)[0]!;
    const there = [...this.#methods.values()].find(({ pattern }) => pattern.test(path));
    if (there) {
      const allowed = [...there.methods].sort().join(', ');
      return new RequestError(405, `${method} is not possible here; use ${allowed}`, {
        headers: { allow: allowed },
      });
    }
    return new RequestError(404, `there is nothing at ${quote(path)}`, { routes: this.routes() });
  }

  /** `POST /predict`, each. */
  routes(): string[] {
    return [...this.#methods].flatMap(([path, { methods }]) =>
      [...methods].filter((method) => method !== 'HEAD').map((method) => `${method} ${path}`),
    );
  }
}
