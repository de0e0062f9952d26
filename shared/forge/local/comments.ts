import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Comment, PullRequestComments } from '../ports/forge.ts';
import { ForgeError } from '../ports/forge-error.ts';
import { formatCommentFile, parseCommentFile } from './comment-file.ts';
import { createText, namesIn, readText, replaceText } from './file.ts';
import { folderOf, type LocalStore, readPullRequest } from './store.ts';

/** Numbers of comments below it, the pull request's above: an id says where its file is. */
const perPullRequest = 100_000;
/** Most characters of a comment, as on GitHub. */
const bodyLimit = 65_536;

/** Comments as files: `pull-requests/12/comments/1.md`. */
export function createLocalComments(store: LocalStore): PullRequestComments {
  return {
    async list(pullRequest) {
      await existing(store, pullRequest, `reading the comments of pull request ${pullRequest}`);
      const numbers = await numbersOf(store, pullRequest);
      return Promise.all(numbers.map((number) => read(store, { pullRequest, number })));
    },
    async create(pullRequest, body) {
      const doing = `commenting on pull request ${pullRequest}`;
      await existing(store, pullRequest, doing);
      checkBody(body, doing);
      const text = formatCommentFile({ author: store.author, body });
      for (let number = ((await numbersOf(store, pullRequest)).at(-1) ?? 0) + 1; ; number++) {
        if (await createText(fileOf(store, { pullRequest, number }), text))
          return read(store, { pullRequest, number });
      }
    },
    async update(id, body) {
      checkBody(body, `updating comment ${id}`);
      const key = { pullRequest: Math.floor(id / perPullRequest), number: id % perPullRequest };
      const { author } = await read(store, key);
      await replaceText(fileOf(store, key), formatCommentFile({ author, body }));
      return read(store, key);
    },
  };
}

interface Key {
  readonly pullRequest: number;
  readonly number: number;
}

async function existing(store: LocalStore, pullRequest: number, doing: string): Promise<void> {
  if (await readPullRequest(store, pullRequest)) return;
  throw new ForgeError(`${doing}: there is no pull request ${pullRequest}`, 404);
}

function checkBody(body: string, doing: string): void {
  if (body.trim() === '') throw new ForgeError(`${doing}: the comment is blank`, 422);
  if (body.length <= bodyLimit) return;
  throw new ForgeError(`${doing}: ${body.length} characters; the maximum is ${bodyLimit}`, 422);
}

function fileOf(store: LocalStore, { pullRequest, number }: Key): string {
  return path.join(folderOf(store, pullRequest), 'comments', `${number}.md`);
}

async function numbersOf(store: LocalStore, pullRequest: number): Promise<readonly number[]> {
  const names = await namesIn(path.join(folderOf(store, pullRequest), 'comments'));
  const numbers = names.flatMap((name) => /^([1-9]\d*)\.md$/.exec(name)?.[1] ?? []).map(Number);
  return numbers.sort((a, b) => a - b);
}

async function read(store: LocalStore, key: Key): Promise<Comment> {
  const file = fileOf(store, key);
  const text = await readText(file);
  if (text === undefined) throw new ForgeError(`reading comment ${file}: there is no such file`, 404);
  const parsed = parseCommentFile(text);
  if (!parsed) throw new ForgeError(`reading comment ${file}: it does not begin with its author`, undefined);
  const { author, body } = parsed;
  const id = key.pullRequest * perPullRequest + key.number;
  return { id, body, author, own: author === store.author, url: pathToFileURL(file).href };
}
