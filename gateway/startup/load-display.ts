import type { WriteStream } from 'node:tty';
import type { LoadProgress } from '../../prisma/seed/loading/load-progress.ts';

/** Shows how far a load has come. */
export interface LoadDisplay {
  show(progress: LoadProgress): void;
  finish(): void;
}

const BAR_WIDTH = 30;
/** Without a terminal each line stays, so there are only a few. */
const PLAIN_STEP_PERCENT = 10;

/** A bar on a terminal; plain lines in a file or a container's log. */
export function createLoadDisplay(stream: Pick<WriteStream, 'write'> & { isTTY?: boolean }): LoadDisplay {
  let shown = -1;
  let last = '';
  return {
    show({ rows, expectedRows }) {
      const percent = expectedRows === 0 ? 100 : Math.min(100, Math.floor((rows * 100) / expectedRows));
      const counts = `${rows.toLocaleString('en-US')} / ${expectedRows.toLocaleString('en-US')} 行 rows`;
      if (stream.isTTY) {
        const filled = Math.round((percent * BAR_WIDTH) / 100);
        const line = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${String(percent).padStart(3)} % ${counts}`;
        stream.write(`\r${line}${' '.repeat(Math.max(0, last.length - line.length))}`);
        last = line;
      } else if (percent === 100 ? shown < 100 : percent >= shown + PLAIN_STEP_PERCENT) {
        shown = percent;
        stream.write(`装载 loading ${percent} % ${counts}\n`);
      }
    },
    finish() {
      if (stream.isTTY && last !== '') stream.write('\n');
    },
  };
}
