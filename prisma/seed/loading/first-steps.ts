const at = (day: string) => `(${day})::timestamp AT TIME ZONE 'Asia/Shanghai'`;
const step = (ordinal: number, event: string, from: string | null, to: string, day: string, reached: string) => ({
  ordinal,
  event,
  from: from === null ? 'NULL' : `'${from}'`,
  to: `'${to}'`,
  day: at(day),
  reached,
});

/** Of an election under way, ten days behind its roll. */
const NOMINATED_ON = 'coalesce(t.voted_on - 7, t.roll_published_on + 10)';
/** The steps of an election by the days that its row holds; a roll stands open for nomination until a week before the vote. */
const ELECTION_STEPS = [
  step(1, 'open', null, 'PREPARED', 't.roll_published_on - 7', 't.roll_published_on IS NOT NULL'),
  step(2, 'publishRoll', 'PREPARED', 'ROLL_PUBLISHED', 't.roll_published_on', 't.roll_published_on IS NOT NULL'),
  step(
    3,
    'closeNominations',
    'ROLL_PUBLISHED',
    'NOMINATED',
    NOMINATED_ON,
    "(t.voted_on IS NOT NULL OR t.state = 'NOMINATED')",
  ),
  step(4, 'recordBallots', 'NOMINATED', 'VOTED', 't.voted_on', 't.voted_on IS NOT NULL'),
  step(5, 'certify', 'VOTED', 'CERTIFIED', 't.certified_on', 't.certified_on IS NOT NULL'),
  step(5, 'declareVoid', 'VOTED', 'VOID', 't.voted_on + 1', "t.state = 'VOID' AND t.voted_on IS NOT NULL"),
];

/** The steps of an alert about an elder: somebody answers within the half hour. */
const ALERT_STEPS = [
  [1, 'raise', 'NULL', 'RAISED', 't.raised_at', 'true'],
  [
    2,
    'acknowledge',
    "'RAISED'",
    'ACKNOWLEDGED',
    "t.raised_at + interval '30 minutes'",
    "t.state IN ('ACKNOWLEDGED', 'RESOLVED')",
  ],
  [2, 'dismiss', "'RAISED'", 'FALSE_ALARM', 't.closed_at', "t.state = 'FALSE_ALARM'"],
  [3, 'resolve', "'ACKNOWLEDGED'", 'RESOLVED', 't.closed_at', "t.state = 'RESOLVED'"],
] as const;

/** 历史 — the steps that elections, recruitments and alerts of the demo city have taken, as far as their rows tell when. */
export function firstStepsSql(): string[] {
  const columns = '(subject_id, ordinal, event, from_state, to_state, at, actor_department_code, provenance_id)';
  const elections = ELECTION_STEPS.map(
    ({ ordinal, event, from, to, day, reached }) =>
      `SELECT t.id, ${ordinal}, '${event}', ${from}, ${to}, ${day}, 'civil-affairs', t.provenance_id
         FROM organizations.election t WHERE t.roll_published_on IS NOT NULL AND ${reached}`,
  );
  const alerts = ALERT_STEPS.map(
    ([ordinal, event, from, to, instant, reached]) =>
      `SELECT t.id, ${ordinal}, '${event}', ${from}, '${to}', ${instant}, 'civil-affairs', t.provenance_id
         FROM people.elder_alert t WHERE ${reached}`,
  );
  return [
    `INSERT INTO organizations.transition ${columns} ${elections.join(' UNION ALL ')}`,
    `INSERT INTO organizations.transition ${columns}
     SELECT t.id, 1, 'announce', NULL, 'ANNOUNCED', ${at('t.announced_on')}, 'civil-affairs', t.provenance_id
       FROM organizations.recruitment t`,
    `INSERT INTO people.transition ${columns} ${alerts.join(' UNION ALL ')}`,
  ];
}
