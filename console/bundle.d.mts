export interface ConsoleBundle {
  outdir: string;
  gzipBytes: Record<string, number>;
  milliseconds: number;
}
export function bundleConsole(options: { root: string; outdir?: string }): Promise<ConsoleBundle>;
