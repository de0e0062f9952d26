import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { formatJson } from '../../platform/json.ts';
import type { CheckContent, CheckRun, CheckRuns } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { createText, namesIn, replaceText } from './file.ts';
import { commitOf } from './git.ts';
import { readJson } from './json.ts';
import { idOfText, safeName } from './name.ts';
import type { LocalStore } from './store.ts';

const schema = z.object({
  id: z.int(),
  name: z.string(),
  conclusion: z.enum(['success', 'neutral', 'failure']),
  title: z.string(),
  summary: z.string(),
  text: z.string().optional(),
  detailsUrl: z.string().optional(),
  annotations: z.array(
    z.object({
      path: z.string(),
      line: z.int().positive(),
      endLine: z.int().positive().optional(),
      level: z.enum(['notice', 'warning', 'failure']),
      title: z.string(),
      message: z.string(),
    }),
  ),
});

type CheckFile = z.output<typeof schema>;

/** Most characters of `summary` and `text`, as on GitHub. */
const textLimit = 65_535;

/** Checks as files: `checks/<commit>/ciclo %2F fuel.json`, a second run of the name with ` #2` behind it. */
export function createLocalChecks(store: LocalStore): CheckRuns {
  return {
    async list(commit, name) {
      await existing(store, commit, `reading the checks of ${commit}`);
      const found: CheckRun[] = [];
      for (let number = 1; ; number++) {
        const file = fileOf(store, { commit, name, number });
        const check = await readCheck(file);
        if (!check) return found.reverse();
        found.push(runOf(file, check));
      }
    },
    async annotations(id) {
      const { check } = await withId(store, id);
      return check.annotations.map(({ endLine, ...rest }) =>
        endLine === undefined ? rest : { ...rest, endLine },
      );
    },
    async create(commit, content) {
      await existing(store, commit, `creating the check ${JSON.stringify(content.name)}`);
      checkTexts(content);
      for (let number = 1; ; number++) {
        const file = fileOf(store, { commit, name: content.name, number });
        const check = checkOf(idOf({ commit, name: content.name, number }), content);
        if (await createText(file, formatJson(check))) return runOf(file, check);
      }
    },
    async update(id, content) {
      checkTexts(content);
      const { file, check } = await withId(store, id);
      const { annotations, ...rest } = content;
      const updated = checkOf(id, {
        ...rest,
        annotations: [...check.annotations, ...annotations] as typeof annotations,
      });
      await replaceText(file, formatJson(updated));
      return runOf(file, updated);
    },
  };
}

interface Key {
  readonly commit: string;
  readonly name: string;
  readonly number: number;
}

function fileOf({ folder }: LocalStore, { commit, name, number }: Key): string {
  const run = number === 1 ? '' : ` #${number}`;
  return path.join(folder, 'checks', commit, `${safeName(name)}${run}.json`);
}

/** The same check has the same id on every machine. */
function idOf({ commit, name, number }: Key): number {
  return idOfText(JSON.stringify([commit, name, number]));
}

async function existing({ repository }: LocalStore, commit: string, doing: string): Promise<void> {
  if (/^[0-9a-f]{40,64}$/.test(commit) && (await commitOf(repository, commit)) !== undefined) return;
  throw new ForgeError(`${doing}: no commit found for SHA: ${commit}`, 422);
}

function checkTexts({ name, summary, text = '' }: CheckContent): void {
  if (summary.length <= textLimit && text.length <= textLimit) return;
  throw new ForgeError(
    `writing the check ${JSON.stringify(name)}: summary or text over ${textLimit} characters`,
    422,
  );
}

async function withId(
  { folder }: LocalStore,
  id: number,
): Promise<{ readonly file: string; readonly check: CheckFile }> {
  const checks = path.join(folder, 'checks');
  for (const commit of await namesIn(checks)) {
    for (const name of await namesIn(path.join(checks, commit))) {
      const file = path.join(checks, commit, name);
      const check = await readCheck(file);
      if (check?.id === id) return { file, check };
    }
  }
  throw new ForgeError(`there is no check ${id} in ${checks}`, 404);
}

async function readCheck(file: string): Promise<CheckFile | undefined> {
  return readJson(file, 'check', schema);
}

function checkOf(id: number, content: CheckContent): CheckFile {
  return { id, ...content, annotations: [...content.annotations] };
}

function runOf(file: string, { id, name, conclusion, summary, annotations }: CheckFile): CheckRun {
  return {
    id,
    name,
    conclusion,
    summary,
    annotationCount: annotations.length,
    url: pathToFileURL(file).href,
  };
}
