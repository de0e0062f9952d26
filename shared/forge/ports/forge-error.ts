/** Why the code host did not do what was asked. */
export class ForgeError extends Error {
  override name = 'ForgeError';
  /** HTTP status; undefined when no answer came. */
  readonly status: number | undefined;

  constructor(message: string, status: number | undefined, options?: ErrorOptions) {
    super(message, options);
    this.status = status;
  }
}

/** The token may not do this; the message names the permission and the line that grants it. */
export class MissingPermissionError extends ForgeError {
  override name = 'MissingPermissionError';
  /** As a workflow writes it: `pull-requests: write`. */
  readonly permission: string;

  constructor(message: string, permission: string, options?: ErrorOptions) {
    super(message, 403, options);
    this.permission = permission;
  }
}

/** There is one of that name already: a race that is lost, or something done before. Look at what is there. */
export class AlreadyExistsError extends ForgeError {
  override name = 'AlreadyExistsError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, 422, options);
  }
}

/** A branch is not where it was expected: somebody else moved it. Read it again before anything else. */
export class BranchMovedError extends ForgeError {
  override name = 'BranchMovedError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, 409, options);
  }
}

/** GitHub does not let this token name a commit whose workflow files differ from those on the default branch. */
export class WorkflowsDifferError extends ForgeError {
  override name = 'WorkflowsDifferError';

  constructor(message: string, options?: ErrorOptions) {
    super(message, 403, options);
  }
}

/** The host limits how often this token may ask, for longer than is waited for. */
export class RateLimitedError extends ForgeError {
  override name = 'RateLimitedError';
  /** When it may be asked again, milliseconds since 1970. */
  readonly retryAt: number;

  constructor(
    message: string,
    { status, retryAt }: { status: number; retryAt: number },
    options?: ErrorOptions,
  ) {
    super(message, status, options);
    this.retryAt = retryAt;
  }
}

/** The host may or may not have done what was asked: no answer came, or one of a server that failed. Look first. */
export function isUncertain(error: unknown): error is ForgeError {
  return error instanceof ForgeError && (error.status === undefined || error.status >= 500);
}
