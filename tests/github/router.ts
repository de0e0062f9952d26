import { parseTemplate } from './path-template.ts';
import type { Exchange, Route } from './route.ts';

/** Finds the operation that a request means. */
export interface Router {
  /** Later ones go before earlier ones. */
  add(routes: readonly Route[]): void;
  /** The exchange with the path's variables, and its operation when there is one. */
  resolve(exchange: Exchange): { readonly exchange: Exchange; readonly route: Route | undefined };
}

export function createRouter(routes: readonly Route[]): Router {
  const known = routes.map(withTemplate);
  return {
    add: (extra) => void known.unshift(...extra.map(withTemplate)),
    resolve(exchange) {
      for (const { route, template } of known) {
        const params = route.method === exchange.method ? template.match(exchange.path) : undefined;
        if (params) return { exchange: { ...exchange, params }, route };
      }
      return { exchange, route: undefined };
    },
  };
}

function withTemplate(route: Route): { route: Route; template: ReturnType<typeof parseTemplate> } {
  return { route, template: parseTemplate(route.path) };
}
