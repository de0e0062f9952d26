import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { badRequest, RequestError } from './request-error.ts';

/** Bodies are JSON; any other declared type gets 415 that says how to write it. */
export function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
    let value: unknown;
    try {
      value = JSON.parse(body as string);
    } catch (error) {
      done(
        badRequest(
          body === '' ? 'the body is empty; write JSON' : `the body is not JSON: ${(error as Error).message}`,
        ),
      );
      return;
    }
    done(null, value);
  });
}

/** The refusal of a body of another type. */
export function unsupportedType(type: string): RequestError {
  const sent = `bodies of the type ${type.slice(0, 100)} are not read`;
  return new RequestError(415, `${sent}; send JSON with the header content-type: application/json`, {
    headers: { accept: 'application/json' },
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

/** Answers what is not an HTTP request, or not in time, and closes the connection. */
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
}
