/** Texts that are remembered of one place in the code; what comes after them is put together anew each time. */
const MOST_TEXTS = 1_000;

/** What one template has made, by its first part, then by its second, and so on. */
interface Made {
  readonly next: Map<string | number, Made>;
  text: string | undefined;
}

interface Remembered extends Made {
  count: number;
}

const byTemplate = new WeakMap<TemplateStringsArray, Remembered>();

/**
 * A statement's text, put together once for each combination of its parts. The same request is made of the same few
 * parts again and again; a text that is the same string each time is neither written nor hashed again when its prepared
 * statement is looked up. Values are bound, never written into it.
 */
export function statementText(template: TemplateStringsArray, ...parts: readonly (string | number)[]): string {
  let known = byTemplate.get(template);
  if (known === undefined) {
    known = { next: new Map(), text: undefined, count: 0 };
    byTemplate.set(template, known);
  }
  let made: Made = known;
  for (const part of parts) {
    let next = made.next.get(part);
    if (next === undefined) {
      if (known.count >= MOST_TEXTS) return put(template, parts);
      next = { next: new Map(), text: undefined };
      made.next.set(part, next);
    }
    made = next;
  }
  if (made.text === undefined) {
    made.text = put(template, parts);
    known.count++;
  }
  return made.text;
}

function put(template: TemplateStringsArray, parts: readonly (string | number)[]): string {
  return template.reduce((text, piece, index) => `${text}${parts[index - 1] ?? ''}${piece}`);
}
