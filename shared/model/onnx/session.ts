import { ConfigurationError, IntegrityError, messageOf } from '../../platform/errors.ts';
import type { OnnxRuntime, RuntimeSession } from './runtime.ts';

/**
 * One thread, and what was decided once: so that the same rows give the same bytes. The further levels of optimisation
 * choose by the machine's processor.
 */
const options = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'basic',
  // Fatal only: what is wrong comes as an error, and the console is not the runtime's.
  logSeverityLevel: 4,
} as const;

/**
 * Starts a model whose file was checked.
 *
 * @throws IntegrityError when the runtime does not know its operators, or it is none.
 */
export async function startSession(
  { InferenceSession, env }: OnnxRuntime,
  bytes: Uint8Array,
): Promise<RuntimeSession> {
  try {
    return await InferenceSession.create(bytes, options);
  } catch (error) {
    const version = env.versions.node ?? 'of an unknown version';
    throw new IntegrityError(`model.onnx: ${reasonOf(messageOf(error), `onnxruntime-node ${version}`)}`, {
      cause: error,
    });
  }
}

/** The runtime's own words, where they are those of versions, in ours. */
function reasonOf(message: string, runtime: string): string {
  const opset = /Opset (\d+) is under development.*support for domain (\S+) is till opset (\d+)/s.exec(
    message,
  );
  if (opset) {
    const [, asked, domain, known] = opset;
    return `it needs opset ${asked} of ${domain}, and ${runtime} knows ${known}: convert the model for opset ${known} (target_opset), or install a newer onnxruntime-node`;
  }
  const format = /Unsupported model IR version: (\d+), max supported IR version: (\d+)/.exec(message);
  if (format) {
    const [, asked, known] = format;
    return `it has IR version ${asked}, and ${runtime} knows ${known}: set model.ir_version to ${known}, or install a newer onnxruntime-node`;
  }
  const operator = /(\S+) is not a registered function\/op/.exec(message);
  if (operator) {
    return `it uses the operator ${operator[1]!.replace(/\(.*$/, '')}, which ${runtime} does not have: convert the model without custom operators`;
  }
  const typed = /Could not find an implementation for (\w+)\(\d+\)/.exec(message);
  if (typed) {
    return `${runtime} has no ${typed[1]} for numbers of the type that the model gives it: convert with float inputs in place of double ones, or without that step`;
  }
  return `${runtime} refuses it: ${firstLine(message)}`;
}

/** Without the place in the runtime's own sources, which tells a user nothing. */
function firstLine(message: string): string {
  return message.replace(/^\/\S+:\d+ [^\n]*?\) (?=[A-Z])/, '').split('\n')[0]!;
}

/** Errors while a model runs. */
export function runFailure(error: unknown): ConfigurationError {
  return new ConfigurationError(
    `model.onnx: it cannot be run on these rows: ${firstLine(messageOf(error))}`,
    {
      cause: error,
    },
  );
}
