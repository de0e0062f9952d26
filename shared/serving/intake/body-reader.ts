import type { IncomingMessage } from 'node:http';
import { badRequest, RequestError } from '../request-error.ts';
import type { BodiesInFlight, Claim } from './bodies-in-flight.ts';

export interface BodyReaderParts {
  /** Bytes of a body at most. */
  readonly most: number;
  readonly bodies: BodiesInFlight;
}

export type BodyDone = (error: RequestError | undefined, bytes?: Buffer, claim?: Claim) => void;

/** Bytes that are made room for at first; then always twice as many. */
const smallestBuffer = 4096;
/** Smaller bodies in one piece are answered at once, for the most part: to claim them would cost more than they take. */
const smallestClaim = 16 * 1024;

/**
 * Reads a request's body. One that comes in a single piece, as nearly all do, is taken as it is; of others the bytes are
 * claimed as they arrive, not as the client announces them, and copied together, since a piece of one byte takes a hundred.
 *
 * @param done called once: with the bytes, and the claim that the caller ends; or with 413, 503 for want of room, 400 when
 *   the client went away.
 */
export function readBody(payload: IncomingMessage, { most, bodies }: BodyReaderParts, done: BodyDone): void {
  const declared = Number(payload.headers['content-length']);
  if (declared > most) {
    done(tooLarge(most));
    return;
  }
  let bytes: Buffer | undefined;
  let length = 0;
  let claim: Claim | undefined;
  let stopped = false;

  function stop(error: RequestError | undefined, whole?: Buffer): void {
    stopped = true;
    payload.off('data', onData).off('end', onEnd).off('error', onError).off('close', onError);
    if (error === undefined && claim) bodies.keep(claim);
    else if (claim) bodies.end(claim);
    if (error) done(error);
    else done(undefined, whole, claim);
  }

  function claimed(more: number): void {
    claim ??= bodies.begin(() => stop(noRoom()));
    bodies.grow(claim, more);
  }

  function onData(chunk: Buffer): void {
    if (length + chunk.length > most) {
      stop(tooLarge(most));
      return;
    }
    if (length === 0 && chunk.length === declared) {
      if (declared >= smallestClaim) claimed(declared);
      bytes = chunk;
      length = declared;
      return;
    }
    const needed = length + chunk.length;
    if (bytes === undefined || needed > bytes.length) {
      const before = bytes;
      const size = Math.min(most, Math.max(smallestBuffer, needed, 2 * (before?.length ?? 0)));
      claimed(size - (before?.length ?? 0));
      if (stopped) return;
      bytes = Buffer.allocUnsafeSlow(size);
      before?.copy(bytes, 0, 0, length);
    }
    chunk.copy(bytes, length);
    length = needed;
  }

  function onEnd(): void {
    stop(undefined, bytes?.subarray(0, length) ?? Buffer.alloc(0));
  }

  function onError(): void {
    stop(badRequest('the connection ended before the body did'));
  }

  payload.on('data', onData).on('end', onEnd).on('error', onError).on('close', onError);
}

function tooLarge(most: number): RequestError {
  return new RequestError(413, `the body is larger than ${most} bytes: send fewer records at a time`);
}

function noRoom(): RequestError {
  return new RequestError(
    503,
    'the server is busy: the bodies that it holds at a time are as large as it allows; try again in a second',
    { headers: { 'retry-after': '1' } },
  );
}
