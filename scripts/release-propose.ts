/**
 * Pushes the branch of the version pull request: `node scripts/release-propose.ts --patch <file> --version 1.2.3`.
 * It needs only Node and git, so that the job with the right to push installs nothing.
 */
import { parseArgs } from 'node:util';
import { proposalBranch, proposeVersion } from './release-proposal.ts';

const { values } = parseArgs({
  options: { patch: { type: 'string', default: '' }, version: { type: 'string', default: '' } },
});

const commit = await proposeVersion({ repository: '.', patch: values.patch, version: values.version });
console.log(`v${values.version} is proposed by ${proposalBranch}, ${commit}`);
