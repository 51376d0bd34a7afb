import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import WebSocket from 'ws';
import { type DemoRole, demoRoles, issueDemoToken } from '../../gateway/identity/demo-clients.ts';
import { openDemoKey } from '../../gateway/identity/demo-keys.ts';
import { DEMO_PURPOSE_HEADERS } from '../../gateway/identity/demo-purpose.ts';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { builtProgram } from './built-programs.ts';
import { TEST_SECRET } from './city-database.ts';

/** The built hub in a process of its own, and what V8's inspector says of its heap. */
export interface InspectedHub extends AsyncDisposable {
  /** The text of the answer. Throws unless the status is 200. */
  ask(role: DemoRole, query: string, variables: Readonly<Record<string, unknown>>): Promise<string>;
  /** Bytes on V8's heap, those that a collection would free included. */
  heapUsed(): Promise<number>;
  collectGarbage(): Promise<void>;
}

/** Starts the hub over a city's database with the given flags of Node. */
export async function startInspectedHub(databaseUrl: string, flags: readonly string[]): Promise<InspectedHub> {
  const folder = mkdtempSync(join(tmpdir(), 'yiyun-inspected-'));
  const args = [...builtProgram('main'), '--port', '0', '--scale', '0.001', '--data-dir', folder];
  const child = spawn(process.execPath, [...flags, '--inspect=127.0.0.1:0', ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', DATABASE_URL: databaseUrl, YIYUN_SECRET: TEST_SECRET.toString('hex') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const dispose = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const { url, inspector } = await readAddresses(child);
    const key = await openDemoKey(folder);
    const tokens = new Map<string, string>();
    for (const role of demoRoles) tokens.set(role, await issueDemoToken(key, role));
    const socket = new WebSocket(inspector, { perMessageDeflate: false });
    await once(socket, 'open');
    const send = inspect(socket);
    const agent = new Agent({ keepAlive: true });
    return {
      async ask(role, query, variables) {
        const headers = { authorization: `Bearer ${tokens.get(role)}`, ...DEMO_PURPOSE_HEADERS };
        const { status, text } = await post(agent, url, headers, JSON.stringify({ query, variables }));
        if (status !== 200) throw new Error(`${status} ${text}`);
        return text;
      },
      heapUsed: async () => (await send('Runtime.getHeapUsage')).usedSize as number, // of the inspector's protocol
      collectGarbage: async () => void (await send('HeapProfiler.collectGarbage')),
      [Symbol.asyncDispose]: async () => {
        agent.destroy();
        // A process that ends waits for whoever inspects it.
        socket.terminate();
        await dispose();
      },
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function readAddresses(child: ChildProcess): Promise<{ readonly url: string; readonly inspector: string }> {
  let written = '';
  return new Promise((resolve, reject) => {
    const read = (piece: Buffer) => {
      written += piece.toString();
      const url = /^\s*(http:\/\/\S+\/graphql)$/m.exec(written)?.[1];
      const inspector = /Debugger listening on (ws:\/\/\S+)/.exec(written)?.[1];
      if (url !== undefined && inspector !== undefined) resolve({ url, inspector });
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    once(child, 'close').then(() => reject(new Error(`the hub ended before it answered:\n${written}`)), reject);
  });
}

/** Sends requests of the inspector's protocol, one after another. */
function inspect(socket: WebSocket): (method: string) => Promise<Readonly<Record<string, unknown>>> {
  let id = 0;
  return async (method) => {
    id += 1;
    const answered = once(socket, 'message');
    socket.send(JSON.stringify({ id, method }));
    const [message] = (await answered) as [Buffer];
    const { result } = JSON.parse(message.toString()) as { readonly result?: Readonly<Record<string, unknown>> };
    if (result === undefined) throw new Error(`${method}: ${message.toString()}`);
    return result;
  };
}

function post(agent: Agent, url: string, headers: Readonly<Record<string, string>>, body: string) {
  return new Promise<{ readonly status: number | undefined; readonly text: string }>((resolve, reject) => {
    const length = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { agent, method: 'POST', headers: { ...length, ...headers } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
