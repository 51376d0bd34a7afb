import { dateInChina } from '../../../kit/clock.ts';
import { isRefusal, type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import { findUuidKey, globalId } from '../../../kit/global-id.ts';
import { coversPlace, type Place } from '../../../kit/store/place-scope.ts';
import { lockProject } from '../../store/demands/demand-rows.ts';
import {
  insertBeneficiary,
  insertContract,
  insertPayment,
  lockContract,
  updateContract,
} from '../../store/projects/contract-rows.ts';
import { commitFunding, insertFunding, lockFunding } from '../../store/projects/funding-rows.ts';
import type { ServicesTransaction } from '../../store/services-transaction.ts';
import { insertStep } from '../../store/transition-steps.ts';
import { overlapsArea } from '../area-overlap.ts';
import { findCommunityCode } from '../community-key.ts';
import { communityPlace } from '../community-place.ts';
import { plainText } from '../plain-text.ts';
import { type ServicesCall, writeServices } from '../service-write.ts';
import { startTerm, stopTerms } from '../terms/run-term.ts';
import { type ContractEvent, type ContractState, contractMachine } from './contract-machine.ts';
import {
  type BeneficiaryNeed,
  type ContractKind,
  contractKinds,
  type FundingPurpose,
  type FundingSource,
  type PurchaseMode,
  type ServiceField,
} from './vocabulary.ts';

/** Sums stay inside what a 32-bit number holds. */
const MAX_YUAN = 2_000_000_000;

export interface SetUpFundingInput {
  readonly source: FundingSource;
  readonly purpose: FundingPurpose;
  readonly year: number;
  readonly name: string;
  readonly divisionCode: string;
  readonly budgetYuan: number;
  readonly idempotencyKey: string;
}

/** Sets up a year's money of the caller's department in a division. */
export function setUpFunding(call: ServicesCall, input: SetUpFundingInput): Promise<{ fundingId: string } | Refusal> {
  const { store, caller } = call;
  return writeServices(call, 'setUpFunding', 'funding', input, async (transaction, provenanceId) => {
    const { source, purpose, year, divisionCode, budgetYuan } = input;
    if (!/^(\d{4}|\d{6}|\d{9}|\d{12})$/.test(divisionCode) || !overlapsArea(caller, divisionCode)) {
      return refuse('DIVISION_NOT_YOURS', 'input.divisionCode');
    }
    if (!Number.isInteger(year) || year < 2000 || year > 2100) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.year', { min: 2000, max: 2100 });
    }
    if (budgetYuan < 1 || budgetYuan > MAX_YUAN) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.budgetYuan', { min: 1, max: MAX_YUAN });
    }
    const name = plainText(input.name, 'input.name', 2, 80);
    if (isRefusal(name)) return name;
    const id = store.ids.next();
    await insertFunding(transaction, {
      ...{ id, source, purpose, year, name, divisionCode, budgetYuan, provenanceId },
      departmentCode: caller.departmentCode,
    });
    const answer = { fundingId: globalId('Funding', id) };
    const event = { eventType: 'funding.setUp', entityType: 'Funding', entityId: answer.fundingId };
    return { answer, rowCount: 1, events: [{ ...event, payload: { ...answer, source, year }, place: undefined }] };
  });
}

export interface ContractWritten {
  readonly contractId: string;
}

export interface SignContractInput {
  readonly kind: ContractKind;
  readonly mode?: PurchaseMode | null | undefined;
  readonly field: ServiceField;
  readonly title: string;
  readonly communityId: string;
  readonly supplierId: string;
  readonly fundingId: string;
  readonly projectId?: string | null | undefined;
  readonly amountYuan: number;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly idempotencyKey: string;
}

