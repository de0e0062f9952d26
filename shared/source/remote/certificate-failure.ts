import { ConfigurationError } from '../../platform/errors.ts';

/** Codes of OpenSSL and Node for certificates that nobody vouches for, or that are of another host or time, and for what is no TLS. */
const certificate = /^(.*CERT.*|UNABLE_TO_.*|ERR_TLS_.*|ERR_SSL_.*|HOSTNAME_MISMATCH|EPROTO)$/;

/** How a certificate is made known that an authority of one's own has signed. */
const remedy = 'A certificate of your own authority is known by NODE_EXTRA_CA_CERTS=<file>';

/** What is wrong with TLS, and what there is to do: trying again does not mend it. @returns undefined where TLS is not what is wrong. */
export function certificateWords(error: unknown): string | undefined {
  const cause = error instanceof Error ? error.cause : undefined;
  for (const one of [error, cause]) {
    if (!(one instanceof Error)) continue;
    const code = String(Reflect.get(one, 'code') ?? '');
    if (!certificate.test(code)) continue;
    // Node adds an option of its own to some.
    const said = one.message.split('\n')[0]!.replace(/; if the root CA is installed locally.*$/, '');
    return `TLS fails (${code}: ${said}); is it the port of TLS, and the name that the certificate has? ${remedy}`;
  }
  return undefined;
}

/** @param place what messages call the server. */
export function certificateFailure(error: unknown, place: string): ConfigurationError | undefined {
  const words = certificateWords(error);
  return words === undefined ? undefined : new ConfigurationError(`cannot ask ${place}: ${words}`);
}
