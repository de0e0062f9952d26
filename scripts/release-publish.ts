/**
 * Publishes a release tree: `node scripts/release-publish.ts --tree <folder> --version 1.2.3 --source <commit>`.
 * It needs only Node and git, so that the job with the right to push installs nothing.
 */
import { parseArgs } from 'node:util';
import { publishRelease } from './release-line.ts';

const { values } = parseArgs({
  options: {
    tree: { type: 'string', default: 'release' },
    version: { type: 'string', default: '' },
    source: { type: 'string', default: '' },
  },
});

const { tree, version, source } = values;
const { commit, created, moved } = await publishRelease({ repository: '.', tree, version, source });
console.log(
  `v${version} is ${commit}${created ? '' : ', as before'}${moved ? '' : '; a newer version keeps the major tag'}`,
);
