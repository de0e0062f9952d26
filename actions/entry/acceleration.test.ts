import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { ConfigurationError } from '../../shared/platform/errors.ts';
import type { Logger } from '../../shared/platform/logger.ts';
import { housesFolder } from '../testing/houses.ts';
import { quietPorts } from '../testing/pipeline-folder.ts';
import { acceleratedPorts, nativeTensorFlow } from './acceleration.ts';
import { startRegistry } from './testing/package-registry.ts';

/** The ports of a step on a pipeline with that backend, and what they warn of. */
async function portsFor(backend: string, accelerate: 'tfjs-node' | undefined, environment = {}) {
  await using folder = await housesFolder({ train: { backend } });
  const { config } = (await folder.pipeline()).loaded;
  const warnings: string[] = [];
  const { logger: quiet, ...rest } = quietPorts();
  const logger: Logger = { ...quiet, warn: (message) => warnings.push(message) };
  return { ports: acceleratedPorts(accelerate, config, { ...rest, logger, environment }), warnings };
}

describe('accelerate: tfjs-node', () => {
  test('installs the package when a training begins, and not before', async () => {
    const { name, version } = nativeTensorFlow;
    await using registry = await startRegistry([{ manifest: { name, version } }]);
    const { ports, warnings } = await portsFor('node', 'tfjs-node', registry.environment);
    expect(registry.requests).toEqual([]);
    const { native } = await ports.engineFiles!();
    const installed = await readFile(`${native}/node_modules/${name}/package.json`, 'utf8');
    expect(JSON.parse(installed)).toMatchObject({ name, version });
    expect(warnings).toEqual([]);
  });

  test('says what is needed where it cannot be had', async () => {
    await using registry = await startRegistry([]);
    const { ports } = await portsFor('node', 'tfjs-node', registry.environment);
    const installing = ports.engineFiles!();
    await expect(installing).rejects.toThrow(ConfigurationError);
    await expect(installing).rejects.toThrow(
      /^accelerate: cannot install @tensorflow\/tfjs-node 4\.22\.0[\s\S]*E404[\s\S]*storage\.googleapis\.com[\s\S]*train\.backend in ciclo\.yml to kernel/,
    );
  });

  test('installs nothing for a backend that does not use it, and says so', async () => {
    const { ports, warnings } = await portsFor('kernel', 'tfjs-node');
    expect(ports.engineFiles).toBeUndefined();
    expect(warnings).toEqual([
      'accelerate: tfjs-node is not installed: train.backend in ciclo.yml is kernel, which does not use it; leave accelerate out, or set train.backend to node',
    ]);
  });

  test('left out, leaves the backend to what the workspace has', async () => {
    const { ports, warnings } = await portsFor('node', undefined);
    expect(ports.engineFiles).toBeUndefined();
    expect(warnings).toEqual([]);
  });

  test('installs the version that the tests of the native backend run on', async () => {
    const lock = JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')) as {
      packages: Record<string, { version: string }>;
    };
    expect(nativeTensorFlow.version).toBe(lock.packages[`node_modules/${nativeTensorFlow.name}`]!.version);
  });
});
