/**
 * Where the actions and reusable workflows are, and the version that what `ciclo init` writes names: the only place. It is the
 * tag that moves with every release of a major version.
 */
export const publishedActions = { repository: 'ciclo-ml/ciclo', ref: 'v1' } as const;

/**
 * The published actions and workflows at that version: `ciclo-ml/ciclo@v1`.
 *
 * @internal for tests, which take its place
 */
export const publishedRelease = `${publishedActions.repository}@${publishedActions.ref}`;

/** What a job `uses` to call a reusable workflow: `ciclo-ml/ciclo/.github/workflows/gate.yml@v1`. */
export function reusableWorkflow(name: string): string {
  return `${publishedActions.repository}/.github/workflows/${name}.yml@${publishedActions.ref}`;
}

/** The schema of ciclo.yml, for editors; the release tree holds it. */
export const publishedSchema = `https://raw.githubusercontent.com/${publishedActions.repository}/${publishedActions.ref}/ciclo.schema.json`;

/** A page of the documentation, which the release tree does not hold. @param file from docs/, such as `guides/monitoring.md`. */
export function publishedGuide(file: string): string {
  return `https://github.com/${publishedActions.repository}/blob/main/docs/${file}`;
}
