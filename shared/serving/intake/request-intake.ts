import type { IncomingMessage, Server } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { Admission, overloaded } from '../admission.ts';
import type { ServerMetrics } from '../monitoring/server-metrics.ts';
import type { ServerOptions } from '../options.ts';
import type { RequestError } from '../request-error.ts';
import { BodiesInFlight, type Claim } from './bodies-in-flight.ts';
import { readBody } from './body-reader.ts';
import { Connections } from './connections.ts';

/** What a server takes in at a time: connections, bytes of bodies, requests to answer. */
export class RequestIntake {
  readonly admission: Admission;
  readonly bodies: BodiesInFlight;
  /** Long answers that are being sent. */
  readonly answers: BodiesInFlight;
  readonly connections: Connections;
  readonly #options: ServerOptions;
  readonly #metrics: ServerMetrics;
  /** Of requests whose body is being answered. */
  readonly #claims = new Map<FastifyRequest, Claim>();

  constructor(server: Server, options: ServerOptions, metrics: ServerMetrics) {
    this.#options = options;
    this.#metrics = metrics;
    this.admission = new Admission(options);
    this.bodies = new BodiesInFlight(options.maxBodies);
    this.answers = new BodiesInFlight(options.maxBodies);
    this.connections = new Connections(server, options.maxConnections);
  }

  /** Reads a body whole, and takes it when there is a place to answer it. What follows must {@link end} the request. */
  read(
    request: FastifyRequest,
    payload: IncomingMessage,
    done: (error: RequestError | undefined, body: Buffer) => void,
  ): void {
    readBody(payload, { most: this.#options.maxBody, bodies: this.bodies }, (error, body, claim) => {
      if (error || !body) {
        done(error, Buffer.alloc(0));
        return;
      }
      this.connections.busy(payload.socket);
      if (claim) this.#claims.set(request, claim);
      const busy = this.#busy(this.admission.busy());
      if (busy) this.end(request);
      done(busy, body);
    });
  }

  /** Runs what answers a request whose body is there, in one of the places for it. */
  answer(request: FastifyRequest, handler: () => unknown): unknown {
    const busy = this.#busy(this.admission.enter());
    if (busy) {
      this.end(request);
      throw busy;
    }
    let result: unknown;
    try {
      result = handler();
    } catch (error) {
      this.#leave(request);
      throw error;
    }
    if (result instanceof Promise) return result.finally(() => this.#leave(request));
    this.#leave(request);
    return result;
  }

  /** A request's body is needed no more. */
  end(request: FastifyRequest): void {
    const claim = this.#claims.get(request);
    if (!claim) return;
    this.#claims.delete(request);
    this.bodies.end(claim);
  }

  #leave(request: FastifyRequest): void {
    this.admission.leave();
    this.end(request);
  }

  #busy(reason: ReturnType<Admission['busy']>): RequestError | undefined {
    if (reason === undefined) return undefined;
    this.#metrics.rejected(reason);
    return overloaded(reason);
  }
}
