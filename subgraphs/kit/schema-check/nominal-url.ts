/** Addresses written into the supergraph for engines of other makers; the hub's own transports know better. */
export function nominalUrl(subgraph: string): string {
  return `http://${subgraph}.yiyun.example/graphql`;
}
