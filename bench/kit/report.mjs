import { shapesOfHub } from './stacks.mjs';

/**
 * @typedef {{ cpu: number, postgresCpu: number, throughput: number, p50: number, p99: number }} Row
 * @typedef {{ rows: Record<string, Record<string, Row>>, memory: Record<string, number>, persons: number, rounds: number,
 *   concurrency: number, cold: { p50: number, p99: number, residentMebibytes: number, distinct: number },
 *   compiled: { documents: number, compiled: number, obstacles: string[] } }} Result
 */

/** @param {number} value @param {number} [digits] */
const round = (value, digits = 2) => Number(value.toFixed(digits));

/** The figures by which a release is judged; null for a stack that did not run. @param {Result} result */
export function figuresOf({ rows, cold, compiled }) {
  const ratio = (/** @type {string} */ operation, /** @type {string} */ above, /** @type {string} */ below) => {
    const [a, b] = [rows[operation]?.[above]?.cpu, rows[operation]?.[below]?.cpu];
    return a === undefined || b === undefined ? null : round(a / b);
  };
  const both = (/** @type {string} */ above, /** @type {string} */ below, /** @type {'min' | 'max'} */ which) => {
    const ratios = ['person-dossier', 'community-page'].map((operation) => ratio(operation, above, below));
    return ratios.includes(null) ? null : Math[which](.../** @type {number[]} */ (ratios));
  };
  return {
    floorDossier: ratio('person-dossier', 'hub', 'floor'),
    floorCommunity: ratio('community-page', 'hub', 'floor'),
    monolith: both('executor', 'monolith', 'max'),
    apolloGateway: both('Apollo Gateway', 'hub', 'min'),
    hiveGateway: both('Hive Gateway', 'hub', 'min'),
    postgraphile: both('PostGraphile', 'hub', 'min'),
    coldMs: round(cold.p50, 1),
    compiledShare: round(compiled.compiled / compiled.documents, 3),
    rssMiB: round(cold.residentMebibytes, 0),
  };
}

/** Name, what is wanted, and whether less is better. @type {[keyof ReturnType<typeof figuresOf>, string, string][]} */
const REACH = [
  ['floorDossier', 'hub ÷ floor, person dossier', '≤ 2.0'],
  ['floorCommunity', 'hub ÷ floor, community page', '≤ 2.0'],
  ['monolith', 'executor ÷ one graphql-jit monolith (the greater of both)', '≤ 1.10'],
  ['apolloGateway', 'Apollo Gateway ÷ hub (the smaller of both)', '≥ 12'],
  ['hiveGateway', 'Hive Gateway ÷ hub (the smaller of both)', '≥ 8'],
  ['postgraphile', 'PostGraphile ÷ hub (the smaller of both)', '≥ 1.5'],
  ['coldMs', 'an operation never seen before, ms', '≤ 20'],
  ['compiledShare', 'documents of schema/operations compiled', '1'],
  ['rssMiB', 'hub with 500 operations remembered, MiB', '≤ 300'],
];

/** @param {Result} result @param {ReturnType<typeof figuresOf>} figures */
export function report(result, figures) {
  const lines = [
    '# What an operation costs',
    '',
    `\`npm run bench\`: ${result.persons.toLocaleString('en')} persons, all stacks over one Postgres with equal answers, ${result.rounds} alternating rounds, ${result.concurrency} requests at a time. CPU is that of all processes of a stack and of Postgres, medians over the rounds. The hub is the product as it is: identity, policy, cost, the durable line in the access ledger, the log. The executor alone has none of these.`,
    '',
  ];
  for (const [operation, stacks] of Object.entries(result.rows)) {
    lines.push(`## ${operation}`, '');
    lines.push(
      '| stack | CPU µs | of it Postgres | requests/s | p50 ms | p99 ms | MiB |',
      '|---|--:|--:|--:|--:|--:|--:|',
    );
    for (const [stack, { cpu, postgresCpu, throughput, p50, p99 }] of Object.entries(stacks)) {
      lines.push(
        `| ${stack} | ${round(cpu, 0)} | ${round(postgresCpu, 0)} | ${round(throughput, 0)} | ${round(p50)} | ${round(p99)} | ${round(result.memory[stack] ?? 0, 0)} |`,
      );
    }
    lines.push('');
  }
  const shapes = shapesOfHub.filter((shape) => result.rows['person-dossier']?.[shape] !== undefined);
  if (shapes.length > 0) {
    lines.push(
      '## The hub in other shapes',
      '',
      '| CPU of | ÷ hub, person dossier | ÷ hub, community page |',
      '|---|--:|--:|',
    );
    for (const shape of shapes) {
      const ratios = ['person-dossier', 'community-page'].map((operation) => {
        const rows = result.rows[operation];
        return round((rows?.[shape]?.cpu ?? Number.NaN) / (rows?.hub?.cpu ?? Number.NaN));
      });
      lines.push(`| ${shape} | ${ratios.join(' | ')} |`);
    }
    lines.push('');
  }
  lines.push('## Reach', '', '| | measured | wanted |', '|---|--:|--:|');
  for (const [key, what, wanted] of REACH) lines.push(`| ${what} | ${figures[key] ?? '–'} | ${wanted} |`);
  const { obstacles } = result.compiled;
  if (obstacles.length > 0) lines.push('', 'Not compiled:', ...obstacles.map((line) => `- ${line}`));
  return `${lines.join('\n')}\n`;
}

/** Bars of CPU per request, Postgres' part darker; a logarithmic scale would hide what this is about. @param {Result} result */
export function plot({ rows }) {
  const BAR = 22;
  const WIDTH = 640;
  let y = 30;
  const parts = [];
  for (const [operation, stacks] of Object.entries(rows)) {
    const most = Math.max(...Object.values(stacks).map(({ cpu }) => cpu));
    parts.push(`<text x="10" y="${y}" font-weight="bold">${operation}, CPU µs per request</text>`);
    y += 12;
    for (const [stack, { cpu, postgresCpu }] of Object.entries(stacks)) {
      const width = (cpu / most) * (WIDTH - 330);
      const part = (postgresCpu / most) * (WIDTH - 330);
      parts.push(`<text x="10" y="${y + 15}">${stack}</text>`);
      parts.push(`<rect x="210" y="${y}" width="${width.toFixed(1)}" height="${BAR - 4}" fill="#7aa6c2"/>`);
      parts.push(`<rect x="210" y="${y}" width="${part.toFixed(1)}" height="${BAR - 4}" fill="#33658a"/>`);
      parts.push(`<text x="${(216 + width).toFixed(1)}" y="${y + 15}">${Math.round(cpu).toLocaleString('en')}</text>`);
      y += BAR;
    }
    y += 30;
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${y}" font-family="sans-serif" font-size="13"><rect width="100%" height="100%" fill="white"/>${parts.join('')}</svg>\n`;
}
