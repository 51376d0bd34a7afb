import { productRequire } from '../servers/product-require.mjs';

const pg = productRequire('pg');

/**
 * What is there, next to what clients know of it.
 *
 * @param {string} databaseUrl
 * @param {{ incidents: import('./writers.mjs').Ledger, files: import('./writers.mjs').Ledger, rowsOfFile: number,
 *   personsBefore: number, residentsBefore: number }} known
 */
export async function verify(databaseUrl, { incidents, files, rowsOfFile, personsBefore, residentsBefore }) {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  /** @param {string} text @param {unknown[]} [values] @returns {Promise<any[]>} */
  const rows = async (text, values = []) => (await client.query(text, values)).rows;
  try {
    const present = await rows(
      `SELECT replace(i.title, '台账 ', '') AS key, 'Incident:' || i.id AS id,
              (SELECT count(*)::int FROM services.outbox o WHERE o.entity_id = 'Incident:' || i.id) AS events
         FROM services.incident i WHERE i.title LIKE '台账 ledger-%'`,
    );
    const idsOf = new Map();
    for (const { key, id } of present) idsOf.set(key, [...(idsOf.get(key) ?? []), id]);
    const lostIncidents = [...incidents.acknowledged].filter(([key, id]) => !(idsOf.get(key) ?? []).includes(id));
    const doubledIncidents = [...idsOf].filter(([, ids]) => ids.length > 1);

    const batches = [...files.acknowledged.values()];
    const merged = await rows(
      `SELECT b.id, (SELECT count(*)::int FROM people.person p WHERE p.provenance_id = b.id) AS persons,
              (SELECT count(*)::int FROM people.outbox o WHERE o.provenance_id = b.id) AS events
         FROM people.import_batch b WHERE b.state = 'MERGED'`,
    );
    const [{ persons, residents }] = await rows(
      `SELECT (SELECT count(*)::int FROM people.person) AS persons,
              (SELECT sum(resident_count)::int FROM people.community_population) AS residents`,
    );
    // Every write that was committed has one line of the access log; a request of these clients writes once.
    const [lines] = await rows(
      `SELECT (SELECT count(*)::int FROM services.provenance WHERE kind = 'MUTATION' AND client_id <> 'hub')
              + (SELECT count(*)::int FROM people.provenance WHERE kind = 'IMPORT') AS writes,
              (SELECT count(*)::int FROM catalog.access_line WHERE line->>'decision' = 'WRITTEN') AS written,
              (SELECT count(*)::int FROM (SELECT 1 FROM catalog.access_line WHERE line->>'decision' = 'WRITTEN'
                GROUP BY line->>'request' HAVING count(*) > 1) AS again) AS doubled`,
    );
    const mergedIds = new Set(merged.map(({ id }) => id));
    // Figures that moved follow from other changes; a follower that names no types is not told of them.
    const changes = await rows(
      `SELECT id FROM services.outbox WHERE entity_type <> 'PlaceOverview'
       UNION ALL SELECT id FROM people.outbox WHERE entity_type <> 'PlaceOverview'`,
    );
    return {
      lost:
        lostIncidents.length +
        batches.filter((id) => !mergedIds.has(id)).length * rowsOfFile +
        Math.max(0, batches.length * rowsOfFile - (persons - personsBefore)),
      duplicates:
        doubledIncidents.length +
        Math.max(0, merged.length - batches.length) +
        Math.max(0, persons - personsBefore - batches.length * rowsOfFile),
      /** Rows without their one event, files without their rows' events, counts that went their own way. */
      torn:
        present.filter(({ events }) => events !== 1).length +
        merged.filter((batch) => batch.persons !== rowsOfFile || batch.events !== rowsOfFile).length +
        Math.abs(residents - residentsBefore - (persons - personsBefore)),
      /** Writes without their line of the access log, lines without a write, and requests with two. */
      unlogged: Math.abs(lines.writes - lines.written) + lines.doubled,
      changeIds: changes.map(({ id }) => id),
    };
  } finally {
    await client.end();
  }
}
