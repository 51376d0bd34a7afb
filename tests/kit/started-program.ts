import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { builtProgram } from './built-programs.ts';

/** A program that serves, in a process of its own. */
export interface StartedProgram extends AsyncDisposable {
  /** What it printed of itself: where it answers. */
  readonly url: string;
  /** `kill -9`: it cannot tidy up. */
  kill(): Promise<void>;
}

/**
 * Starts a built program as an operator does, with nothing of this process's environment but the path, and resolves when
 * it has printed its address. Rejects with what it wrote when it ends before.
 */
export async function startProgram(
  name: 'main' | 'subgraph',
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<StartedProgram> {
  const child = spawn(process.execPath, [...builtProgram(name), ...args], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH ?? '', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(child, 'close');
  const url = await new Promise<string>((resolve, reject) => {
    let written = '';
    const read = (piece: Buffer) => {
      written += piece.toString();
      const found = /(?:^\s*|Yiyun subgraph \w+ )(http:\/\/\S+\/graphql)$/m.exec(written)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    ended.then(() => reject(new Error(`${name} ended before it answered:\n${written}`)), reject);
  });
  return {
    url,
    kill: () => end(child, 'SIGKILL'),
    [Symbol.asyncDispose]: () => end(child, 'SIGTERM'),
  };
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
