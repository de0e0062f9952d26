/** A path as GitHub's description writes it, `/repos/{owner}/{repo}`, made to match requests. */
export interface PathTemplate {
  /** How many variables it has: of two templates that match, the one with fewer is meant. */
  readonly variables: number;
  /** The variables' values, decoded; undefined when the path is another. */
  match(path: string): Readonly<Record<string, string>> | undefined;
}

/** `{path}` takes in slashes, as the contents of a repository do; every other variable is one segment. */
export function parseTemplate(template: string): PathTemplate {
  const names: string[] = [];
  const pattern = template.replace(/[.*+?^$()|[\]\\]|\{(\w+)\}/g, (part, name: string | undefined) => {
    if (name === undefined) return `\\${part}`;
    names.push(name);
    return name === 'path' ? '(.+)' : '([^/]+)';
  });
  const expression = new RegExp(`^${pattern}$`);
  return {
    variables: names.length,
    match(path) {
      const values = expression.exec(path)?.slice(1);
      return values && Object.fromEntries(names.map((name, i) => [name, decoded(values[i]!)]));
    },
  };
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
