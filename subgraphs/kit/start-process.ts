import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBundled } from './is-bundled.ts';
import { projectRoot } from './project-root.ts';

/**
 * Starts a program in a process of its own, from the bundle where the caller runs from it, else from the sources. It
 * reads its standard input, and is spoken with by messages; what it prints as errors is printed here.
 *
 * @param program path below the project, without extension; the bundle has it by `BESIDE` of `gateway/bundle.mjs`.
 * @param flags for Node.
 */
export function startProcess(program: string, flags: readonly string[]): ChildProcess {
  const [path, reader]: [string, string[]] = isBundled
    ? [join(projectRoot, 'dist', `${program}.js`), []]
    : [join(projectRoot, `${program}.ts`), ['--import', tsx]];
  return fork(path, [], {
    // Whoever stops the hub at a terminal lets it end what it has begun.
    detached: true,
    execArgv: [...flags, ...reader],
    serialization: 'advanced',
    stdio: ['pipe', 'ignore', 'inherit', 'ipc'],
  });
}

/** Reads TypeScript; development only. */
const tsx = pathToFileURL(join(projectRoot, 'node_modules', 'tsx', 'dist', 'loader.mjs')).href;
