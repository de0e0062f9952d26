import { z } from 'zod';

const payloadSchema = z.object({
  repository: z.object({ private: z.boolean().optional(), visibility: z.string().optional() }).optional(),
});

/**
 * Whether anybody may read the run's repository; so it is taken where the event does not say.
 *
 * @param payload of the event.
 */
export function isPublic(payload: unknown): boolean {
  const { repository } = payloadSchema.safeParse(payload).data ?? {};
  if (repository?.visibility !== undefined) return repository.visibility === 'public';
  return repository?.private !== true;
}
