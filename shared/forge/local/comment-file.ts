/** A comment as a readable file: who wrote it, then its Markdown. */
export interface CommentFile {
  readonly author: string;
  readonly body: string;
}

const pattern = /^---\nauthor: (.*)\n---\n\n?([\s\S]*)$/;

/** `---`, `author: "ciclo"`, `---`, a blank line, the Markdown, a newline. */
export function formatCommentFile({ author, body }: CommentFile): string {
  return `---\nauthor: ${JSON.stringify(author)}\n---\n\n${body}\n`;
}

/** The author may be written with or without quotes; undefined when the file has no such head. */
export function parseCommentFile(text: string): CommentFile | undefined {
  const [, author, body] = pattern.exec(text) ?? [];
  if (author === undefined || body === undefined) return undefined;
  return { author: author.startsWith('"') ? unquoted(author) : author.trim(), body: body.replace(/\n$/, '') };
}

function unquoted(author: string): string {
  try {
    return String(JSON.parse(author));
  } catch {
    return author;
  }
}
