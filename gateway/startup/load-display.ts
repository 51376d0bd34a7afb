import type { WriteStream } from 'node:tty';
import type { LoadPhase, LoadProgress } from '../../prisma/seed/loading/load-progress.ts';

/** Shows how far a load has come. */
export interface LoadDisplay {
  show(progress: LoadProgress): void;
  finish(): void;
}

const BAR_WIDTH = 30;
/** Without a terminal each line stays, so there are only a few. */
const PLAIN_STEP_PERCENT = 10;

const PHASES: Readonly<Record<LoadPhase, string>> = {
  ROWS: '写入数据 rows',
  INDEXES: '建立索引 indexes',
  FIGURES: '汇总指标 figures',
  STATISTICS: '收集统计 statistics',
};

/** A bar on a terminal; plain lines in a file or a container's log. */
export function createLoadDisplay(stream: Pick<WriteStream, 'write'> & { isTTY?: boolean }): LoadDisplay {
  let shown = -PLAIN_STEP_PERCENT;
  let last = '';
  return {
    show({ phase, rows, expectedRows, share, secondsLeft }) {
      const percent = Math.min(100, Math.floor(share * 100));
      const counts = `${rows.toLocaleString('en-US')} / ${expectedRows.toLocaleString('en-US')} 行 rows`;
      const left = secondsLeft === undefined ? '' : `，剩余 left ${clockTime(secondsLeft)}`;
      const text = `${PHASES[phase]}：${counts}${left}`;
      if (stream.isTTY) {
        const filled = Math.round((percent * BAR_WIDTH) / 100);
        const line = `[${'#'.repeat(filled)}${'-'.repeat(BAR_WIDTH - filled)}] ${String(percent).padStart(3)} % ${text}`;
        stream.write(`\r${line}${' '.repeat(Math.max(0, last.length - line.length))}`);
        last = line;
      } else if (percent >= shown + PLAIN_STEP_PERCENT) {
        shown = percent - (percent % PLAIN_STEP_PERCENT);
        stream.write(`装载 loading ${percent} % ${text}\n`);
      }
    },
    finish() {
      if (stream.isTTY && last !== '') stream.write('\n');
    },
  };
}

/** Minutes and seconds. */
function clockTime(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}
