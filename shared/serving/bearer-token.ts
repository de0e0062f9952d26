import { createHash, timingSafeEqual } from 'node:crypto';
import { RequestError } from './request-error.ts';

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Makes a check of the header `authorization: Bearer <token>`. Digests are compared, in constant time: neither the
 * token's length nor how much of it was right shows in the time that it takes.
 */
export function bearerCheck(token: string): (authorization: string | undefined) => RequestError | undefined {
  const expected = digest(token);
  return (authorization) => {
    const given = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(digest(given), expected)) return undefined;
    const message =
      authorization === undefined
        ? 'a token is needed: send the header authorization: Bearer <token>'
        : 'the token is not the right one';
    return new RequestError(401, message, { headers: { 'www-authenticate': 'Bearer' } });
  };
}
