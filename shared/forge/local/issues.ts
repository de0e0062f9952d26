import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { systemClock } from '../../platform/clock.ts';
import { formatJson } from '../../platform/json.ts';
import { checkTexts } from '../limits/text-limit.ts';
import { ForgeError } from '../ports/forge-error.ts';
import type { Issue, Issues, Labels } from '../ports/issues.ts';
import { createText, readText, replaceText } from './file.ts';
import { readJson } from './json.ts';
import { safeName } from './name.ts';
import { nextNumber, numbersOf } from './number.ts';
import { formatPullRequest, type LocalStore, pullRequestFile, readPullRequestFile } from './store.ts';

const schema = z.object({
  number: z.int().positive(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  labels: z.array(z.string()),
  author: z.string(),
  /** Milliseconds since 1970, as `closedAt`. */
  createdAt: z.number(),
  closedAt: z.number().optional(),
});

type IssueFile = z.output<typeof schema>;

/**
 * Issues as files: `issues/3/issue.json`, and their text `issues/3/issue.md`.
 *
 * @throws ForgeError from its methods, as {@link Issues} says.
 */
export function createLocalIssues(store: LocalStore): Issues {
  const { clock = systemClock } = store;
  const folderOf = (number: number): string => path.join(store.folder, 'issues', String(number));
  const fileOf = (number: number): string => path.join(folderOf(number), 'issue.json');
  const textOf = (number: number): string => path.join(folderOf(number), 'issue.md');

  async function read(number: number): Promise<Issue | undefined> {
    const content = await readJson(fileOf(number), 'issue', schema);
    if (!content) return undefined;
    const { author, closedAt, ...rest } = content;
    const body = ((await readText(textOf(number))) ?? '').replace(/\n$/, '');
    return { ...rest, body, closedAt, own: author === store.author, url: pathToFileURL(fileOf(number)).href };
  }

  return {
    async list({ label, state }) {
      const all = await Promise.all((await numbersOf(store, 'issues')).map(read));
      return all
        .filter((issue) => issue !== undefined)
        .filter((issue) => label === undefined || issue.labels.includes(label))
        .filter((issue) => state === 'all' || issue.state === state);
    },
    async create({ title, body, labels }) {
      checkTexts({ title, body }, `opening the issue "${title}"`);
      for (let number = await nextNumber(store); ; number = Math.max(number + 1, await nextNumber(store))) {
        const content: IssueFile = {
          number,
          title,
          state: 'open',
          labels: [...labels],
          author: store.author,
          createdAt: clock.now(),
        };
        if (!(await createText(fileOf(number), formatJson(content)))) continue;
        await replaceText(textOf(number), `${body}\n`);
        return (await read(number))!;
      }
    },
    async update(number, { body, ...change }) {
      const doing = `updating issue ${number}`;
      checkTexts({ title: change.title, body }, doing);
      const content = await readJson(fileOf(number), 'issue', schema);
      if (!content) throw new ForgeError(`${doing}: there is no issue ${number}`, 404);
      if (body !== undefined) await replaceText(textOf(number), `${body}\n`);
      const { labels = content.labels, ...rest } = change;
      const changed = { ...content, ...rest, labels: [...labels] };
      await replaceText(
        fileOf(number),
        formatJson({ ...changed, closedAt: closedAt(content, changed, clock.now()) }),
      );
      return (await read(number))!;
    },
  };
}

/** When it was closed: stays while it is, goes when it is opened again. */
export function closedAt(
  before: { readonly state: string; readonly closedAt?: number | undefined },
  after: { readonly state: string },
  now: number,
): number | undefined {
  if (after.state === 'open') return undefined;
  return before.state === 'closed' ? before.closedAt : now;
}

/**
 * Labels as files: `labels/ciclo.json`; those of an issue or pull request are in its own file.
 *
 * @throws ForgeError from its methods, as {@link Labels} says.
 */
export function createLocalLabels(store: LocalStore): Labels {
  const issues = createLocalIssues(store);
  return {
    async ensure(name, label) {
      const file = path.join(store.folder, 'labels', `${safeName(name)}.json`);
      return (await createText(file, formatJson({ name, ...label }))) ? 'created' : 'exists';
    },
    async add(number, labels) {
      const more = (present: readonly string[]): string[] => [...new Set([...present, ...labels])];
      const pullRequest = await readPullRequestFile(store, number);
      if (pullRequest) {
        const changed = { ...pullRequest, labels: more(pullRequest.labels ?? []) };
        return replaceText(pullRequestFile(store, number), formatPullRequest(changed));
      }
      const file = path.join(store.folder, 'issues', String(number), 'issue.json');
      const issue = await readJson(file, 'issue', schema);
      const doing = `labelling ${number} with ${labels.join(', ')}`;
      if (!issue) throw new ForgeError(`${doing}: there is no issue or pull request ${number}`, 404);
      await issues.update(number, { labels: more(issue.labels) });
    },
  };
}
