import { describeBranches } from '../testing/branch-contract.ts';
import { openRetrainScene } from '../testing/github-scene.ts';
import { describeIssues } from '../testing/issue-contract.ts';
import { describeProposals } from '../testing/proposal-contract.ts';

describeBranches('GitHub', openRetrainScene);
describeProposals('GitHub', openRetrainScene);
describeIssues('GitHub', openRetrainScene);
