const at = (day: string) => `(${day})::timestamp AT TIME ZONE 'Asia/Shanghai'`;
const step = (event: string, from: string | null, to: string, day: string, reached: string) => ({
  event,
  from: from === null ? 'NULL' : `'${from}'`,
  to: `'${to}'`,
  day: at(day),
  reached,
});

/** The steps of an election by the days that its row holds; a roll stands open for nomination until a week before the vote. */
const ELECTION_STEPS = [
  step('open', null, 'PREPARED', 't.roll_published_on - 7', 't.roll_published_on IS NOT NULL'),
  step('publishRoll', 'PREPARED', 'ROLL_PUBLISHED', 't.roll_published_on', 't.roll_published_on IS NOT NULL'),
  step('closeNominations', 'ROLL_PUBLISHED', 'NOMINATED', 't.voted_on - 7', 't.voted_on IS NOT NULL'),
  step('recordBallots', 'NOMINATED', 'VOTED', 't.voted_on', 't.voted_on IS NOT NULL'),
  step('certify', 'VOTED', 'CERTIFIED', 't.certified_on', 't.certified_on IS NOT NULL'),
];

/** 历史 — the steps that elections, recruitments and alerts of the demo city have taken, as far as their rows tell when. */
export function firstStepsSql(): string[] {
  const columns = '(subject_id, ordinal, event, from_state, to_state, at, actor_department_code, provenance_id)';
  const elections = ELECTION_STEPS.map(
    ({ event, from, to, day, reached }, index) =>
      `SELECT t.id, ${index + 1}, '${event}', ${from}, ${to}, ${day}, 'civil-affairs', t.provenance_id
         FROM organizations.election t WHERE t.roll_published_on IS NOT NULL AND ${reached}`,
  );
  return [
    `INSERT INTO organizations.transition ${columns} ${elections.join(' UNION ALL ')}`,
    `INSERT INTO organizations.transition ${columns}
     SELECT t.id, 1, 'announce', NULL, 'ANNOUNCED', ${at('t.announced_on')}, 'civil-affairs', t.provenance_id
       FROM organizations.recruitment t`,
    `INSERT INTO people.transition ${columns}
     SELECT t.id, 1, 'raise', NULL, 'RAISED', t.raised_at, 'civil-affairs', t.provenance_id FROM people.elder_alert t`,
  ];
}
