import { DAY_ENDS, HELD, IN_COMMUNITIES, IN_DIVISIONS, type Measures } from '../../../kit/figures/measures.ts';

const organizations = (condition: string) =>
  `SELECT count(*) FROM party.party_organization t WHERE ${IN_DIVISIONS} AND t.established_on <= k.day AND ${condition}`;
const engagements = (kind: string) =>
  `SELECT count(*) FROM party.party_engagement t WHERE ${IN_COMMUNITIES} AND t.kind = '${kind}' AND ${HELD} AND (t.expires_on IS NULL OR t.expires_on > k.day)`;
const stations = (condition: string) =>
  `SELECT count(*) FROM party.volunteer_station t WHERE ${IN_DIVISIONS} AND (t.established_on IS NULL OR t.established_on <= k.day) AND ${condition}`;
const fixedThings = (columns: readonly string[]) => columns.map((column) => `(t.${column} <> '')::int`).join(' + ');

/** 口径 — what an indicator may measure of the party's rows. */
export const partyMeasures: Measures = {
  GRID_BRANCHES: { sql: organizations("t.kind = 'GRID_BRANCH'"), kept: ['organization.GRID_BRANCH'] },
  MICRO_GRID_GROUPS: { sql: organizations("t.kind = 'MICRO_GRID_GROUP'"), kept: ['organization.MICRO_GRID_GROUP'] },
  CIVIC_TEAM_ORGANIZATIONS: {
    sql: organizations("t.host_kind = 'CIVIC_TEAM'"),
    kept: ['organization.civic-team'],
  },
  VOLUNTEER_STATIONS: { sql: stations("t.level <> 'TEAM'"), kept: ['station'] },
  VOLUNTEER_TEAMS: { sql: stations("t.level = 'TEAM'"), kept: ['station.TEAM'] },
  VOLUNTEER_STATION_LEVEL: { sql: stations('t.level = k.argument') },
  REPORTED_UNITS: { sql: engagements('UNIT_REPORT'), kept: ['engagement.UNIT_REPORT'] },
  REPORTED_MEMBERS: {
    sql: engagements('MEMBER_REPORT'),
    kept: ['engagement.MEMBER_REPORT'],
    right: 'party.membership',
  },
  POST_CLAIMS: {
    sql: `SELECT count(*) FROM party.post_claim t WHERE ${IN_COMMUNITIES} AND ${HELD}`,
    kept: ['post-claim'],
    right: 'party.membership',
  },
  /** 三定: as many things as a claim of a post fixes; none may be missing, so that one claim tells. */
  CLAIM_FIXED_THINGS: {
    sql: `SELECT ${fixedThings(['post', 'duty', 'reward'])} FROM party.post_claim t WHERE ${IN_COMMUNITIES} AND t.valid_from <= k.day LIMIT 1`,
  },
  /** 三单: kinds of lists of which there are entries. */
  LIST_KINDS: {
    sql: `SELECT count(*) FROM unnest(ARRAY['DEMAND', 'RESOURCE', 'PROJECT']) AS list(kind) WHERE EXISTS (
      SELECT FROM party.list_entry t WHERE ${IN_COMMUNITIES} AND t.kind = list.kind AND t.published_at < ${DAY_ENDS})`,
  },
  FULFILLED_ENTRIES: {
    sql: `SELECT count(*) FROM party.list_entry t WHERE ${IN_COMMUNITIES} AND t.fulfilled_at < ${DAY_ENDS}`,
    kept: ['list.fulfilled'],
  },
};
