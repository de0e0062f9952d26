import { cpSync } from 'node:fs';
import path from 'node:path';

const { CICLO_PAGES, INPUT_PATH } = process.env;
// As the action does it: names that begin with a dot are left out.
cpSync(INPUT_PATH, CICLO_PAGES, {
  recursive: true,
  filter: (file) => file === INPUT_PATH || !path.basename(file).startsWith('.'),
});
