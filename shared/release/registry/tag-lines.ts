/** What Ciclo writes below the first line of a tag's message, which is GTO's. */

/** What binds a version's tag to the one file that is its bundle. */
export interface BundleBinding {
  /** SHA-256 of the bundle's file. */
  readonly bundle: string;
  /** Digest of the model in it: of the names and bytes of its files. */
  readonly content: string;
}

const modelLine = /^model: (sha256:[0-9a-f]{64})$/m;
const bundleLine = /^bundle: (sha256:[0-9a-f]{64})$/m;
const contentLine = /^content: (sha256:[0-9a-f]{64})$/m;
const pushLine = /^pushed: (\S+)$/m;

/** The line of a registration that says which bytes the version is. */
export function formatModelLine(digest: string): string {
  return `model: ${digest}`;
}

/** The model's digest that a registration names; undefined in tags of others. */
export function parseModelLine(message: string): string | undefined {
  return modelLine.exec(message)?.[1];
}

/** The lines of a registration that say which file its bundle is, and what the model in it is. */
export function formatBinding({ bundle, content }: BundleBinding): string {
  return `bundle: ${bundle}\ncontent: ${content}`;
}

/** What a registration binds its bundle to; undefined in tags of others, and of a Ciclo that did not bind yet. */
export function parseBinding(message: string): BundleBinding | undefined {
  const bundle = bundleLine.exec(message)?.[1];
  const content = contentLine.exec(message)?.[1];
  return bundle === undefined || content === undefined ? undefined : { bundle, content };
}

/** The line of an assignment that says which commit's deployment made it; one that a person asks for has none. */
export function formatPushLine(commit: string): string {
  return `pushed: ${commit}`;
}

/** The commit whose deployment made an assignment; undefined where a person or another tool did. */
export function parsePushLine(message: string): string | undefined {
  return pushLine.exec(message)?.[1];
}
