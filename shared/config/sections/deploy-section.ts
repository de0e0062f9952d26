import { z } from 'zod';
import { wordings } from '../messages/wording.ts';

/** What a version is put into: its release, a server to run anywhere, a static site. */
const targetNames = ['release', 'server', 'pages'] as const;

export const deploySchema = z.strictObject({
  environment: z
    .string()
    .regex(/^[a-z][a-z0-9-]*$/)
    .register(wordings, {
      noun: 'an environment',
      allowed: 'lower-case letters, digits and dashes, starting with a letter',
    })
    .default('production')
    .meta({ description: 'The environment on GitHub, and the stage in the tags of versions.' }),
  targets: z
    .array(z.enum(targetNames).register(wordings, { noun: 'a target' }))
    .default(['release', 'server'])
    .meta({
      description:
        'What a version is made into: its release (always), a self-contained folder with an HTTP server, a static site for GitHub Pages.',
    }),
});
