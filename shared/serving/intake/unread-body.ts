import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';

/** Bytes of a refused body that are thrown away, so that the client comes to read the answer. */
const longestRest = 256 * 1024;
/** Milliseconds for the same. */
const longestLinger = 1000;

/**
 * For answers that are given before the request's body has arrived whole: says that the connection ends, and ends it when
 * the client has the answer, however much of the body there would be. Closing at once would reset the connection while the
 * client still sends, and many would never see why.
 */
export function leaveBody({ raw }: { readonly raw: IncomingMessage }, reply: FastifyReply): void {
  const { headers, socket } = raw;
  const length = headers['content-length'];
  const hasBody = headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
  if (raw.complete || !hasBody || socket.destroyed) return;
  void reply.header('connection', 'close');
  let rest = longestRest;
  raw.on('data', (chunk: Buffer) => {
    rest -= chunk.length;
    if (rest < 0) socket.destroy();
  });
  // What Node calls once the answer was sent; its own closes the socket for both sides.
  socket.destroySoon = () => {
    socket.end();
    const late = setTimeout(() => socket.destroy(), longestLinger);
    late.unref();
    socket.once('close', () => clearTimeout(late));
  };
}
