import { DAY_ENDS, IN_COMMUNITIES, type Measures, recordedIn } from '../../../kit/figures/measures.ts';
import { IN_SERVICE, URBAN } from '../facilities/facility-rows.ts';

const RECORDED = recordedIn('services');
const YEAR = 'extract(year FROM k.day)';
const OPENED = '(t.opened_on IS NULL OR t.opened_on <= k.day)';
const facilities = (condition: string, figure = 'count(*)') =>
  `SELECT ${figure} FROM services.facility t WHERE ${IN_COMMUNITIES} AND ${OPENED} AND ${condition}`;
/** The last assessment up to the day. */
const assessed = (condition: string) => `SELECT count(*) FROM services.facility t CROSS JOIN LATERAL (
    SELECT a.meets FROM services.facility_assessment a WHERE a.facility_id = t.id AND a.assessed_on <= k.day
     ORDER BY a.assessed_on DESC, a.id DESC LIMIT 1) last
  WHERE ${IN_COMMUNITIES} AND ${IN_SERVICE} AND ${condition}`;
const centres = (side: string, figure?: string) =>
  facilities(`t.kind = 'PARTY_MASS_SERVICE_CENTRE' AND ${IN_SERVICE} AND ${side}`, figure);
const AREA = 'coalesce(round(sum(t.area_square_metres)), 0)';
const upgrades = (condition: string, figure: string) =>
  `SELECT ${figure} FROM services.facility_upgrade t WHERE ${IN_COMMUNITIES} AND t.year <= ${YEAR} AND ${condition}`;
/** Parts are numbered, so the last number is how many the city's fullest standard has. */
const parts = (kind: string) => `SELECT coalesce(max(t.ordinal), 0) FROM services.standard_part t
    JOIN services.facility_standard s ON s.id = t.standard_id
   WHERE s.city_code = k.code AND s.based_on_id IS NULL AND s.facility_kind = 'PARTY_MASS_SERVICE_CENTRE'
     AND t.kind = '${kind}' AND (s.published_on <= k.day OR s.published_on IS NULL AND ${recordedIn('services', 's')})`;
/** What a matter of a county's catalogue says: who, about what, by which procedure, by which rule, to what effect. */
const CATALOGUE_PARTS = ['cardinality(t.sides) > 0', "t.content <> ''", "t.procedure <> ''", "t.agenda <> ''"]
  .concat("t.use_of_result <> ''")
  .map((part) => `(${part})::int`)
  .join(' + ');

/** 清单 — certificate items since the day from which they were on the list. */
const LISTED = 't.listed_on <= k.day';

/** 口径 — what an indicator may measure of the rows of services. */
export const servicesMeasures: Measures = {
  CONVENIENCE_CENTRES: {
    sql: facilities("t.kind IN ('CONVENIENCE_CENTRE', 'CONVENIENCE_STATION')"),
    kept: ['facility.convenience'],
  },
  LEGAL_AID_STATIONS: { sql: facilities("t.kind = 'LEGAL_AID'"), kept: ['facility.legal-aid'] },
  RESIDENTS_LOUNGES: { sql: facilities("t.kind = 'RESIDENTS_LOUNGE'"), kept: ['facility.lounge'] },
  COMPLIANT_FACILITIES: { sql: assessed('last.meets'), kept: ['facility.compliant'] },
  ASSESSED_FACILITIES: { sql: assessed('true'), kept: ['facility.assessed'] },
  URBAN_CENTRE_AREA: { sql: centres(URBAN, AREA), kept: ['centre.urban.area'], mean: true },
  URBAN_CENTRES: { sql: centres(URBAN), kept: ['centre.urban'] },
  RURAL_CENTRE_AREA: { sql: centres(`NOT (${URBAN})`, AREA), kept: ['centre.rural.area'], mean: true },
  RURAL_CENTRES: { sql: centres(`NOT (${URBAN})`), kept: ['centre.rural'] },
  UPGRADE_GRANTS: { sql: upgrades('true', 'coalesce(sum(t.grant_yuan), 0)'), kept: ['upgrade.grant'] },
  URBAN_UPGRADES: { sql: upgrades(URBAN, 'count(*)'), kept: ['upgrade.urban'] },
  RURAL_UPGRADES: { sql: upgrades(`NOT (${URBAN})`, 'count(*)'), kept: ['upgrade.rural'] },
  UPGRADE_YEARS: { sql: upgrades('true', 'count(DISTINCT t.year)') },
  STANDARD_ASPECTS: { sql: parts('ASPECT'), kept: ['standard.aspect'] },
  STANDARD_CLAUSES: { sql: parts('CLAUSE'), kept: ['standard.clause'] },
  /** Money of a source and a year, `VENTURE_GRANT.2016`, of the division and of those in it. */
  FUNDING: {
    sql: `SELECT coalesce(sum(t.budget_yuan), 0) FROM services.funding t
      WHERE t.division_code LIKE k.code || '%' AND t.source = split_part(k.argument, '.', 1)
        AND t.year = split_part(k.argument, '.', 2)::int AND t.year <= ${YEAR}`,
  },
  /** The number that a rule in force on the day sets, wherever it is in force. */
  RULE_AMOUNT: {
    sql: `SELECT t.amount FROM services.governance_rule t WHERE t.code = k.argument AND t.effective_from <= k.day
      ORDER BY t.effective_from DESC LIMIT 1`,
  },
  /** 服务圈: kinds of circles for which a rule is in force. */
  SERVICE_CIRCLES: {
    sql: `SELECT count(DISTINCT t.code) FROM services.governance_rule t
      WHERE t.code LIKE 'SERVICE_CIRCLE_%' AND t.effective_from <= k.day`,
  },
  /** Lists of a family that continue each other, as many as the longest chain has. */
  WORK_LISTS: {
    sql: `SELECT coalesce(max(t.ordinal), 0) FROM services.work_list t WHERE t.family = k.argument AND (t.kept_since IS NULL OR t.kept_since <= k.day)
        AND (t.division_code LIKE k.code || '%' OR k.code LIKE t.division_code || '%')`,
  },
  CATALOGUE_PARTS: {
    sql: `SELECT coalesce(max(${CATALOGUE_PARTS}), 0) FROM services.deliberation_catalog_item t
      WHERE t.county_code LIKE left(k.code, 6) || '%' AND ${RECORDED}`,
  },
  CERTIFICATE_ITEMS: { sql: `SELECT count(*) FROM services.certificate_item t WHERE ${LISTED}` },
  ALLOWED_CERTIFICATE_ITEMS: {
    sql: `SELECT count(*) FROM services.certificate_item t WHERE ${LISTED} AND (t.allowed OR t.removed_on > k.day)`,
  },
  /** 联动方: sides of the widest arrangement of a mode. */
  LINKAGE_SIDES: {
    sql: `SELECT coalesce(max(of_one.sides), 0) FROM (
      SELECT count(DISTINCT p.side) AS sides FROM services.linkage t JOIN services.linkage_party p ON p.linkage_id = t.id
       WHERE ${IN_COMMUNITIES} AND t.mode = k.argument AND t.established_on <= k.day GROUP BY t.id) of_one`,
  },
  ACTIVITIES: {
    sql: `SELECT count(*) FROM services.activity t WHERE ${IN_COMMUNITIES} AND t.starts_at < ${DAY_ENDS}`,
  },
};
