import type { Caller } from '../../../kit/caller/caller.ts';
import { departmentName } from '../../../kit/codes/departments.ts';
import { isRightCode, rights } from '../../../kit/codes/rights.ts';
import type { DataCard } from '../../../kit/graph/data-card.ts';
import { builder } from '../builder.ts';

const OWN_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'ON_CHANGE',
};

const CurrentCaller = builder.objectRef<Caller>('CurrentCaller').implement({
  description: '当前接入方 Who asks: the client as the hub knows it for this request.',
  card: OWN_CARD,
  fields: (t) => ({
    clientId: t.exposeString('clientId', { description: '接入方代码 Id of the client.' }),
    departmentCode: t.exposeString('departmentCode', { description: '部门代码 Code of its department.' }),
    departmentName: t.string({
      description: '部门名称 That department in Chinese.',
      resolve: ({ departmentCode: code }) => departmentName(code).zh,
    }),
    jurisdictionCodes: t.stringList({
      description: '辖区代码 Division or grid codes whose rows it sees.',
      resolve: ({ jurisdiction }) => [...jurisdiction],
    }),
    rights: t.stringList({ description: '权限代码 Its rights.', resolve: (caller) => [...caller.rights].sort() }),
    rightNames: t.stringList({
      description: '权限名称 Their names in Chinese.',
      resolve: (caller) => [...caller.rights].sort().map((right) => (isRightCode(right) ? rights[right].zh : right)),
    }),
  }),
});

builder.queryField('currentCaller', (t) =>
  t.field({
    type: CurrentCaller,
    description: '当前接入方 Who asks, for which area, with which rights.',
    card: OWN_CARD,
    resolve: (_root, _args, { caller }) => caller,
  }),
);
