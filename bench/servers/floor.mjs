/** The floor: node:http, pg, and one named statement per operation that returns the answer as text. */
import { listen } from './listen.mjs';
import { productRequire } from './product-require.mjs';

const pg = productRequire('pg');

const client = new pg.Client({ connectionString: process.env.BENCH_DATABASE_URL, pipeline: true });
await client.connect();
await client.query('SET plan_cache_mode = force_generic_plan; SET random_page_cost = 1.1');

const person = `json_build_object('name', p.name, 'birthDate', p.birth_date`;
const statements = {
  PersonDossier: {
    name: 'floor_dossier',
    text: `SELECT json_build_object('data', json_build_object('person', ${person},
      'household', CASE WHEN h.id IS NULL THEN NULL ELSE json_build_object('householdNumber', h.household_number,
        'type', h.type, 'members', json_build_object('nodes', (
          SELECT coalesce(json_agg(m.j), '[]'::json) FROM (
            SELECT json_build_object('name', m.name, 'birthDate', m.birth_date) AS j FROM people.person m
             WHERE m.household_id = h.id AND m.relation_to_head_code IS NOT NULL
             ORDER BY m.relation_to_head_code, m.id LIMIT 10) m))) END,
      'community', json_build_object('name', c.name, 'kind', c.kind),
      'grid', json_build_object('name', g.name),
      'partyMembership', CASE WHEN pm.id IS NULL THEN NULL ELSE json_build_object('category', pm.category,
        'joinedOn', pm.joined_on, 'organization', json_build_object('name', o.name)) END,
      'reportedIncidents', json_build_object('nodes', (
        SELECT coalesce(json_agg(i.j), '[]'::json) FROM (
          SELECT json_build_object('incidentNumber', i.incident_number, 'category', i.category, 'state', i.state) AS j
            FROM services.incident i WHERE i.reporter_person_id = p.id
           ORDER BY i.reported_at DESC, i.id DESC LIMIT 5) i)))))::text AS answer
      FROM people.person p
      LEFT JOIN people.household h ON h.id = p.household_id
      JOIN organizations.community c ON c.stat_code = p.community_code
      JOIN organizations.grid g ON g.grid_code = p.grid_code
      LEFT JOIN party.party_member pm ON pm.person_id = p.id
      LEFT JOIN party.party_organization o ON o.id = pm.organization_id
     WHERE p.id = $1`,
    /** @param {any} variables */
    values: (variables) => [variables.id.slice('Person:'.length)],
  },
  CommunityPage: {
    name: 'floor_community',
    text: `SELECT json_build_object('data', json_build_object('community', json_build_object('name', c.name,
      'kind', c.kind,
      'population', json_build_object('residentCount', n.resident_count, 'householdCount', n.household_count),
      'residents', json_build_object('nodes', (
        SELECT coalesce(json_agg(r.j), '[]'::json) FROM (
          SELECT ${person},
            'household', CASE WHEN h.id IS NULL THEN NULL ELSE json_build_object('householdNumber', h.household_number,
              'type', h.type) END,
            'partyMembership', CASE WHEN pm.id IS NULL THEN NULL ELSE json_build_object('category', pm.category,
              'organization', json_build_object('name', o.name)) END,
            'reportedIncidents', json_build_object('nodes', (
              SELECT coalesce(json_agg(i.j), '[]'::json) FROM (
                SELECT json_build_object('incidentNumber', i.incident_number, 'state', i.state) AS j
                  FROM services.incident i WHERE i.reporter_person_id = p.id
                 ORDER BY i.reported_at DESC, i.id DESC LIMIT 3) i))) AS j
            FROM (SELECT * FROM people.person q WHERE q.community_code = c.stat_code ORDER BY q.id LIMIT 50) p
            LEFT JOIN people.household h ON h.id = p.household_id
            LEFT JOIN party.party_member pm ON pm.person_id = p.id
            LEFT JOIN party.party_organization o ON o.id = pm.organization_id
           ORDER BY p.id) r)))))::text AS answer
      FROM organizations.community c
      LEFT JOIN people.community_population n ON n.community_code = c.stat_code
     WHERE c.stat_code = $1`,
    /** @param {any} variables */
    values: (variables) => [variables.statCode],
  },
};

listen(async ({ operationName, variables }) => {
  const { name, text, values } = statements[/** @type {keyof typeof statements} */ (operationName)];
  const { rows } = await client.query({ name, text, values: values(variables), rowMode: 'array' });
  return rows[0][0];
});
