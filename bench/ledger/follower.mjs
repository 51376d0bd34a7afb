/**
 * Follows the change feed into a file, as a relay to another system does: each change is on disk before its cursor is
 * kept, and a follower that is killed goes on from the last cursor that it kept. `node follower.mjs URL TOKEN FILE`
 */
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const [url = '', token = '', file = ''] = process.argv.slice(2);
for (;;) {
  await follow().catch(() => {});
  await delay(100);
}

/** The last whole line's cursor: one that was being written when the follower was killed does not count. */
function lastCursor() {
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').slice(0, -1) : [];
  return lines.at(-1)?.split(' ')[1];
}

async function follow() {
  const target = new URL('/changes', url);
  const response = await fetch(target, {
    headers: { authorization: `Bearer ${token}`, 'last-event-id': lastCursor() ?? 'oldest' },
  });
  if (response.status !== 200 || response.body === null) throw new Error(`status ${response.status}`);
  let text = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const cursor = /^id: (.+)$/m.exec(block)?.[1];
      const data = /^data: (.+)$/m.exec(block)?.[1];
      if (!/^event: change$/m.test(block) || data === undefined) continue;
      appendFileSync(file, `${JSON.parse(data).changeId} ${cursor}\n`);
    }
  }
}
