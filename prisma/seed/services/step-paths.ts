/** A way through a machine's states: `[event, state]` from the first step on. */
export type StepPath = readonly (readonly [event: string, state: string])[];

/**
 * SQL that gives each row of a table the steps that led to its state, an hour apart from `startedAt` on. Each state that
 * rows are in has its path.
 */
export function stepsSql(
  table: string,
  startedAt: string,
  paths: readonly StepPath[],
  department = "'civil-affairs'",
): string {
  const values = paths.flatMap((path) =>
    path.map(([event, to], index) => {
      const from = index === 0 ? 'NULL' : `'${path[index - 1]?.[1]}'`;
      return `('${path.at(-1)?.[1]}', ${index + 1}, '${event}', ${from}, '${to}')`;
    }),
  );
  return `-- steps of ${table}
INSERT INTO services.transition_step (subject_id, ordinal, event, from_state, to_state, at, actor_department_code, provenance_id)
SELECT t.id, p.ordinal, p.event, p.from_state, p.to_state, ${startedAt} + (p.ordinal - 1) * interval '1 hour', ${department}, t.provenance_id
  FROM services.${table} t JOIN (VALUES ${values.join(', ')}) AS p(state, ordinal, event, from_state, to_state) ON p.state = t.state`;
}

/** All beginnings of a path, so that each of its states has one. */
export function prefixes(path: StepPath): StepPath[] {
  return path.map((_step, index) => path.slice(0, index + 1));
}
