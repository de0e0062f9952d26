import { execFile } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const installed = '/usr/lib/postgresql';

/** A PostgreSQL of its own, in a temporary folder, on a free port of the loopback. */
export interface PostgresServer extends AsyncDisposable {
  /** Address of a user `ciclo` with password `p&ss word`, who owns the database `ciclo`. */
  readonly url: string;
  readonly port: number;
  /** The program that statements are sent by: `psql`. */
  readonly psql: string;
  /** The server goes without taking leave of anybody. */
  stop(): Promise<void>;
  /** So it does, and comes back. */
  restart(): Promise<void>;
  /** What only the owner of the server may do. */
  asOwner(sql: string): Promise<void>;
}

/** The folder of PostgreSQL's programs; undefined where none is installed. */
function postgresPrograms(): string | undefined {
  const versions = existsSync(installed) ? readdirSync(installed).map(Number).filter(Number.isInteger) : [];
  const folders = versions
    .sort((a, b) => b - a)
    .map((version) => path.join(installed, String(version), 'bin'));
  return folders.find((folder) => existsSync(path.join(folder, 'initdb')));
}

/**
 * Whether tests of PostgreSQL can run here. Says loudly why not, and throws where they must run (CI is set).
 */
export function havePostgres(): boolean {
  if (postgresPrograms()) return true;
  const reason = `PostgreSQL is not installed under ${installed} (Debian: apt-get install postgresql): its tests do not run`;
  if (process.env.CI) throw new Error(reason);
  process.stderr.write(`\n*** ${reason} ***\n\n`);
  return false;
}

/** Starts a server; stopped and gone after `await using`. */
export async function postgresServer(): Promise<PostgresServer> {
  const programs = postgresPrograms();
  if (!programs) throw new Error('PostgreSQL is not installed');
  const folder = await mkdtemp(path.join(tmpdir(), 'ciclo-postgres-'));
  const port = await freePort();
  const asOwner = await owner(folder);
  const data = path.join(folder, 'data');
  const command = (program: string, ...args: string[]) => asOwner([path.join(programs, program), ...args]);
  await command(
    'initdb',
    '--pgdata',
    data,
    '--auth-local',
    'trust',
    '--auth-host',
    'scram-sha-256',
    '--encoding',
    'UTF8',
    '--locale',
    'C',
  );
  const settings = `-h 127.0.0.1 -p ${port} -k ${folder} -c fsync=off`;
  const control = (...args: string[]) =>
    command('pg_ctl', '--pgdata', data, '--log', path.join(folder, 'log'), '--wait', ...args);
  await control('--options', settings, 'start');
  const statement = (sql: string, database = 'postgres') =>
    command('psql', '-h', folder, '-p', String(port), '-d', database, '-v', 'ON_ERROR_STOP=1', '-c', sql);
  await statement("CREATE ROLE ciclo LOGIN PASSWORD 'p&ss word'");
  await statement('CREATE DATABASE ciclo OWNER ciclo');
  let stopped: Promise<unknown> | undefined;
  const stop = async (): Promise<void> => {
    stopped ??= control('--mode', 'immediate', 'stop');
    await stopped;
  };
  return {
    port,
    psql: path.join(programs, 'psql'),
    url: `postgres://ciclo:p%26ss%20word@127.0.0.1:${port}/ciclo`,
    stop,
    restart: async () => void (await control('--mode', 'immediate', 'restart')),
    asOwner: async (sql) => void (await statement(sql, 'ciclo')),
    async [Symbol.asyncDispose]() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Runs programs as somebody other than root, whom PostgreSQL refuses. */
async function owner(folder: string): Promise<(command: readonly string[]) => Promise<unknown>> {
  const options = { cwd: folder };
  if (userInfo().uid !== 0) return ([program, ...args]) => run(program!, args, options);
  const { stdout } = await run('id', ['-u', 'postgres']);
  const uid = Number(stdout);
  await chown(folder, uid, uid);
  return ([program, ...args]) => run(program!, args, { ...options, uid, env: { PATH: process.env.PATH } });
}
