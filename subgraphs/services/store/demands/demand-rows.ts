import type { OperationTrace } from '../../../kit/operation-trace.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import { groupByKey } from '../../../kit/subgraph-context.ts';
import type { ServicesStore } from '../services-store.ts';
import { lockRow, type ServicesTransaction } from '../services-transaction.ts';
import { equals, newestFirst, tableReader } from '../table-reader.ts';

export interface DemandRow {
  readonly id: string;
  readonly title: string;
  readonly source: string;
  readonly field: string;
  readonly state: string;
  readonly foundAt: Date;
  readonly answerDueOn: string;
  readonly projectId: string | null;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const demandTable = tableReader<DemandRow>(
  'demand',
  {
    ...{ id: true, title: true, source: true, field: true, state: true, foundAt: true, projectId: true },
    ...{ answerDueOn: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);
export const demandList = demandTable.list(
  'demands',
  { FOUND_AT: newestFirst('found_at', 'foundAt', 'timestamptz', ['source', 'field', 'state', 'divisionCode']) },
  { source: equals('source'), field: equals('field'), state: equals('state') },
);
export const projectDemands = demandTable.list('project_demands', {
  ID: { columns: [{ expression: 't.id', property: 'id', cast: 'uuid' }], direction: 'ASC', filters: [] },
});

export interface DemandProjectRow {
  readonly id: string;
  readonly title: string;
  readonly field: string;
  readonly state: string;
  readonly plan: string | null;
  readonly plannedBudgetYuan: number;
  readonly demandCount: number;
  readonly openedAt: Date;
  readonly stepDueOn: string;
  readonly communityCode: string;
  readonly provenanceId: string;
}

export const projectTable = tableReader<DemandProjectRow>(
  'demand_project',
  {
    ...{ id: true, title: true, field: true, state: true, plan: true, plannedBudgetYuan: true, demandCount: true },
    ...{ openedAt: true, stepDueOn: 'date' as const, communityCode: true, provenanceId: true },
  },
  { hasGridCode: false },
);
export const projectList = projectTable.list(
  'demand_projects',
  { OPENED_AT: newestFirst('opened_at', 'openedAt', 'timestamptz', ['field', 'state', 'divisionCode']) },
  { field: equals('field'), state: equals('state') },
);

export interface EvaluationRow {
  readonly projectId: string;
  readonly side: string;
  readonly grade: string;
  readonly comment: string;
  readonly departmentCode: string;
  readonly givenAt: Date;
}

/** Evaluations of projects that the caller was allowed to see. */
export async function findEvaluations(
  store: ServicesStore,
  projectIds: readonly string[],
  trace: OperationTrace,
): Promise<EvaluationRow[][]> {
  const rows = await store.database.rows<EvaluationRow>(
    'evaluations_of_projects',
    `SELECT t.project_id AS "projectId", t.side, t.grade, t.comment, t.department_code AS "departmentCode",
            t.given_at AS "givenAt"
       FROM services.project_evaluation t WHERE t.project_id = ANY($1::uuid[]) ORDER BY t.project_id, t.side`,
    [projectIds],
    trace,
    { key: 'projectId' },
  );
  return groupByKey(projectIds, rows, (row) => row.projectId);
}

export interface ProjectFactsRow {
  readonly key: string;
  readonly evaluations: number;
  readonly linked: boolean;
  readonly openContracts: number;
}

const FACTS = `(SELECT count(*)::int FROM services.project_evaluation e WHERE e.project_id = k.key) AS evaluations,
       EXISTS (SELECT FROM services.linkage l WHERE l.project_id = k.key AND l.ended_on IS NULL) AS linked,
       (SELECT count(*)::int FROM services.contract c
         WHERE c.project_id = k.key AND c.state IN ('SIGNED', 'PERFORMING')) AS "openContracts"`;

/** What the machine looks at, of projects that the caller was allowed to see. */
export async function findProjectFacts(
  store: ServicesStore,
  projectIds: readonly string[],
  trace: OperationTrace,
): Promise<ProjectFactsRow[]> {
  const rows = await store.database.rows<ProjectFactsRow>(
    'facts_of_projects',
    `SELECT k.key, ${FACTS} FROM unnest($1::uuid[]) WITH ORDINALITY AS k(key, ordinal) ORDER BY k.ordinal`,
    [projectIds],
    trace,
  );
  return rows;
}

/** The same inside a transaction that holds the project locked. */
export async function readProjectFacts(transaction: ServicesTransaction, projectId: string) {
  const [evaluations, links, openContracts] = [
    await transaction.projectEvaluation.count({ where: { projectId } }),
    await transaction.linkage.count({ where: { projectId, endedOn: null } }),
    await transaction.contract.count({ where: { projectId, state: { in: ['SIGNED', 'PERFORMING'] } } }),
  ];
  return { evaluations, linked: links > 0, openContracts };
}

export async function lockProject(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'demand_project', id))) return null;
  return transaction.demandProject.findUniqueOrThrow({ where: { id } });
}

export async function lockDemand(transaction: ServicesTransaction, id: string) {
  if (!(await lockRow(transaction, 'demand', id))) return null;
  return transaction.demand.findUniqueOrThrow({ where: { id } });
}

export async function insertDemand(
  transaction: ServicesTransaction,
  { answerDueOn, gridCode: _none, ...row }: Omit<DemandRow, 'projectId' | 'communityCode'> & Place,
): Promise<void> {
  await transaction.demand.create({ data: { ...row, answerDueOn: new Date(answerDueOn) } });
}

export async function updateDemand(
  transaction: ServicesTransaction,
  id: string,
  change: { readonly state: string; readonly projectId?: string | null },
): Promise<void> {
  await transaction.demand.update({ where: { id }, data: change });
}

export async function demandsOfProject(transaction: ServicesTransaction, projectId: string) {
  return transaction.demand.findMany({
    where: { projectId },
    orderBy: { id: 'asc' },
    select: { id: true, state: true, foundAt: true },
  });
}

export async function insertProject(
  transaction: ServicesTransaction,
  { stepDueOn, gridCode: _none, ...row }: Omit<DemandProjectRow, 'plan' | 'communityCode'> & Place,
): Promise<void> {
  await transaction.demandProject.create({ data: { ...row, stepDueOn: new Date(stepDueOn) } });
}

export async function updateProject(
  transaction: ServicesTransaction,
  id: string,
  {
    stepDueOn,
    ...change
  }: { state?: string; plan?: string; plannedBudgetYuan?: number; demandCount?: number; stepDueOn?: string },
): Promise<void> {
  await transaction.demandProject.update({
    where: { id },
    data: { ...change, ...(stepDueOn === undefined ? {} : { stepDueOn: new Date(stepDueOn) }) },
  });
}

/** False when this side has evaluated the project already. */
export async function insertEvaluation(
  transaction: ServicesTransaction,
  row: EvaluationRow & { readonly provenanceId: string },
): Promise<boolean> {
  const { count } = await transaction.projectEvaluation.createMany({ data: [row], skipDuplicates: true });
  return count === 1;
}
