/** What Ciclo writes below the first line of a tag's message, which is GTO's. */

const modelLine = /^model: (sha256:[0-9a-f]{64})$/m;
const pushLine = /^pushed: (\S+)$/m;

/** The line of a registration that says which bytes the version is. */
export function formatModelLine(digest: string): string {
  return `model: ${digest}`;
}

/** The model's digest that a registration names; undefined in tags of others. */
export function parseModelLine(message: string): string | undefined {
  return modelLine.exec(message)?.[1];
}

/** The line of an assignment that says which commit's deployment made it; one that a person asks for has none. */
export function formatPushLine(commit: string): string {
  return `pushed: ${commit}`;
}

/** The commit whose deployment made an assignment; undefined where a person or another tool did. */
export function parsePushLine(message: string): string | undefined {
  return pushLine.exec(message)?.[1];
}
