import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';

/** The program of moto (from pip: `moto[server]`): CICLO_MOTO, or on the path. */
const program = process.env.CICLO_MOTO ?? 'moto_server';

/** Whether tests of object storage can run here. Says loudly why not, and throws where they must run (CI is set). */
export function haveS3(): boolean {
  try {
    execFileSync(program, ['--help'], { stdio: 'ignore' });
    return true;
  } catch {
    const reason = `${program} is not installed (pip install 'moto[server]', then on the path or named in CICLO_MOTO): tests of S3 against it do not run`;
    if (process.env.CI) throw new Error(reason);
    process.stderr.write(`\n*** ${reason} ***\n\n`);
    return false;
  }
}

/** Objects to put: by bucket and key. */
export type Objects = Readonly<Record<string, string | Uint8Array>>;

/** moto's emulation of S3, IAM and STS, on a free port of the loopback. */
export interface S3Server extends AsyncDisposable {
  readonly url: string;
  /** Makes a bucket, empty or with objects. Everybody may, as long as nobody's rights are looked at. */
  fill(bucket: string, objects?: Objects): Promise<void>;
  remove(bucket: string, key: string): Promise<void>;
  /** Makes a user with a policy. @returns its keys. */
  user(name: string, policy: object): Promise<{ id: string; secret: string }>;
  /** Looks at rights and signatures from here on. */
  lock(): Promise<void>;
}

/** Starts a server; stopped after `await using`. */
export async function s3Server(): Promise<S3Server> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(program, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  await answering(url, child);
  const send = async (path: string, init: RequestInit, service = 's3'): Promise<string> => {
    // Who does not sign may not change what is there; nobody looks at the signature yet.
    const scope = `x/20260101/us-east-1/${service}/aws4_request`;
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=x`;
    const type = service === 's3' ? 'application/octet-stream' : 'application/x-www-form-urlencoded';
    const headers = { 'content-type': type, authorization };
    const response = await fetch(`${url}${path}`, { headers, ...init });
    const text = await response.text();
    if (!response.ok) throw new Error(`moto answered ${response.status} to ${path}: ${text}`);
    return text;
  };
  const iam = (parameters: Record<string, string>): Promise<string> => {
    const body = new URLSearchParams({ Version: '2010-05-08', ...parameters }).toString();
    return send('/', { method: 'POST', body }, 'iam');
  };
  return {
    url,
    async fill(bucket, objects = {}) {
      await send(`/${bucket}`, { method: 'PUT' });
      for (const [key, body] of Object.entries(objects)) {
        await send(`/${bucket}/${key}`, { method: 'PUT', body: body as BodyInit });
      }
    },
    remove: async (bucket, key) => void (await send(`/${bucket}/${key}`, { method: 'DELETE' })),
    async user(name, policy) {
      await iam({ Action: 'CreateUser', UserName: name });
      await iam({
        Action: 'PutUserPolicy',
        ...{ UserName: name, PolicyName: 'own', PolicyDocument: JSON.stringify(policy) },
      });
      const xml = await iam({ Action: 'CreateAccessKey', UserName: name });
      const value = (element: string): string => new RegExp(`<${element}>(.*?)</${element}>`).exec(xml)![1]!;
      return { id: value('AccessKeyId'), secret: value('SecretAccessKey') };
    },
    lock: async () => void (await send('/moto-api/reset-auth', { method: 'POST', body: '0' })),
    async [Symbol.asyncDispose]() {
      child.kill();
      await once(child, 'exit');
    },
  };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (;;) {
    if (child.exitCode !== null) throw new Error(`moto_server ended with ${child.exitCode}`);
    try {
      await fetch(`${url}/moto-api/data.json`);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
