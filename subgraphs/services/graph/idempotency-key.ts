import type { builder } from './builder.ts';

type InputFields = Parameters<Parameters<typeof builder.inputType>[1]['fields']>[0];

/** The key that every mutation's input carries. */
export function idempotencyKey(t: InputFields) {
  return t.string({
    required: true,
    description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
  });
}
