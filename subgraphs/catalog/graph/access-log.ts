import { departmentName } from '../../kit/codes/departments.ts';
import { graphProblem } from '../../kit/codes/problems.ts';
import { defineConnection, pageArguments, rootPage } from '../../kit/graph/connection.ts';
import type { DataCard } from '../../kit/graph/data-card.ts';
import { type AccessLineRow, accessLineList, subjectHashes } from '../store/ledger/access-log-rows.ts';
import { builder, PageInfo } from './builder.ts';

/** Who reads whom is personal data, too: it needs a right and a purpose, and is on record itself. */
const ACCESS_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 4,
  category: 'PERSONAL',
  updateCycle: 'REALTIME',
};

const AccessDecision = builder.enumType('AccessDecision', {
  description: '访问结果 What became of an access.',
  values: {
    READ: { description: '已读取，部分可能脱敏或拒绝 Given; some of it may have been masked or refused.' },
    UNMASKED: { description: '已去脱敏 Masked values were given in clear.' },
    REFUSED: { description: '已拒绝 Refused.' },
    WRITE: { description: '拟写入（执行之前记录，未必写成） A mutation about to be run, whatever became of it.' },
    WRITTEN: { description: '已写入（提交之后记录，恰好一次） A write that was committed, noted exactly once.' },
  },
});

const AccessLine = builder.objectRef<AccessLineRow>('AccessLine');
const AccessLineConnection = defineConnection(builder, 'AccessLine', AccessLine, PageInfo);
AccessLine.implement({
  description: '访问记录 One line of the access log: who read what, why, and what came of it. Whom, only hashes say.',
  card: ACCESS_CARD,
  fields: (t) => ({
    at: t.field({
      type: 'DateTime',
      description: '时间 When, before anything left.',
      resolve: ({ line }) => new Date(line.at),
    }),
    decision: t.field({
      type: AccessDecision,
      description: '结果 What became of it.',
      resolve: ({ line }) => line.decision,
    }),
    clientId: t.exposeString('clientId', { description: '接入方 Client.' }),
    departmentCode: t.exposeString('department', { description: '部门代码 Code of the department.' }),
    departmentName: t.string({
      description: '部门 Department.',
      resolve: ({ department }) => departmentName(department).zh,
    }),
    workerId: t.string({
      nullable: true,
      description: '经办工作人员 Global id of the worker who acted through the client.',
      resolve: ({ line }) => line.worker,
    }),
    legalBasisCode: t.string({
      nullable: true,
      description: '合法性基础代码 Legal basis that was stated.',
      resolve: ({ line }) => line.basis,
    }),
    scenarioCode: t.string({
      nullable: true,
      description: '使用场景代码 Scenario that was stated.',
      resolve: ({ line }) => line.scenario,
    }),
    operationName: t.string({
      nullable: true,
      description: '操作名 Name of the operation.',
      resolve: ({ scope }) => scope.operationName,
    }),
    operationHash: t.string({
      description: '操作指纹 SHA-256 of the operation.',
      resolve: ({ scope }) => scope.operationHash,
    }),
    givenCoordinates: t.stringList({
      description: '给出的字段 Fields that were given.',
      resolve: ({ scope }) => [...scope.given],
    }),
    maskedCoordinates: t.stringList({
      description: '脱敏的字段 Fields that were given masked.',
      resolve: ({ scope }) => [...scope.masked],
    }),
    unmaskedCoordinates: t.stringList({
      description: '去脱敏的字段 Masked fields that were given in clear.',
      resolve: ({ scope }) => [...scope.unmasked],
    }),
    refusedCoordinates: t.stringList({
      description: '拒绝的字段 Fields that were refused.',
      resolve: ({ scope }) => [...scope.refused],
    }),
    subjectCount: t.int({
      description: '涉及主体数 Subjects it was about.',
      card: { unit: '个 subjects' },
      resolve: ({ line }) => line.subjects.length,
    }),
    rowCount: t.int({
      description: '涉及对象数 Objects with personal data in the answer.',
      card: { unit: '个 objects' },
      resolve: ({ line }) => line.rows,
    }),
    requestId: t.string({
      description: '请求编号 Id of the request (x-request-id).',
      resolve: ({ line }) => line.request,
    }),
  }),
});

