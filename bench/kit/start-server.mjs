import { spawn } from 'node:child_process';

/** @typedef {{ name: string, pid: number, url: string, stop: () => Promise<void> }} Server */

/**
 * Starts a server that says `READY <url>` (or, as the hub does, prints its address) when it answers.
 *
 * @param {string} name @param {string} program @param {readonly string[]} args @param {Record<string, string>} env @param {(text: string) => void} [onOutput]
 * @returns {Promise<Server & { output: string }>}
 */
export async function startServer(name, program, args, env, onOutput) {
  const child = spawn(program, args, {
    cwd: new URL('../..', import.meta.url).pathname,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = new Promise((resolve) => child.once('exit', resolve));
  let output = '';
  /** @type {string} */
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => {
      onOutput?.(String(chunk));
      // What it says once it is ready is of no interest, but must be read.
      if (output.length > 100_000) return;
      output += chunk;
      const found = /(?:READY |Yiyun subgraph \w+ |^\s*)(http:\/\/\S+\/graphql)$/m.exec(output)?.[1];
      if (found !== undefined) resolve(found);
    });
    exited.then(() => reject(new Error(`${name} ended before it was ready:\n${output}`)));
  });
  const { pid = 0 } = child;
  const stop = async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await exited;
    clearTimeout(timer);
  };
  return { name, pid, url, output, stop };
}
