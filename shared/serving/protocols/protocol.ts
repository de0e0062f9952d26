// The protocols that the server speaks, each as routes that turn its requests into records and answers back.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { quote } from '../../platform/errors.ts';
import type { Eventual } from '../../platform/eventual.ts';
import type { RequestAnswer } from '../answers.ts';
import { RequestError } from '../request-error.ts';
import { isVersion, type LoadedModel } from '../served-model.ts';

/** What a protocol asks of the server. */
export interface ServingContext {
  /** The pipeline's name: the same for as long as the server runs. */
  readonly name: string;
  /** The model that answers now. */
  model(): LoadedModel;
  ready(): boolean;
  /** Records of a request at most. */
  readonly maxRows: number;
  /** Checks, predicts and counts a request's records. @param texts their values are texts, as CSV has them. */
  answer(
    model: LoadedModel,
    records: readonly unknown[],
    request: FastifyRequest,
    texts?: boolean,
  ): Eventual<RequestAnswer>;
}

export interface ProtocolRoute {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  /** Answered without the token: probes have none. */
  readonly open?: boolean;
  /** Gives the body: an object for JSON, or a text whose type it has set. */
  handler(request: FastifyRequest, reply: FastifyReply): unknown;
}

/** A protocol: its routes, and how it words its errors. */
export interface Protocol {
  readonly routes: readonly ProtocolRoute[];
  /** Bodies may be CSV, too. */
  readonly readsCsv?: boolean;
  errorBody(error: RequestError): object;
}

/** The model, when its version is the one asked for, if any was. @throws RequestError 404. */
export function askedModel(context: ServingContext, request: FastifyRequest): LoadedModel {
  const model = context.model();
  const { version } = request.params as { version?: string };
  if (version === undefined || isVersion(model, version)) return model;
  throw new RequestError(
    404,
    `there is no version ${quote(version)} of ${model.name} here; version ${model.version} is served`,
  );
}
