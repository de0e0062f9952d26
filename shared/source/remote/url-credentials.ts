/** Who asks, where an address says it: https://user:password@host. */
export interface UrlCredentials {
  readonly user?: string;
  readonly password?: string;
}

/** User and password of an address, as they are meant. */
export function credentialsIn({ username, password }: URL): UrlCredentials {
  return {
    ...(username === '' ? {} : { user: decoded(username) }),
    ...(password === '' ? {} : { password: decoded(password) }),
  };
}

/** A part of the address; one with a stray "%" is meant as it stands. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The header's value for user and password. Most servers read it as Latin-1, as RFC 7617 leaves it to them. */
export function basicAuthorization(user: string, password: string): string {
  const text = `${user}:${password}`;
  const latin = [...text].every((character) => character.codePointAt(0)! < 256);
  return `Basic ${Buffer.from(text, latin ? 'latin1' : 'utf8').toString('base64')}`;
}
