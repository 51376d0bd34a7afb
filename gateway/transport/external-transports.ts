import { externalKey } from '../../subgraphs/kit/caller/gateway-signature.ts';
import type { GraphRelease } from '../../subgraphs/kit/catalog-port.ts';
import { StartupProblem } from '../../subgraphs/kit/codes/startup-problem.ts';
import { HttpTransport } from './http-transport.ts';
import type { SubgraphErrorListener } from './in-process-transport.ts';
import type { SubgraphTransport } from './subgraph-transport.ts';

export interface ExternalTransportOptions {
  readonly signatureKey: Buffer;
  readonly timeoutMilliseconds: number;
  readonly onSubgraphError: SubgraphErrorListener;
  readonly wrapExternal?: ((transport: SubgraphTransport, sdl: string) => SubgraphTransport) | undefined;
}

/** Where transports of departments' own subgraphs lead to. */
const addresses = new WeakMap<SubgraphTransport, string>();

/**
 * How each of the contracts is reached: as before where it was reached already, over HTTP where it is a department's
 * own that joins.
 *
 * @throws StartupProblem that names what cannot be reached at all.
 */
export function transportsFor(
  contracts: GraphRelease['contracts'],
  options: ExternalTransportOptions,
  known: readonly SubgraphTransport[],
): SubgraphTransport[] {
  const { onSubgraphError, signatureKey, timeoutMilliseconds, wrapExternal } = options;
  const own = new Map(known.map((transport) => [transport.subgraph, transport]));
  // What this process runs itself stays reachable for the versions to come.
  const kept = known.filter((transport) => !addresses.has(transport));
  const joining = contracts.flatMap(({ name, sdl, url }) => {
    const before = own.get(name);
    if (before !== undefined && (url === null || addresses.get(before) === url)) {
      return addresses.has(before) ? [before] : [];
    }
    if (url === null) {
      throw new StartupProblem(
        `本枢纽没有子图 ${name}：请以包含它的代码启动。`,
        `This hub has no subgraph ${name}: start code that has it.`,
      );
    }
    const transport = new HttpTransport({
      subgraph: name,
      url,
      signatureKey: externalKey(signatureKey, name),
      timeoutMilliseconds,
      onError: onSubgraphError,
    });
    const wrapped = wrapExternal?.(transport, sdl) ?? transport;
    addresses.set(wrapped, url);
    return [wrapped];
  });
  return [...kept, ...joining].sort((a, b) => (a.subgraph < b.subgraph ? -1 : 1));
}
