import type { Answer } from './route.ts';

/** Ends a route with GitHub's answer to what it refuses. */
export class Refusal extends Error {
  override name = 'Refusal';
  readonly answer: Answer;

  constructor(
    status: number,
    message: string,
    rest: { readonly errors?: object; headers?: Answer['headers'] } = {},
  ) {
    super(message);
    const { errors, headers } = rest;
    this.answer = {
      status,
      body: {
        message,
        ...(errors ? { errors } : {}),
        documentation_url: documentation,
        ...statusText(status, errors),
      },
      ...(headers ? { headers } : {}),
    };
  }
}

const documentation = 'https://docs.github.com/rest';

/** A validation error has no `status` in GitHub's description, every other error has. */
function statusText(status: number, errors: object | undefined): { status?: string } {
  return errors || status === 422 ? {} : { status: String(status) };
}

export function notFound(): Refusal {
  return new Refusal(404, 'Not Found');
}

/** 422 about one field of what was sent. */
export function validationFailed(resource: string, field: string, message: string): Refusal {
  return new Refusal(422, 'Validation Failed', {
    errors: [{ resource, code: 'unprocessable', field, message }],
  });
}
