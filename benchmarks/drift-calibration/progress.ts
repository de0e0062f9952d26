import { appendFileSync, existsSync, readFileSync, truncateSync } from 'node:fs';

/** Results by name; with a file they are on disk as lines of JSON, and what is there already is not made again. */
export interface Progress<T> {
  readonly results: ReadonlyMap<string, T>;
  add(name: string, result: T): void;
}

/** Goes on from the results of an earlier run; a last line that it did not finish is dropped. */
export function openProgress<T>(file: string | undefined): Progress<T> {
  const results = new Map<string, T>();
  const text = file !== undefined && existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  if (file !== undefined && whole !== text) truncateSync(file, Buffer.byteLength(whole));
  for (const line of whole.split('\n')) {
    if (line === '') continue;
    const { name, result } = JSON.parse(line) as { name: string; result: T };
    results.set(name, result);
  }
  return {
    results,
    add(name, result) {
      results.set(name, result);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify({ name, result })}\n`);
    },
  };
}
