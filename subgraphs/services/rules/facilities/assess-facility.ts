import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import type { Verdict } from '../../store/facilities/assessment-rows.ts';
import { findClauses, findStandard, insertAssessment } from '../../store/facilities/assessment-writes.ts';
import { lockFacility, updateFacility } from '../../store/facilities/facility-writes.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { areaFloorRule } from './area-floor.ts';

export interface FindingInput {
  readonly clause: number;
  readonly verdict: Verdict;
  readonly note?: string | null | undefined;
}

export interface AssessFacilityInput {
  readonly facilityId: string;
  readonly standardId: string;
  readonly findings: readonly FindingInput[];
  readonly idempotencyKey: string;
}

/** A clause whose verdict follows from a governance rule: the area floor of the facility. */
const BY_AREA_FLOOR = 'AREA_FLOOR';

/**
 * 达标评估 — holds a facility against every clause of a standard. Each clause gets one verdict; the clause of the floor
 * area gets it from the ledger and the rule in force, and a given verdict that contradicts it is refused. The facility
 * meets the standard when no clause says otherwise.
 */
export function assessFacility(
  call: ServicesCall,
  input: AssessFacilityInput,
): Promise<{ assessmentId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'assessFacility', 'facility-assessment', input, async (transaction, provenanceId) => {
    const facilityKey = findUuidKey('Facility', input.facilityId);
    const facility = facilityKey === undefined ? null : await lockFacility(transaction, facilityKey);
    if (facility === null || !coversPlace(caller, facility)) return refuse('FACILITY_NOT_FOUND', 'input.facilityId');
    if (facility.stage === 'BUILD' || facility.stage === 'CLOSED')
      return refuse('FACILITY_NOT_IN_SERVICE', 'input.facilityId');
    const standardKey = findUuidKey('FacilityStandard', input.standardId);
    const standard = standardKey === undefined ? null : await findStandard(transaction, standardKey);
    if (standard === null || standard.cityCode !== facility.cityCode)
      return refuse('STANDARD_NOT_FOUND', 'input.standardId');
    if (standard.facilityKind !== facility.kind) return refuse('STANDARD_NOT_APPLICABLE', 'input.standardId');
    const clauses = await findClauses(transaction, standard.id);
    if (clauses.length === 0) return refuse('STANDARD_WITHOUT_CLAUSES', 'input.standardId');
    const today = dateInChina(clock.now());
    const given = new Map<number, { verdict: Verdict; note: string | null }>();
    for (const [index, { clause, verdict, note: rawNote }] of input.findings.entries()) {
      if (given.has(clause) || !clauses.some(({ ordinal }) => ordinal === clause)) {
        return refuse('CLAUSE_INVALID', `input.findings.${index}.clause`, { clause, count: clauses.length });
      }
      const note = rawNote == null ? null : plainText(rawNote, `input.findings.${index}.note`, 2, 500);
      if (isRefusal(note)) return note;
      given.set(clause, { verdict, note });
    }
    const findings: { clauseId: string; verdict: Verdict; note: string | null }[] = [];
    for (const clause of clauses) {
      const own = given.get(clause.ordinal);
      let verdict = own?.verdict;
      if (clause.ruleCode === BY_AREA_FLOOR) {
        const code = areaFloorRule(facility);
        if (code !== undefined) {
          const floor = (await getRuleInForce(transaction, code, today)).amount ?? 0;
          const byRule: Verdict = facility.areaSquareMetres >= floor ? 'MET' : 'NOT_MET';
          if (verdict !== undefined && verdict !== byRule) {
            const at = input.findings.findIndex((finding) => finding.clause === clause.ordinal);
            const area = facility.areaSquareMetres;
            return refuse('VERDICT_CONTRADICTS_LEDGER', `input.findings.${at}.verdict`, { area, floor });
          }
          verdict = byRule;
        }
      }
      if (verdict === undefined) return refuse('CLAUSE_WITHOUT_VERDICT', 'input.findings', { clause: clause.ordinal });
      findings.push({ clauseId: clause.id, verdict, note: own?.note ?? null });
    }
    const countOf = (verdict: Verdict) => findings.filter((finding) => finding.verdict === verdict).length;
    const meets = countOf('NOT_MET') === 0;
    const id = store.ids.next();
    await insertAssessment(
      transaction,
      {
        ...{ id, facilityId: facility.id, standardId: standard.id, assessedOn: today, meets, provenanceId },
        ...{ departmentCode: caller.departmentCode, metCount: countOf('MET'), notMetCount: countOf('NOT_MET') },
        notApplicableCount: countOf('NOT_APPLICABLE'),
      },
      findings,
    );
    await updateFacility(transaction, facility.id, { assessmentId: id, meetsStandard: meets, assessedInReview: true });
    const answer = { assessmentId: globalId('FacilityAssessment', id) };
    const event = { eventType: 'facility.assessed', entityType: 'Facility', entityId: input.facilityId };
    const payload = { ...answer, meets, notMet: countOf('NOT_MET') };
    return { answer, rowCount: findings.length + 2, events: [{ ...event, payload, place: facility }] };
  });
}
