import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

/** How often files were read since the counting began; it ends with `using`. */
export interface CountedReads extends Disposable {
  of(file: string): number;
}

/** Counts the files that are read whole. They are read as ever; the functions are wrapped for all modules alike. */
export function countReads(): CountedReads {
  const { readFile } = fs;
  const reads: string[] = [];
  fs.readFile = ((...given: Parameters<typeof readFile>) => {
    if (typeof given[0] === 'string') reads.push(path.resolve(given[0]));
    return readFile(...given);
  }) as typeof readFile;
  syncBuiltinESMExports();
  return {
    of: (file) => reads.filter((read) => read === path.resolve(file)).length,
    [Symbol.dispose]() {
      fs.readFile = readFile;
      syncBuiltinESMExports();
    },
  };
}
