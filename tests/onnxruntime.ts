import { access } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { onnxRuntimePackage } from '../actions/entry/onnx-runtime.ts';
import { installOptionalPackage } from '../actions/entry/optional-package.ts';
import { silentLogger } from '../shared/platform/logger.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder that onnxruntime-node is resolved from. */
    onnxruntime: string;
  }
}

/**
 * Installs onnxruntime-node, by what installs it in a job, into a temporary folder that later runs find again; or takes the
 * folder that CICLO_ONNXRUNTIME names. It is not in package.json: it has 290 MB, of which one platform needs 45.
 */
export default async function setup(project: TestProject): Promise<void> {
  const given = process.env.CICLO_ONNXRUNTIME;
  if (given !== undefined) await access(path.join(given, 'node_modules/onnxruntime-node'));
  const ports = { logger: silentLogger, environment: process.env };
  project.provide('onnxruntime', given ?? (await installOptionalPackage(onnxRuntimePackage, ports)));
}
