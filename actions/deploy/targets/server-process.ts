import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { messageOf } from '../../../shared/platform/errors.ts';
import { namedRecord } from '../../../shared/platform/named-record.ts';
import type { SmokeExample } from '../../../shared/release/bundle/smoke.ts';

/** Milliseconds for the server to start and to answer, each. */
const patience = 20_000;

export type ServerAnswers =
  | { readonly answers: readonly SmokeExample['prediction'][] }
  | { readonly failure: string };

/**
 * Starts the server of a folder on a free port, as its users would, asks it, and stops it again.
 *
 * @param modules a folder of packages that it finds beside those of its own folder.
 * @param timeOut asked for once when the server starts and once when it is asked: ends the wait.
 */
export async function askServer(
  folder: string,
  records: readonly SmokeExample['record'][],
  {
    timeOut = () => AbortSignal.timeout(patience),
    modules,
  }: { readonly timeOut?: () => AbortSignal; readonly modules?: string } = {},
): Promise<ServerAnswers> {
  const server = spawn(process.execPath, ['server.mjs', '--host', '127.0.0.1', '--port', '0'], {
    cwd: folder,
    env: modules === undefined ? {} : { NODE_PATH: modules },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(server, 'close');
  try {
    const url = await addressOf(server, timeOut());
    return { answers: await predictions(url, records, timeOut()) };
  } catch (error) {
    return { failure: messageOf(error) };
  } finally {
    server.kill('SIGKILL');
    await ended;
  }
}

/** The line by which the server says that it serves. */
const serving = z.object({ message: z.literal('serving'), url: z.url() });

/** How many characters of a failing server's output are shown. */
const toldAtMost = 500;

async function addressOf({ stdout, stderr }: ChildProcess, late: AbortSignal): Promise<string> {
  let said = '';
  stderr!.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, toldAtMost);
  });
  const lines = createInterface({ input: stdout!, signal: late });
  for await (const line of lines) {
    const parsed = serving.safeParse(asJson(line));
    if (parsed.success) {
      stdout!.resume();
      return parsed.data.url;
    }
  }
  const why = said.trim() === '' ? '' : `: ${said.trim()}`;
  throw new Error(
    late.aborted
      ? `the server did not start within ${patience / 1000} seconds${why}`
      : `the server ended before it served${why}`,
  );
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined; // a line for people
  }
}

const body = z.object({
  predictions: z.array(z.union([z.number(), z.string(), z.null()])),
  probabilities: z.array(namedRecord(z.number())).optional(),
});

async function predictions(
  url: string,
  records: readonly SmokeExample['record'][],
  late: AbortSignal,
): Promise<SmokeExample['prediction'][]> {
  const { ok, status, text } = await post(`${url}/predict`, JSON.stringify(records), late).catch(
    (error: unknown) => {
      if (!late.aborted) throw error;
      throw new Error(`the server did not answer within ${patience / 1000} seconds`, { cause: error });
    },
  );
  if (!ok) throw new Error(`the server answered ${status}: ${text.slice(0, toldAtMost)}`);
  const answer = body.parse(JSON.parse(text));
  return answer.predictions.map((prediction, i) =>
    answer.probabilities
      ? { label: String(prediction), probabilities: answer.probabilities[i] ?? {} }
      : { value: typeof prediction === 'number' ? prediction : Number.NaN },
  );
}

async function post(
  url: string,
  json: string,
  signal: AbortSignal,
): Promise<{ readonly ok: boolean; readonly status: number; readonly text: string }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: json, signal });
  return { ok: response.ok, status: response.status, text: await response.text() };
}
