import { duckdbPackage, duckdbVersion } from '../../shared/source/duckdb/duckdb-package.ts';
import type { OptionalPackage } from './optional-package.ts';

/** What reads a source of DuckDB. */
export const duckdbOptionalPackage: OptionalPackage = {
  name: duckdbPackage,
  version: duckdbVersion,
  // Its files come in a package for each platform, of which npm takes one.
  scripts: false,
  asked: 'data.source is of type duckdb',
  remedy: `the runner needs npm and its registry; or add ${duckdbPackage} ${duckdbVersion} to the repository's package.json and install it in a step before this one`,
};
