/** What a run of the bundler made. */
export interface GraphiqlBundle {
  outdir: string;
  assets: string[];
  bytes: number;
  gzipBytes: number;
  milliseconds: number;
}

/** Bundles the GraphiQL page into `outdir` (`dist/gateway/graphiql` under `root` unless given). */
export function bundleGraphiql(options: { root: string; outdir?: string }): Promise<GraphiqlBundle>;
