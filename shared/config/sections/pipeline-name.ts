import { z } from 'zod';

/** What a pipeline may be called: its name is part of tags, of files and of addresses. */
export const pipelineNamePattern = /^[a-z][a-z0-9-]*$/;

/** The name of a pipeline in a file that Ciclo wrote. */
export const pipelineName = z.string().regex(pipelineNamePattern).max(100);
