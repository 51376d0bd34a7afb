import type pg from 'pg';

/** Departments of the conflicts that are inserted; the first is the test caller's. */
const OWN = 'civil-affairs';
const OTHERS = ['public-security', 'education', 'housing', 'health'];

/**
 * Ten thousand conflicts about each type. The caller's department says otherwise, is the source or is the one that
 * stands in the oldest few of them alone, so that whoever walks along the newest reads them all.
 */
export async function insertConflicts(pool: pg.Pool, subgraph: string, typeNames: readonly string[]): Promise<void> {
  await pool.query(`
    INSERT INTO ${subgraph}.item_conflict (entity_type, entity_id, item, coordinate, department, source_department, stated_text, stated_key,
           standing_provenance_id, standing_department, rule, state, stated_at, settled_at, provenance_id)
    SELECT type, gen_random_uuid(), 'education', 'Person.education', CASE WHEN n % 3 = 0 AND n < 200 THEN '${OWN}' ELSE other[1 + n % 4] END,
           CASE WHEN n % 3 = 1 AND n < 200 THEN '${OWN}' ELSE other[1 + n / 4 % 4] END, 'x', 'x', gen_random_uuid(),
           CASE WHEN n % 3 <> 0 AND n < 200 THEN '${OWN}' ELSE other[1 + n / 16 % 4] END, 'SOURCE_STANDS',
           CASE WHEN n % 100 < 5 THEN 'OPEN' ELSE 'AGREED' END, timestamptz '2024-01-01' + n * interval '1 minute', NULL, gen_random_uuid()
      FROM unnest(ARRAY['${typeNames.join("', '")}']) type, generate_series(1, 10000) n,
           (SELECT ARRAY['${OTHERS.join("', '")}'] AS other) known`);
}

/** How the list of conflicts of a type is asked. */
export const conflicts = (field: string) => (args: string) => `${field}${args} { nodes { item statedAt } }`;

const STATES = ['', 'state: OPEN', 'state: AGREED'];
const SAYS = ['', OWN, 'education', 'nobody'];
const joined = (...texts: readonly string[]) => texts.filter((text) => text !== '').join(', ');
const by = (name: string, code: string) => (code === '' ? '' : `${name}: "${code}"`);

/** Every choice among conflicts, found, found by few and found by nobody. */
export const CONFLICT_CHOICES: readonly string[] = STATES.flatMap((state) =>
  SAYS.flatMap((department) =>
    SAYS.map((source) => {
      const filter = joined(state, by('departmentCode', department), by('sourceDepartmentCode', source));
      return filter === '' ? '' : `filter: { ${filter} }`;
    }),
  ),
);
