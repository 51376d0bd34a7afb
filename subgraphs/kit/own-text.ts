/**
 * The same text in memory of its own. What is cut out of a longer text is kept as a part of it, and keeps all of it: a
 * type's name out of a supergraph weighs three megabytes.
 */
export function ownText(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
