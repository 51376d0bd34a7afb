import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bundleConsole } from '../../console/bundle.mjs';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';

/** The console as it is built, built anew only when a source is younger. Returns its folder. */
export async function builtConsole(): Promise<string> {
  const outdir = join(projectRoot, 'dist', 'console');
  const built = statSync(join(outdir, 'index.html'), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = join(projectRoot, 'console');
  const newest = Math.max(
    ...readdirSync(sources, { recursive: true }).map((file) => statSync(join(sources, String(file))).mtimeMs),
  );
  if (newest > built) await bundleConsole({ root: projectRoot, outdir });
  return outdir;
}
