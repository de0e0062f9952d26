import { appendFileSync } from 'node:fs';

appendFileSync(process.env.GITHUB_OUTPUT, 'page_url=https://acme.example/fuel/\n');
process.stdout.write('published at https://acme.example/fuel/\n');
