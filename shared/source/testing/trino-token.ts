import { createHmac } from 'node:crypto';

/** A token of JWT. @param seconds until it expires. @param key Base64, of HMAC with SHA-256. */
export function signedToken(subject: string, seconds: number, key: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const text = `${part({ alg: 'HS256', typ: 'JWT' })}.${part({ sub: subject, exp: Math.round(Date.now() / 1000) + seconds })}`;
  return `${text}.${createHmac('sha256', Buffer.from(key, 'base64')).update(text).digest('base64url')}`;
}