/** What a person is told of a line: of himself alone, and of officials no more than their department. */
const OwnAccess = builder.objectRef<AccessLineRow>('OwnAccess');
const OwnAccessConnection = defineConnection(builder, 'OwnAccess', OwnAccess, PageInfo);
OwnAccess.implement({
  description: '本人信息查阅记录 An access to one’s own data; nothing of third parties, officials by department only.',
  card: { ...ACCESS_CARD, grade: 3 },
  fields: (t) => ({
    at: t.field({ type: 'DateTime', description: '时间 When.', resolve: ({ line }) => new Date(line.at) }),
    decision: t.field({
      type: AccessDecision,
      description: '结果 What became of it.',
      resolve: ({ line }) => line.decision,
    }),
    departmentCode: t.exposeString('department', { description: '部门代码 Code of the department.' }),
    departmentName: t.string({
      description: '部门 Department.',
      resolve: ({ department }) => departmentName(department).zh,
    }),
    legalBasisCode: t.string({
      nullable: true,
      description: '合法性基础代码 Legal basis that was stated.',
      resolve: ({ line }) => line.basis,
    }),
    scenarioCode: t.string({
      nullable: true,
      description: '使用场景代码 Scenario that was stated.',
      resolve: ({ line }) => line.scenario,
    }),
    ownCoordinates: t.stringList({
      description: '涉及本人的字段或办理 Fields of one’s own that were asked for, and what was done.',
      resolve: ownCoordinates,
    }),
  }),
});

/**
 * What of a line is the person's own. A line about nobody else is his as a whole, his residences and memberships
 * included; where others are in it, what was read of them is not told apart from his, and stays hidden.
 */
function ownCoordinates({ line, scope }: AccessLineRow): string[] {
  const all = [...new Set([...scope.given, ...scope.masked, ...scope.unmasked, ...scope.refused])].sort();
  const isAlone = line.subjects.length === 1;
  return isAlone ? all : all.filter((name) => name.startsWith('Person.') || name.startsWith('Mutation.'));
}

const AccessLogFilter = builder.inputType('AccessLogFilter', {
  description: '访问日志筛选 Which lines; all given conditions hold together.',
  fields: (t) => ({
    subjectIds: t.idList({ description: '主体编号，任一 Global ids, any of them: whom it was about.' }),
    clientId: t.string({ description: '接入方 Client.' }),
    departmentCode: t.string({ description: '部门代码 Code of the department.' }),
    coordinate: t.string({ description: '字段坐标 A field it touched, Type.field.' }),
    decision: t.field({ type: AccessDecision, description: '结果 What became of it.' }),
    from: t.field({ type: 'DateTime', description: '起始时刻（含） At or after.' }),
    to: t.field({ type: 'DateTime', description: '截止时刻（不含） Before.' }),
  }),
});

builder.queryFields((t) => ({
  accessLog: t.field({
    type: AccessLineConnection,
    nullable: true,
    description: '访问日志 Who read whom, why, through which operation; newest first. Reading it is on record, too.',
    card: { ...ACCESS_CARD, right: 'ledger.read' },
    args: {
      ...pageArguments(t.arg),
      filter: t.arg({ type: AccessLogFilter, description: '筛选 Which lines.' }),
    },
    resolve: (_root, { filter, ...page }, context, info) => {
      const { subjectIds, from, to, ...plain } = filter ?? {};
      const { store, clock } = context;
      const subjects =
        subjectIds == null
          ? undefined
          : subjectHashes(store.subjectHasher, subjectIds, from ?? undefined, to ?? undefined, clock.now());
      const period = { from: from?.toISOString(), to: to?.toISOString() };
      const sort = subjects === undefined ? 'AT' : 'AT_OF_SUBJECTS';
      return rootPage(accessLineList, page, { sort, filter: { ...plain, ...period, subjects } }, context, info);
    },
  }),
  myAccessLog: t.field({
    type: OwnAccessConnection,
    nullable: true,
    description:
      '谁查阅过我的信息 Accesses to the data of the person whom the token names (PIPL art. 45), newest first.',
    card: { ...ACCESS_CARD, grade: 3 },
    args: pageArguments(t.arg),
    resolve: (_root, page, context, info) => {
      const { store, caller, clock } = context;
      if (caller.personId === undefined) throw graphProblem('PERSON_TOKEN_REQUIRED');
      const subjects = subjectHashes(store.subjectHasher, [caller.personId], undefined, undefined, clock.now());
      const list = { ...accessLineList, name: 'catalog.my_access_log' };
      return rootPage(list, page, { sort: 'AT_OF_SUBJECTS', filter: { subjects } }, context, info);
    },
  }),
}));
