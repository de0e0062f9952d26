import { afterAll, beforeAll, expect } from 'vitest';

/** TensorFlow's engine, one a process. Tests that count its tensors or choose its backend run alone. */
const tensorFlow = new Set(['_tfGlobals', '_tfengine']);

/** What files that share a process could change for each other. */
function sharedState() {
  const { log, info, warn, error, debug } = console;
  return {
    directory: process.cwd(),
    environment: { ...process.env },
    console: { log, info, warn, error, debug },
    globals: Object.getOwnPropertyNames(globalThis).filter((name) => !tensorFlow.has(name)),
    fetch: globalThis.fetch,
    timers: [setTimeout, setInterval, Date.now],
    signals: process.eventNames().filter((name) => String(name).startsWith('SIG')),
    exitCode: process.exitCode,
  };
}

let before: ReturnType<typeof sharedState>;

beforeAll(() => {
  before = sharedState();
});

/** A file that leaves something behind fails itself, not one that happens to come later. */
afterAll(() => {
  expect(sharedState(), 'the process as the file found it').toEqual(before);
});
