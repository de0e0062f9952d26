/** `${{ env.NAME }}` inside a value of ciclo.yml; the name may be anything, so that a wrong one is reported. */
export const reference = /\$\{\{\s*(.*?)\s*\}\}/g;

const readable = /^env\.(CICLO_[A-Za-z0-9_]+)$/;

/** The variable that the inside of a reference names; undefined where it names none that may be read. */
export function readableName(inside: string): string | undefined {
  return readable.exec(inside)?.[1];
}

/** One reference inside a text: its name, or what is wrong with it. */
export type EnvironmentReference =
  | { readonly text: string; readonly name: string }
  | { readonly text: string; readonly problem: string };

/**
 * The references of a text, in order. Only variables named `CICLO_…` may be read: a configuration that a pull
 * request brings must not be able to send the runner's own tokens (`GITHUB_…`, `ACTIONS_…`, `INPUT_…`) to a server.
 */
export function referencesIn(text: string): EnvironmentReference[] {
  return [...text.matchAll(reference)].map((match) => {
    const inner = match[1] ?? '';
    const name = readableName(inner);
    if (name !== undefined) return { text: match[0], name };
    const variable = /^env\.([A-Za-z_]\w*)$/.exec(inner)?.[1];
    const problem = variable
      ? `the variable ${variable} may not be read here; only names that start with CICLO_ may`
      : 'this is not a reference to an environment variable';
    return { text: match[0], problem: `${problem}; write \${{ env.CICLO_NAME }}` };
  });
}

/** A text with each reference replaced by a stand-in, to look at the shape of the rest. */
export function withoutReferences(text: string, standIn = 'x'): string {
  return text.replaceAll(reference, standIn);
}
