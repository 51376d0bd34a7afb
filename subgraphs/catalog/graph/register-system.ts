import { isRefusal, type Refusal } from '../../kit/codes/refusals.ts';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { registerSystem, type SystemRegistered } from '../rules/register-system.ts';
import { builder, refusalTypes } from './builder.ts';
import { DepartmentSystem, systemLoader } from './entities.ts';
import { SystemFamily, SystemTier } from './vocabulary.ts';

const RegisterSystemInput = builder.inputType('RegisterSystemInput', {
  description: '系统登记 Which system to register.',
  fields: (t) => ({
    code: t.string({ required: true, description: '系统代码 3 to 64 lower-case letters, digits, hyphens.' }),
    name: t.string({ required: true, description: '系统名称 2 to 80 characters.' }),
    departmentCode: t.string({ required: true, description: '主管部门代码 Code of its department.' }),
    tier: t.field({ type: SystemTier, required: true, description: '系统层级 Tier.' }),
    family: t.field({ type: SystemFamily, description: '应用族 Family of local applications.' }),
    description: t.string({ description: '说明 What it does, up to 500 characters.' }),
    contactOffice: t.string({ description: '联系处室 Office to ask, 2 to 80 characters.' }),
    parentCode: t.string({ description: '上级系统代码 Code of the platform or system that it belongs to.' }),
    idempotencyKey: t.string({
      required: true,
      description: '幂等键 8 to 128 visible characters; the same key and input give the same answer once more.',
    }),
  }),
});

const RegisterSystemSuccess = builder
  .objectRef<SystemRegistered & { __typename: 'RegisterSystemSuccess' }>('RegisterSystemSuccess')
  .implement({
    description: '系统登记完成 The system was registered.',
    card: GRAPH_CARD,
    fields: (t) => ({
      system: t.field({
        type: DepartmentSystem,
        nullable: true,
        description: '系统 The system.',
        resolve: ({ systemId }, _args, context) => systemLoader.load(systemId, context),
      }),
    }),
  });

const RegisterSystemPayload = builder.unionType('RegisterSystemPayload', {
  description: '系统登记结果 Done, or why not.',
  types: [RegisterSystemSuccess, refusalTypes.InvalidInput, refusalTypes.NotFound, refusalTypes.Conflict],
  resolveType: (value) => (value as { __typename: string }).__typename,
});

builder.mutationFields((t) => ({
  registerSystem: t.field({
    type: RegisterSystemPayload,
    nullable: true,
    description: '系统登记 Registers a department’s system in the catalogue.',
    card: { right: 'system.write' },
    args: { input: t.arg({ type: RegisterSystemInput, required: true, description: '输入 What to register.' }) },
    resolve: async (_root, { input }, { store, caller, clock }) => {
      const result: SystemRegistered | Refusal = await registerSystem(store, caller, clock, input);
      return isRefusal(result) ? result : { __typename: 'RegisterSystemSuccess' as const, ...result };
    },
  }),
}));
