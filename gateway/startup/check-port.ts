import { createServer } from 'node:net';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';

interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Makes sure that the port can be had, before anything else is touched: a second `npm start` must not disturb the first.
 *
 * @throws StartupProblem when it is taken, or this user or machine may not listen there.
 */
export async function checkPort(address: Address): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      probe.once('error', reject);
      probe.listen({ ...address, exclusive: true }, resolve);
    });
  } catch (error) {
    throw listenProblem(address, error);
  }
  await new Promise((resolve) => probe.close(resolve));
}

/** Why nothing can listen at an address, and what to do. */
export function listenProblem({ host, port }: Address, error: unknown): StartupProblem {
  const code = (error as { code?: unknown } | null)?.code;
  if (code === 'EADDRINUSE') {
    return new StartupProblem(
      `端口 ${port} 已被占用：请停止占用它的程序，或用 --port 另选端口（0 为任选）。`,
      `Port ${port} is taken: stop the program that uses it, or choose another with --port (0 takes any).`,
      { cause: error },
    );
  }
  if (code === 'EACCES') {
    return new StartupProblem(
      `当前用户无权监听端口 ${port}：请用 --port 选择 1024 以上的端口。`,
      `This user may not listen on port ${port}: choose one above 1023 with --port.`,
      { cause: error },
    );
  }
  return new StartupProblem(
    `无法监听 ${host}:${port}（${String(code)}）：请检查 --host 和 --port。`,
    `Cannot listen on ${host}:${port} (${String(code)}): check --host and --port.`,
    { cause: error },
  );
}
