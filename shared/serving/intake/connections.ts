import type { Server, Socket } from 'node:net';

/**
 * Bounds the connections of a server. When one more comes than there may be, the one that has waited longest for a whole
 * request goes: sockets that send nothing, or a little at a time, make room for those of clients who use theirs.
 */
export class Connections {
  /** Connections without a request that is whole and not answered yet; those that waited longest come first. */
  readonly #waiting = new Set<Socket>();
  readonly #open = new Set<Socket>();
  readonly #most: number;
  #displaced = 0;

  constructor(server: Server, most: number) {
    this.#most = most;
    server.on('connection', (socket: Socket) => this.#opened(socket));
  }

  get open(): number {
    return this.#open.size;
  }

  /** Connections that were closed to make room. */
  get displaced(): number {
    return this.#displaced;
  }

  /** A whole request has arrived. */
  busy(socket: Socket): void {
    this.#waiting.delete(socket);
  }

  /** Its answer was sent. */
  idle(socket: Socket): void {
    if (this.#open.has(socket)) this.#waiting.add(socket);
  }

  #opened(socket: Socket): void {
    this.#open.add(socket);
    this.#waiting.add(socket);
    socket.once('close', () => this.#forget(socket));
    if (this.#open.size <= this.#most) return;
    // The new one is the last of those that wait: it goes where all others are being answered.
    const [longest] = this.#waiting;
    if (longest === undefined) return;
    this.#forget(longest);
    this.#displaced++;
    longest.destroy();
  }

  #forget(socket: Socket): void {
    this.#open.delete(socket);
    this.#waiting.delete(socket);
  }
}
