import { appendFileSync } from 'node:fs';

const { env } = process;
if (env.CICLO_ATTESTED === 'fail') {
  process.stdout.write('attestations are not to be had here\n');
  process.exit(1);
}
const inputs = ['SUBJECT-NAME', 'SUBJECT-DIGEST', 'SHOW-SUMMARY'].map((name) => env[`INPUT_${name}`]);
appendFileSync(env.CICLO_ATTESTED, `${inputs.join(' ')}\n`);
appendFileSync(env.GITHUB_OUTPUT, 'attestation-url=https://github.example/attestations/1\n');
