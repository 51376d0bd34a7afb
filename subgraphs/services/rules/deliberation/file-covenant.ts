import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace } from '../../../kit/store/place-scope.ts';
import {
  hasCovenantOf,
  insertCovenant,
  lockDeliberation,
  lockLiveCovenant,
  supersedeCovenant,
} from '../../store/deliberation/deliberation-writes.ts';
import { getRuleInForce } from '../../store/governance-rule-rows.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { deliberationForms } from './forms.ts';
import { outcome, quorumRule } from './quorum.ts';

export interface FileCovenantInput {
  readonly deliberationId: string;
  readonly kind: 'RESIDENTS_COVENANT' | 'VILLAGE_COVENANT';
  readonly text: string;
  readonly idempotencyKey: string;
}

/** Whose decision a covenant needs: 城市居民委员会组织法第十五条, 村民委员会组织法第二十七条. */
const ADOPTED_BY = {
  RESIDENTS_COVENANT: { form: 'RESIDENTS_ASSEMBLY', basis: '《中华人民共和国城市居民委员会组织法》第十五条' },
  VILLAGE_COVENANT: { form: 'VILLAGERS_ASSEMBLY', basis: '《中华人民共和国村民委员会组织法》第二十七条' },
} as const;

/** States from which on a deliberation has passed. */
const PASSED_STATES = new Set(['PROVIDING', 'CARRYING_OUT', 'REVIEWING', 'CONCLUDED']);

/** 居民公约 — files a covenant that an assembly adopted; it takes the place of the one in force. */
export function fileCovenant(call: ServicesCall, input: FileCovenantInput): Promise<{ covenantId: string } | Refusal> {
  const { store, caller, clock } = call;
  return writeServices(call, 'fileCovenant', 'covenant', input, async (transaction, provenanceId) => {
    const id = findUuidKey('Deliberation', input.deliberationId);
    const found = id === undefined ? null : await lockDeliberation(transaction, id);
    if (found === null || !coversPlace(caller, found)) return refuse('DELIBERATION_NOT_FOUND', 'input.deliberationId');
    const rule = await getRuleInForce(transaction, found.quorumRuleCode, dateInChina(found.openedAt));
    const { quorumMet, passed } = outcome(found, quorumRule(rule.parameters));
    if (!PASSED_STATES.has(found.state) || !quorumMet || !passed) {
      return refuse('DECISION_NOT_PASSED', 'input.deliberationId', { basis: rule.legalBasis });
    }
    const assembly = ADOPTED_BY[input.kind];
    if (found.form !== assembly.form) {
      const { zh, en } = deliberationForms[assembly.form];
      return refuse('COVENANT_NEEDS_ASSEMBLY', 'input.deliberationId', { zh, en, basis: assembly.basis });
    }
    if (await hasCovenantOf(transaction, found.id, input.kind)) {
      return refuse('COVENANT_ALREADY_FILED', 'input.deliberationId');
    }
    const text = plainText(input.text, 'input.text', 10, 4000);
    if (isRefusal(text)) return text;
    const { cityCode, countyCode, townshipCode, communityCode } = found;
    const today = dateInChina(clock.now());
    const live = await lockLiveCovenant(transaction, communityCode, input.kind);
    if (live !== null) await supersedeCovenant(transaction, live.id, today);
    const covenantId = store.ids.next();
    await insertCovenant(transaction, {
      ...{ id: covenantId, kind: input.kind, version: (live?.version ?? 0) + 1, text, filedOn: today, provenanceId },
      ...{ adoptedByDeliberationId: found.id, cityCode, countyCode, townshipCode, communityCode },
    });
    const answer = { covenantId: globalId('Covenant', covenantId) };
    const event = { eventType: 'covenant.filed', entityType: 'Covenant', entityId: answer.covenantId };
    const payload = { ...answer, kind: input.kind, deliberationId: input.deliberationId };
    return { answer, rowCount: live === null ? 1 : 2, events: [{ ...event, payload, place: found }] };
  });
}
