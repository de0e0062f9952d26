/**
 * Loaded with `node --import` before a program: writes the modules that it loaded to the file that LOADED_FILES names,
 * a line each, when the process ends.
 */
import { writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

const loaded: string[] = [];
registerHooks({
  load: (url, context, next) => {
    loaded.push(url);
    return next(url, context);
  },
});
process.on('exit', () => writeFileSync(process.env.LOADED_FILES!, loaded.join('\n')));
