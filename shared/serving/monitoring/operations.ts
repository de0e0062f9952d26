// What a server says of itself and of what it predicted: metrics, profile, events, a log that the monitor reads.
import { formatProfile } from '../../dataset/profile/profile.ts';
import { openApiDocument } from '../openapi/document.ts';
import { plainError } from '../protocols/plain.ts';
import type { Protocol, ProtocolRoute, ServingContext } from '../protocols/protocol.ts';
import type { LoadedModel } from '../served-model.ts';
import { expositionType } from './exposition.ts';
import type { LiveProfile } from './live-profile.ts';

export interface OperationsParts {
  profile(): LiveProfile;
  /** Undefined where another port shows the metrics. */
  readonly exposition: (() => string) | undefined;
  /** Whether requests need a token. */
  readonly token: boolean;
}

/** `/openapi.json`, `/metrics` and `/profile`. */
export function operationsProtocol(
  context: ServingContext,
  { profile, exposition, token }: OperationsParts,
): Protocol {
  const documents = new WeakMap<LoadedModel, Promise<string>>();
  const documentOf = (model: LoadedModel): Promise<string> => {
    const text =
      documents.get(model) ??
      openApiDocument(model, { token, metrics: exposition !== undefined }).then((made) =>
        JSON.stringify(made),
      );
    documents.set(model, text);
    return text;
  };
  return {
    routes: [
      {
        method: 'GET',
        url: '/openapi.json',
        handler: (_request, reply) => {
          void reply.type('application/json; charset=utf-8');
          return documentOf(context.model());
        },
      },
      ...(exposition ? [metricsRoute(exposition)] : []),
      {
        method: 'GET',
        url: '/profile',
        handler: (_request, reply) => {
          const live = profile();
          const { version, digest } = context.model();
          void reply.type('application/json; charset=utf-8').headers({
            'x-ciclo-version': version,
            'x-ciclo-digest': digest,
            'x-ciclo-since': new Date(live.since).toISOString(),
          });
          return formatProfile(live.profile());
        },
      },
    ],
    errorBody: plainError,
  };
}

function metricsRoute(exposition: () => string): ProtocolRoute {
  return {
    method: 'GET',
    url: '/metrics',
    handler: (_request, reply) => {
      void reply.type(expositionType);
      return exposition();
    },
  };
}
