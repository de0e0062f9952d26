import { access } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { duckdbOptionalPackage } from '../actions/entry/duckdb-optional-package.ts';
import { installOptionalPackage } from '../actions/entry/optional-package.ts';
import { silentLogger } from '../shared/platform/logger.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder that @duckdb/node-api is resolved from. */
    duckdb: string;
  }
}

/**
 * Installs @duckdb/node-api, by what installs it in a job, into a temporary folder that later runs find again; or takes the
 * folder that CICLO_DUCKDB names. It is not in package.json: it has 70 MB.
 */
export default async function setup(project: TestProject): Promise<void> {
  const given = process.env.CICLO_DUCKDB;
  if (given !== undefined) await access(path.join(given, 'node_modules/@duckdb/node-api'));
  const ports = { logger: silentLogger, environment: process.env };
  project.provide('duckdb', given ?? (await installOptionalPackage(duckdbOptionalPackage, ports)));
}
