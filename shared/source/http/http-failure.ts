import { ConfigurationError } from '../../platform/errors.ts';

const advice: Readonly<Record<number, string>> = {
  401: 'it does not accept the credentials',
  403: 'it refuses access: the credentials are good for something else',
  404: 'there is nothing at this address: check data.source.url and data.source.query',
  407: 'a proxy wants credentials',
  410: 'what was there is gone: check data.source.url',
};

/** An answer that no retry mends. */
export class HttpRefusal extends ConfigurationError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a status that no retry mends means. @param variables names of environment variables that were used. */
export function refusalOf(
  status: number,
  url: string,
  words: string,
  variables: ReadonlySet<string>,
): HttpRefusal {
  const said = words === '""' ? '' : `, saying ${words}`;
  const what = advice[status] ?? 'check data.source.url and data.source.query';
  return new HttpRefusal(
    status,
    `${url} answered ${status}${said}: ${what}${credentials(status, variables)}`,
  );
}

function credentials(status: number, variables: ReadonlySet<string>): string {
  if (status !== 401 && status !== 403) return '';
  return variables.size > 0
    ? `; check the value of ${[...variables].join(', ')}`
    : '; none are sent: set data.source.headers, as in Authorization: Bearer ${{ env.CICLO_TOKEN }}';
}
