/**
 * `owner/name` of a remote on github.com.
 *
 * @example gitHubRepository('git@github.com:acme/fuel.git') // 'acme/fuel'
 */
export function gitHubRepository(remote: string): string | undefined {
  const match =
    /^(?:https?:\/\/(?:[^@/]+@)?|ssh:\/\/git@|git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/.exec(
      remote,
    );
  return match?.[1];
}
