import { readFileSync } from 'node:fs';

/**
 * What a heap snapshot of V8 holds, by kind of node and name of constructor, the heaviest first.
 *
 * @param {string} file @param {number} [most]
 */
export function heapSummary(file, most = 25) {
  const { nodes, strings, snapshot } = JSON.parse(readFileSync(file, 'utf8'));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [type, name, size] = ['type', 'name', 'self_size'].map((field) => fields.indexOf(field));
  /** @type {Map<string, { count: number, bytes: number }>} */
  const groups = new Map();
  let bytes = 0;
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + type]];
    // Texts, code and hidden parts have names of their own each; they are one group a kind.
    const group = kind === 'object' ? strings[nodes[at + name]].split(' ', 1)[0] : `(${kind})`;
    const known = groups.get(group) ?? { count: 0, bytes: 0 };
    known.count += 1;
    known.bytes += nodes[at + size];
    bytes += nodes[at + size];
    groups.set(group, known);
  }
  const heaviest = [...groups].sort(([, a], [, b]) => b.bytes - a.bytes).slice(0, most);
  return { bytes, groups: heaviest.map(([group, { count, bytes: own }]) => ({ group, count, bytes: own })) };
}
