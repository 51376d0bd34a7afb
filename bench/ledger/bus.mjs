import { spawn, spawnSync } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { productRequire } from '../servers/product-require.mjs';

const ROOT = new URL('../..', import.meta.url).pathname;
const STREAM = 'YIYUN_CHANGES';

/** Debian puts servers where not every path looks. */
export const natsServer = ['nats-server', '/usr/sbin/nats-server'].find(
  (program) => spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0,
);

/**
 * A nats-server with JetStream and a relay that feeds it, each of which may be killed and is started again.
 *
 * @param {{ data: string, url: string, port: number }} city data folder and address of the hub, port for the server
 */
export async function startBus({ data, url, port }) {
  const address = `nats://127.0.0.1:${port}`;
  const serve = () =>
    spawn(natsServer ?? '', ['-a', '127.0.0.1', '-p', String(port), '-js', '-sd', join(data, 'nats')], {
      stdio: 'ignore',
    });
  const relay = () =>
    spawn(process.execPath, ['yiyun.mjs', 'relay-command', '--url', url, '--nats', address, '--data-dir', data], {
      cwd: ROOT,
      env: { ...process.env, YIYUN_LOG_LEVEL: 'error' },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
  let server = serve();
  await untilListening(port);
  let relaying = relay();
  return {
    async killServer() {
      const gone = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGKILL');
      await gone;
      server = serve();
      await untilListening(port);
    },
    killRelay() {
      relaying.kill('SIGKILL');
      relaying = relay();
    },
    /** Message ids of all that the stream holds, in its order. @returns {Promise<string[]>} */
    async read() {
      const { connect: open } = productRequire('@nats-io/transport-node');
      const { jetstream, jetstreamManager } = productRequire('@nats-io/jetstream');
      const connection = await open({ servers: address });
      try {
        const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
        const found = [];
        if (state.messages === 0) return found;
        const consumer = await jetstream(connection).consumers.get(STREAM);
        while (found.length < state.messages) {
          for await (const message of await consumer.fetch({ max_messages: 5_000, expires: 5_000 })) {
            found.push(message.headers?.get('Nats-Msg-Id') ?? '');
            if (message.info.pending === 0) break;
          }
        }
        return found;
      } finally {
        await connection.close();
      }
    },
    stop() {
      relaying.kill('SIGKILL');
      server.kill('SIGKILL');
    },
  };
}

/** @param {number} port */
async function untilListening(port) {
  for (let tries = 0; tries < 600; tries++) {
    const isThere = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.once('data', () => {
        socket.destroy();
        resolve(true);
      });
      socket.once('error', () => resolve(false));
    });
    if (isThere) return;
    await delay(50);
  }
  throw new Error('nats-server does not answer');
}
