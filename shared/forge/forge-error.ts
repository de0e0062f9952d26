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
