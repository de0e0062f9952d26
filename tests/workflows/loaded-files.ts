/**
 * Loaded with `node --import` before a program: writes the modules that it loaded, and each of its threads, to the
 * file that LOADED_FILES names, a line each, when process or thread ends.
 */
import { appendFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded: string[] = [];
registerHooks({
  load: (url, context, next) => {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => appendFileSync(process.env.LOADED_FILES!, loaded.map((url) => `${url}\n`).join('')));