/** Signs a contract out of money of the caller's department: its kind says out of which source, and never more than is left. */
export function signContract(call: ServicesCall, input: SignContractInput): Promise<ContractWritten | Refusal> {
  const { store, caller, clock, calendar } = call;
  return writeServices(call, 'signContract', 'contract', input, async (transaction, provenanceId) => {
    const place = communityPlace(findCommunityCode(input.communityId) ?? '');
    if (place === undefined || !coversPlace(caller, place)) return refuse('COMMUNITY_NOT_FOUND', 'input.communityId');
    const { kind, field, startsOn, endsOn, amountYuan } = input;
    const mode = input.mode ?? null;
    if ((kind === 'PURCHASE') !== (mode !== null)) return refuse('PURCHASE_MODE_REQUIRED', 'input.mode');
    const title = plainText(input.title, 'input.title', 2, 120);
    if (isRefusal(title)) return title;
    // Its acceptance is due after its end, in a year that the calendar knows.
    const lastYear = calendar.years.at(-1)?.year ?? 0;
    if (endsOn < startsOn || endsOn >= `${lastYear}-01-01`) return refuse('CONTRACT_PERIOD_INVALID', 'input.endsOn');
    if (!Number.isInteger(amountYuan) || amountYuan < 1 || amountYuan > MAX_YUAN) {
      return refuse('NUMBER_OUT_OF_RANGE', 'input.amountYuan', { min: 1, max: MAX_YUAN });
    }
    const supplierOrganizationId = findUuidKey('Organization', input.supplierId);
    if (supplierOrganizationId === undefined) return refuse('SUPPLIER_NOT_FOUND', 'input.supplierId');
    let projectId: string | null = null;
    if (input.projectId != null) {
      const id = findUuidKey('DemandProject', input.projectId);
      const project = id === undefined ? null : await lockProject(transaction, id);
      if (project === null || project.communityCode !== place.communityCode) {
        return refuse('PROJECT_NOT_FOUND', 'input.projectId');
      }
      if (project.state !== 'DESIGNED' && project.state !== 'IMPLEMENTING') {
        return refuse('PROJECT_NOT_IN_DESIGN', 'input.projectId');
      }
      projectId = project.id;
    }
    const fundingId = findUuidKey('Funding', input.fundingId);
    const funding = fundingId === undefined ? null : await lockFunding(transaction, fundingId);
    if (funding === null || !place.communityCode.startsWith(funding.divisionCode)) {
      return refuse('FUNDING_NOT_FOUND', 'input.fundingId');
    }
    if (funding.departmentCode !== caller.departmentCode) return refuse('FUNDING_NOT_YOURS', 'input.fundingId');
    if (funding.source !== contractKinds[kind].source) return refuse('FUNDING_OF_OTHER_SOURCE', 'input.fundingId');
    if (!(await commitFunding(transaction, funding.id, amountYuan))) {
      return refuse('FUNDING_INSUFFICIENT', 'input.amountYuan', {
        left: (funding.budgetYuan ?? 0) - funding.committedYuan,
      });
    }
    const id = store.ids.next();
    const at = clock.now();
    await insertContract(transaction, {
      ...{ id, kind, mode, field, title, supplierOrganizationId, fundingId: funding.id, projectId, amountYuan },
      ...{ startsOn, endsOn, signedOn: dateInChina(at), state: contractMachine.initial, provenanceId, ...place },
    });
    await insertStep(transaction, {
      ...{ subjectId: id, event: 'SIGN', from: null, to: contractMachine.initial, at, provenanceId },
      actorDepartmentCode: caller.departmentCode,
    });
    return written(id, 'contract.signed', { kind, field, amountYuan }, place, 3);
  });
}

export interface AdvanceContractInput {
  readonly contractId: string;
  readonly event: ContractEvent;
  readonly note?: string | null | undefined;
  readonly idempotencyKey: string;
}

/** Takes a step of a contract. */
export function advanceContract(call: ServicesCall, input: AdvanceContractInput): Promise<ContractWritten | Refusal> {
  const { caller, clock } = call;
  return writeServices(call, 'advanceContract', 'contract', input, async (transaction, provenanceId) => {
    const contract = await lockVisible(call, transaction, input.contractId);
    if (contract === null) return refuse('CONTRACT_NOT_FOUND', 'input.contractId');
    const note = input.note == null ? null : plainText(input.note, 'input.note', 2, 500);
    if (isRefusal(note)) return note;
    const taken = contractMachine.take({
      // Written by this machine only.
      ...{ event: input.event, state: contract.state as ContractState, caller, given: { ...input } },
      ...{ subject: { paidInFull: contract.paidYuan === contract.amountYuan }, culprit: 'input.event' },
    });
    if (isRefusal(taken)) return taken;
    const at = clock.now();
    await moveClock(call, transaction, contract, taken.to);
    await updateContract(transaction, contract.id, {
      ...{ state: taken.to, acceptedOn: taken.event === 'ACCEPT' ? dateInChina(at) : undefined },
    });
    const open = contract.amountYuan - contract.paidYuan;
    const released = taken.to === 'TERMINATED' && open > 0;
    if (released && !(await commitFunding(transaction, contract.fundingId, -open))) {
      throw new Error(`what contract ${contract.id} costs was never committed`);
    }
    await insertStep(transaction, {
      ...{ subjectId: contract.id, ...taken, at, note, provenanceId, actorDepartmentCode: caller.departmentCode },
    });
    return written(
      contract.id,
      'contract.stepped',
      { event: taken.event, toState: taken.to },
      contract,
      released ? 3 : 2,
    );
  });
}

export interface PayContractInput {
  readonly contractId: string;
  readonly amountYuan: number;
  readonly purpose: string;
  readonly idempotencyKey: string;
}

