import { duckdbPackage, duckdbVersion } from '../../shared/source/duckdb/duckdb-package.ts';
import type { LockedPackage, OptionalPackage } from './optional-package.ts';

/** Files of DuckDB for one platform, of which npm takes those of this machine. */
const platform = (
  { os, cpu, libc }: { readonly os: string; readonly cpu: string; readonly libc?: string },
  integrity: string,
): LockedPackage => ({
  ...{ version: duckdbVersion, integrity, optional: true, os: [os], cpu: [cpu] },
  ...(libc === undefined ? {} : { libc: [libc] }),
});

const bindings = '@duckdb/node-bindings';

/** As npm's own lock file has them. */
const packages: Readonly<Record<string, LockedPackage>> = {
  [duckdbPackage]: {
    version: duckdbVersion,
    integrity:
      'sha512-yIPol6P4EQmsAUsb27donJf7iADrM31Ei/WkvhkZpSscjhEErYsuF19lsJ/qz5mUWxsKFQpLdjvrlhPQnMTBqw==',
    dependencies: { [bindings]: duckdbVersion },
  },
  [bindings]: {
    version: duckdbVersion,
    integrity:
      'sha512-/pWlTyvKC1d16iSMJCBAPwlmzoeXRs5Y9cqG+TpKd/YAW6Ke05FJg099v/Im2bkS9BgznNyNcAK1NxA1eQhSUw==',
    dependencies: { 'detect-libc': '^2.1.2' },
    optionalDependencies: Object.fromEntries(
      [
        'linux-x64',
        'linux-x64-musl',
        'linux-arm64',
        'linux-arm64-musl',
        'darwin-x64',
        'darwin-arm64',
        'win32-x64',
        'win32-arm64',
      ].map((name) => [`${bindings}-${name}`, duckdbVersion]),
    ),
  },
  'detect-libc': {
    version: '2.1.2',
    integrity:
      'sha512-Btj2BOOO83o3WyH59e8MgXsxEQVcarkUOpEYrubB0urwnN10yQ364rsiByU11nZlqWYZm05i/of7io4mzihBtQ==',
  },
  [`${bindings}-linux-x64`]: platform(
    { os: 'linux', cpu: 'x64', libc: 'glibc' },
    'sha512-IXcrZJE6kEqM0Z4wwdVnGBHX/frOS33VPNAwDXQ/Q+Fs84b058Qe94chrCCIcNJlG8Y3UHIUU4eBeCQxW5mN1Q==',
  ),
  [`${bindings}-linux-x64-musl`]: platform(
    { os: 'linux', cpu: 'x64', libc: 'musl' },
    'sha512-PVzIEZqp7QN07WBgjmIH0cK2GKXR735KmL6wnghTzRnhHWrePxx3MjZB9zZHI8tB73wdF8luarBm4EgqSjGyVA==',
  ),
  [`${bindings}-linux-arm64`]: platform(
    { os: 'linux', cpu: 'arm64', libc: 'glibc' },
    'sha512-3jnUaDil1BrF/6vAZwVaInJ1xoBaWGHB4PDiUnzJWKCo8a8TLx9j7/gPyPl/UGRBftrYIuTihRZSfF4mWMgtWA==',
  ),
  [`${bindings}-linux-arm64-musl`]: platform(
    { os: 'linux', cpu: 'arm64', libc: 'musl' },
    'sha512-j6dcNLWnFvlQyKMtl36HyeDsOaetXFoj0dH21Q9MbLjABNuJs5ekDV6zMSEda/g5+z1Tm6r2KFOS8j3tGUCRiw==',
  ),
  [`${bindings}-darwin-x64`]: platform(
    { os: 'darwin', cpu: 'x64' },
    'sha512-tVwUZNvdQoaPJhrh3q2e6jxm1MhahNHJQK/pvCyco46NX0mEuGzlw9i0n2MArgsyzccdCwScOK9ctbyr+3oMbQ==',
  ),
  [`${bindings}-darwin-arm64`]: platform(
    { os: 'darwin', cpu: 'arm64' },
    'sha512-KFT/J/pyouuAD1jftAIfcWVRdorg+c/yVR/BJL8LJKrST+mYC4d7QSuQ+iXSYbFpHENUAeZUagXrMPtZT8Xzsg==',
  ),
  [`${bindings}-win32-x64`]: platform(
    { os: 'win32', cpu: 'x64' },
    'sha512-5Rpn5WXEG5gY/u7Keh+c4kuwG/LiE31pCP9CoCohv+u0aFensk/yRIQVW/CXuIoITky9xFhdRzaWUtAnGTYxJQ==',
  ),
  [`${bindings}-win32-arm64`]: platform(
    { os: 'win32', cpu: 'arm64' },
    'sha512-nzNTZx9rus5QpuX+KH6UOPNeZp8yF25TxV6DiUly4RKgR5mu6xo8c7a7lS80AqxTJfJ9BwUIiqlCuYKWztRM5A==',
  ),
};

/** What reads a source of DuckDB. */
export const duckdbOptionalPackage: OptionalPackage = {
  name: duckdbPackage,
  version: duckdbVersion,
  scripts: false,
  packages,
  asked: 'data.source is of type duckdb',
  remedy: `the runner needs npm and its registry; or add ${duckdbPackage} ${duckdbVersion} to the repository's package.json and install it in a step before this one`,
};
