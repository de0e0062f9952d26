import { Readable, Writable } from 'node:stream';
import type { MessagePort } from 'node:worker_threads';
import { systemClock } from '../../shared/platform/clock.ts';
import type { Input, Io, Output } from '../terminal/io.ts';
import type { FromWork, ThreadStart, ToWork } from './thread-messages.ts';

/** The process's streams, as a working thread has them: by messages to the thread that owns them. */
export function threadIo(port: MessagePort, { terminals, columns }: ThreadStart): Io {
  const tell = (message: FromWork): void => port.postMessage(message);
  const output = (stream: 'stdout' | 'stderr', place: number): Output => {
    const writable = new Writable({
      decodeStrings: false,
      // A thread that computes does not hear that a chunk was taken, so none waits for it.
      write(chunk: string | Uint8Array, _encoding, done) {
        tell({ kind: 'write', stream, chunk });
        done();
      },
    });
    const width = { get: () => columns[place] || undefined };
    return Object.defineProperties(writable, { isTTY: { value: terminals[stream] }, columns: width });
  };
  return {
    stdin: inputOf(port, terminals.stdin),
    stdout: output('stdout', 0),
    stderr: output('stderr', 1),
    environment: process.env,
    cwd: process.cwd(),
    clock: systemClock,
    unfinished: {
      add: (folder) => tell({ kind: 'unfinished', folder }),
      delete: (folder) => tell({ kind: 'finished', folder }),
    },
    signals: new Map(),
  };
}

/** Nothing is taken from stdin before somebody reads: what is typed may be for whoever runs next. */
function inputOf(port: MessagePort, isTTY: boolean): Input {
  let asked = false;
  const readable = new Readable({
    read() {
      if (!asked) port.postMessage({ kind: 'read' } satisfies FromWork);
      asked = true;
    },
  });
  port.on('message', (message: ToWork) => {
    if (message.kind === 'input') readable.push(message.chunk ?? null);
  });
  if (!isTTY) return Object.assign(readable, { isTTY });
  const setRawMode = (on: boolean): void => port.postMessage({ kind: 'raw', on } satisfies FromWork);
  return Object.assign(readable, { isTTY, setRawMode });
}