/** Pays a part of what a contract costs; never more than is owed, however many pay at the same moment. */
export function payContract(call: ServicesCall, input: PayContractInput): Promise<ContractWritten | Refusal> {
  const { clock } = call;
  return writeServices(call, 'payContract', 'contract', input, async (transaction, provenanceId) => {
    const contract = await lockVisible(call, transaction, input.contractId);
    if (contract === null) return refuse('CONTRACT_NOT_FOUND', 'input.contractId');
    if (contract.state !== 'PERFORMING' && contract.state !== 'ACCEPTED') {
      return refuse('CONTRACT_NOT_PAYABLE', 'input.contractId');
    }
    const purpose = plainText(input.purpose, 'input.purpose', 2, 120);
    if (isRefusal(purpose)) return purpose;
    const { amountYuan } = input;
    if (amountYuan < 1) return refuse('NUMBER_OUT_OF_RANGE', 'input.amountYuan', { min: 1, max: MAX_YUAN });
    const payment = { contractId: contract.id, amountYuan, purpose, paidOn: dateInChina(clock.now()), provenanceId };
    if (!(await insertPayment(transaction, payment))) {
      return refuse('CONTRACT_OVERPAID', 'input.amountYuan', { left: contract.amountYuan - contract.paidYuan });
    }
    if (contract.paidYuan + amountYuan === contract.amountYuan) {
      await stopTerms(transaction, contract.id, ['CONTRACT_PAYMENT']);
    }
    return written(contract.id, 'contract.paid', { amountYuan }, contract, 2);
  });
}

export interface EnrolBeneficiaryInput {
  readonly contractId: string;
  readonly personId: string;
  readonly need: BeneficiaryNeed;
  readonly servedFrom: string;
  readonly idempotencyKey: string;
}

/** Enrols whom a contract serves, within its period; the event names the contract and nobody. */
export function enrolBeneficiary(
  call: ServicesCall,
  input: EnrolBeneficiaryInput,
): Promise<(ContractWritten & { beneficiaryId: string }) | Refusal> {
  const { store } = call;
  return writeServices(call, 'enrolBeneficiary', 'beneficiary', input, async (transaction, provenanceId) => {
    const contract = await lockVisible(call, transaction, input.contractId);
    if (contract === null) return refuse('CONTRACT_NOT_FOUND', 'input.contractId');
    if (contract.state !== 'SIGNED' && contract.state !== 'PERFORMING') {
      return refuse('CONTRACT_NOT_RUNNING', 'input.contractId');
    }
    const personId = findUuidKey('Person', input.personId);
    if (personId === undefined) return refuse('PERSON_NOT_FOUND', 'input.personId');
    const day = (date: Date) => date.toISOString().slice(0, 10);
    if (input.servedFrom < day(contract.startsOn) || input.servedFrom > day(contract.endsOn)) {
      return refuse('SERVICE_OUTSIDE_CONTRACT', 'input.servedFrom');
    }
    const id = store.ids.next();
    const { cityCode, countyCode, townshipCode, communityCode } = contract;
    const enrolled = await insertBeneficiary(transaction, {
      ...{ id, contractId: contract.id, personId, need: input.need, servedFrom: input.servedFrom, provenanceId },
      ...{ cityCode, countyCode, townshipCode, communityCode },
    });
    if (!enrolled) return refuse('BENEFICIARY_ALREADY_ENROLLED', 'input.personId');
    const { answer, ...more } = written(contract.id, 'contract.beneficiaryEnrolled', {}, contract, 2);
    return { answer: { ...answer, beneficiaryId: globalId('Beneficiary', id) }, ...more };
  });
}

/** After its end a contract waits for its acceptance, after that for its payment, unless that was made before. */
async function moveClock(
  { clock, calendar }: ServicesCall,
  transaction: ServicesTransaction,
  contract: NonNullable<Awaited<ReturnType<typeof lockContract>>>,
  to: ContractState,
): Promise<void> {
  await stopTerms(transaction, contract.id);
  const ruleCode = contractMachine.clockOf(to);
  const paid = contract.paidYuan === contract.amountYuan;
  if (ruleCode === undefined || (ruleCode === 'CONTRACT_PAYMENT' && paid)) return;
  const day = (date: Date) => date.toISOString().slice(0, 10);
  const startedOn = ruleCode === 'CONTRACT_PAYMENT' ? dateInChina(clock.now()) : day(contract.endsOn);
  const subject = { entityType: 'Contract', id: contract.id, place: contract } as const;
  await startTerm(calendar, transaction, subject, { ruleCode, startedOn, ruleOn: day(contract.signedOn) });
}

async function lockVisible({ caller }: ServicesCall, transaction: ServicesTransaction, globalContractId: string) {
  const id = findUuidKey('Contract', globalContractId);
  const found = id === undefined ? null : await lockContract(transaction, id);
  return found !== null && coversPlace(caller, found) ? found : null;
}

function written(id: string, eventType: string, more: object, place: Place, rowCount: number) {
  const answer = { contractId: globalId('Contract', id) };
  const event = { eventType, entityType: 'Contract', entityId: answer.contractId };
  return { answer, rowCount, events: [{ ...event, payload: { ...answer, ...more }, place }] };
}
