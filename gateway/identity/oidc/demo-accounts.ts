import { HUB_CALLER } from '../../../subgraphs/kit/caller/caller.ts';
import { OperationTrace } from '../../../subgraphs/kit/operation-trace.ts';
import { executableOperation } from '../../execute/executable-operation.ts';
import type { Graph } from '../../graph.ts';

/** Somebody who may log in at the embedded issuer of a demo hub. */
export interface DemoAccount {
  readonly accountId: string;
  readonly titleZh: string;
  readonly titleEn: string;
  /** Global id of the worker that the account is. */
  readonly workerId?: string;
}

const GRID_CHIEFS = executableOperation(
  'query DemoGridChiefs { grids(first: 20) { nodes { name chief { worker { id } } } } }',
);
const CHIEFS = 3;

interface GridWithChief {
  readonly name: string;
  readonly chief: { readonly worker: { readonly id: string } | null } | null;
}

/** A citizen's desk clerk, and the chiefs of the first grids that have one, as the graph has them at this moment. */
export async function findDemoAccounts(graph: Pick<Graph, 'executor'>): Promise<DemoAccount[]> {
  const { data } = await graph.executor.execute({
    prepared: GRID_CHIEFS,
    variables: {},
    caller: HUB_CALLER,
    trace: new OperationTrace(),
  });
  const grids = (data?.grids as { nodes: readonly GridWithChief[] } | null | undefined)?.nodes ?? [];
  const chiefs = grids.flatMap(({ name, chief }) => (chief?.worker ? [{ name, workerId: chief.worker.id }] : []));
  return [
    { accountId: 'desk-clerk', titleZh: '便民服务窗口人员', titleEn: 'Clerk of the service desk' },
    ...chiefs.slice(0, CHIEFS).map(({ name, workerId }) => ({
      accountId: workerId.replace(':', '-'),
      titleZh: `网格长（${name}）`,
      titleEn: 'Grid chief',
      workerId,
    })),
  ];
}
