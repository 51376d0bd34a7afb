import type { Caller } from '../../../kit/caller/caller.ts';
import type { Clock } from '../../../kit/clock.ts';
import { isDepartmentCode } from '../../../kit/codes/departments.ts';
import { type Refusal, refuse } from '../../../kit/codes/refusals.ts';
import type { CatalogStore } from '../../store/catalog-store.ts';
import { describeScenarioRow, findMissingOperations, lockScenario } from '../../store/chain/scenario-rows.ts';
import { writeCatalog } from '../catalog-write.ts';
import { textRefusal } from '../text-refusal.ts';

export interface DescribeScenarioInput {
  readonly code: string;
  readonly name: string;
  readonly departmentCode: string;
  readonly operationNames: readonly string[];
  readonly idempotencyKey: string;
}

export interface ScenarioDescribed {
  readonly code: string;
}

/** A city fills in what the articles leave open: a scenario's name, its owner, and the operation documents that serve it. */
export function describeScenario(
  store: CatalogStore,
  caller: Caller,
  clock: Clock,
  input: DescribeScenarioInput,
): Promise<ScenarioDescribed | Refusal> {
  return writeCatalog(
    { store, caller, clock },
    'describeScenario',
    'scenario',
    input,
    async (transaction, provenanceId) => {
      const { code, departmentCode } = input;
      const text = textRefusal('input.name', input.name, 2, 40);
      if (text !== undefined) return text;
      if (!isDepartmentCode(departmentCode)) return refuse('DEPARTMENT_UNKNOWN', 'input.departmentCode');
      if (!(await lockScenario(transaction, code))) return refuse('SCENARIO_NOT_FOUND', 'input.code');
      const operationNames = [...new Set(input.operationNames)];
      const [missing] = await findMissingOperations(transaction, operationNames);
      if (missing !== undefined) return refuse('OPERATION_DOCUMENT_NOT_FOUND', 'input.operationNames');
      await describeScenarioRow(transaction, {
        code,
        name: input.name.trim(),
        departmentCode,
        operationNames,
        provenanceId,
      });
      const event = {
        eventType: 'scenario.described',
        entityType: 'Scenario',
        entityId: code,
        payload: { code, departmentCode, operationNames },
        place: undefined,
      };
      return { answer: { code }, rowCount: 1, events: [event] };
    },
  );
}
