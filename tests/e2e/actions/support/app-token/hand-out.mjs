import { appendFileSync } from 'node:fs';

const { env } = process;
if (env['INPUT_PRIVATE-KEY'] === '' || env.CICLO_APP_TOKEN === undefined) {
  process.stdout.write('::error::no private key, or no token to hand out\n');
  process.exit(1);
}
appendFileSync(env.GITHUB_OUTPUT, `token=${env.CICLO_APP_TOKEN}\n`);
