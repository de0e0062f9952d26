import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type PipelineFolder, quietPorts } from '../../testing/pipeline-folder.ts';
import type { VerifyPorts } from '../verify.ts';

/** A copy of the folder stands for the checkout of a commit. @param files beside configuration, lock and data. */
export function verifyPortsOf(
  folder: PipelineFolder,
  forge: VerifyPorts['forge'],
  files: readonly string[] = [],
): VerifyPorts {
  return {
    ...quietPorts(),
    forge,
    async checkout() {
      const place = await mkdtemp(path.join(tmpdir(), 'ciclo-verified-'));
      for (const file of ['ciclo.yml', 'ciclo.lock', 'data', ...files]) {
        await cp(path.join(folder.path, file), path.join(place, file), { recursive: true });
      }
      return {
        config: path.join(place, 'ciclo.yml'),
        [Symbol.asyncDispose]: () => rm(place, { recursive: true, force: true }),
      };
    },
    attestation: async () => ({ outcome: 'none', detail: 'there is none' }),
  };
}
