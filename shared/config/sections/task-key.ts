import { z } from 'zod';
import { tasks } from '../../metrics/descriptors/descriptor.ts';
import { wordings } from '../messages/wording.ts';

/** The key `task`. */
export const taskSchema = z
  .enum(tasks)
  .register(wordings, { noun: 'a task' })
  .meta({ description: 'What is predicted: a number, one of two classes, or one of several.' });
