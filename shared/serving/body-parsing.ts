import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { checkJson, type JsonLimits } from './intake/json-limits.ts';
import type { RequestIntake } from './intake/request-intake.ts';
import { badRequest, RequestError } from './request-error.ts';

/** Bodies are JSON; any other declared type gets 415 that says how to write it. */
export function acceptJson(app: FastifyInstance, intake: RequestIntake, limits: () => JsonLimits): void {
  app.removeAllContentTypeParsers();
  accept(app, intake, 'application/json', (body) => parseJson(body, limits()));
}

/** A body of CSV. */
export class CsvBody {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

/** Takes CSV beside JSON, as a {@link CsvBody}. */
export function acceptCsv(app: FastifyInstance, intake: RequestIntake): void {
  accept(app, intake, 'text/csv', (body) => {
    utf8Of(body);
    // It is read later, and the piece that arrived is the socket's.
    return new CsvBody(Buffer.from(body));
  });
}

function accept(
  app: FastifyInstance,
  intake: RequestIntake,
  type: string,
  parse: (body: Buffer) => unknown,
): void {
  app.addContentTypeParser(type, (request, payload, done) => {
    intake.read(request, payload, (error, body) => {
      if (error) {
        done(error);
        return;
      }
      let value: unknown;
      try {
        value = parse(body);
      } catch (refusal) {
        intake.end(request);
        done(refusal as Error);
        return;
      }
      done(null, value);
    });
  });
}

/** @throws RequestError for other bytes: with signs in their place, names and categories would be others. */
function utf8Of(body: Buffer): string {
  if (isUtf8(body)) return body.toString('utf8');
  throw badRequest('the body is not UTF-8; send its text encoded as UTF-8');
}

function parseJson(body: Buffer, limits: JsonLimits): unknown {
  if (body.length === 0) throw badRequest('the body is empty; write JSON');
  const text = utf8Of(body);
  checkJson(body, limits);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badRequest(`the body is not JSON: ${(error as Error).message}`);
  }
}

/** The refusal of a body of another type than those that the routes of `app` read. */
export function unsupportedType(type: string, app: FastifyInstance): RequestError {
  const csv = app.hasContentTypeParser('text/csv');
  const send = `send JSON with the header content-type: application/json${csv ? ', or CSV with text/csv' : ''}`;
  return new RequestError(415, `bodies of the type ${type.slice(0, 100)} are not read; ${send}`, {
    headers: { accept: csv ? 'application/json, text/csv' : 'application/json' },
  });
}

const answers: Readonly<Record<string, [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive'],
  HPE_HEADER_OVERFLOW: [431, 'the headers are too long'],
};

const phrases: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  431: 'Request Header Fields Too Large',
};

/** Milliseconds that a client gets to read why, once its connection ends. */
const longestEnd = 1000;

/** Answers what is not an HTTP request, or not in time, and closes the connection, whether the client does or not. */
export function answerClientErrors(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, message] = answers[error.code ?? ''] ?? [400, 'this is not an HTTP request'];
  const body = JSON.stringify({ error: message });
  socket.end(
    `HTTP/1.1 ${status} ${phrases[status]}\r\nconnection: close\r\ncontent-type: application/json; charset=utf-8\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
  const late = setTimeout(() => socket.destroy(), longestEnd);
  late.unref();
  socket.once('close', () => clearTimeout(late));
}
