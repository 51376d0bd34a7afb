import { departmentName } from '../codes/departments.ts';
import { GRAPH_CARD } from './data-card.ts';
import type { GraphBuilder } from './graph-builder.ts';

/** A department by its code, as rows name it. */
export interface DepartmentShape {
  readonly code: string;
}

/** Declares the `Department` that all subgraphs share. Once per subgraph. */
export function defineDepartment<Store>(builder: GraphBuilder<Store>) {
  return builder.objectRef<DepartmentShape>('Department').implement({
    description: '部门 A department, as source or handler.',
    card: GRAPH_CARD,
    directives: { shareable: {} },
    fields: (t) => ({
      code: t.exposeString('code', { description: '部门代码 Code used throughout the graph.' }),
      name: t.string({
        description: '部门名称 Chinese name; the code where it is not registered.',
        resolve: ({ code }) => departmentName(code).zh,
      }),
    }),
  });
}
