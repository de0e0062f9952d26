import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

/** How often files were read since the counting began; it ends with `using`. */
export interface CountedReads extends Disposable {
  of(file: string): number;
}

/** Counts the files that are read whole, or opened to be read. They are read as ever; the functions are wrapped for all modules alike. */
export function countReads(): CountedReads {
  const { readFile, open } = fs;
  const reads: string[] = [];
  fs.readFile = ((...given: Parameters<typeof readFile>) => {
    if (typeof given[0] === 'string') reads.push(path.resolve(given[0]));
    return readFile(...given);
  }) as typeof readFile;
  fs.open = ((...given: Parameters<typeof open>) => {
    const [file, flags = 'r'] = given;
    if (typeof file === 'string' && flags === 'r') reads.push(path.resolve(file));
    return open(...given);
  }) as typeof open;
  syncBuiltinESMExports();
  return {
    of: (file) => reads.filter((read) => read === path.resolve(file)).length,
    [Symbol.dispose]() {
      Object.assign(fs, { readFile, open });
      syncBuiltinESMExports();
    },
  };
}
