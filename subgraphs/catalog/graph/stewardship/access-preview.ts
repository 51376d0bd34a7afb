import { departmentName } from '../../../kit/codes/departments.ts';
import { graphProblem } from '../../../kit/codes/problems.ts';
import { isRightCode, rights } from '../../../kit/codes/rights.ts';
import { type DataCard, isPersonal } from '../../../kit/graph/data-card.ts';
import { type JudgedAccess, judgeAccess } from '../../rules/access/judge-access.ts';
import { findClientGrant } from '../../store/clients/client-rows.ts';
import { type DataFieldRow, findDataFields, findPersonalRights } from '../../store/data-field-rows.ts';
import { readPurposeRegistry } from '../../store/purpose-rows.ts';
import { builder } from '../builder.ts';

const PREVIEW_CARD: DataCard = {
  source: 'data-authority',
  sharing: 'CONDITIONAL',
  grade: 2,
  category: 'GOVERNMENT',
  updateCycle: 'REALTIME',
  derivedFrom: 'DataField, Client, UseScenario and SharingGrant in force now',
};
const MAX_COORDINATES = 100;

interface Preview extends JudgedAccess {
  readonly field: DataFieldRow;
}

const AccessOutcome = builder.enumType('AccessOutcome', {
  description: '可见程度 What a client would be given of a field.',
  values: {
    CLEAR: { description: '明文 The value in clear.' },
    MASKED: { description: '脱敏 The value masked.' },
    IN_AREA: { description: '授权区域内可见 In clear within the area of a sharing grant, refused elsewhere.' },
    REFUSED: { description: '不可见 Refused.' },
  },
});

const FieldAccess = builder.objectRef<Preview>('FieldAccess').implement({
  description: '权限预览 What a client would see of a field under a purpose, and whom to ask for the rest.',
  card: PREVIEW_CARD,
  fields: (t) => ({
    coordinate: t.string({ description: '信息项坐标 The field.', resolve: ({ field }) => field.coordinate }),
    outcome: t.field({
      type: AccessOutcome,
      description: '可见程度 What would be given.',
      resolve: ({ outcome }) => outcome,
    }),
    reasonCode: t.string({
      nullable: true,
      description: '原因代码 Code of what stands in the way, as an error would carry it.',
      resolve: ({ reason }) => reason,
    }),
    requiredRight: t.string({
      nullable: true,
      description: '所需权限 Right that the field demands.',
      resolve: ({ field }) => field.requiredRight,
    }),
    requiredRightName: t.string({
      nullable: true,
      description: '所需权限名称 That right in Chinese.',
      resolve: ({ field: { requiredRight } }) =>
        requiredRight !== null && isRightCode(requiredRight) ? rights[requiredRight].zh : requiredRight,
    }),
    askDepartmentCode: t.string({
      description: '数源部门代码 Code of the department to ask.',
      resolve: ({ field }) => field.sourceDepartment,
    }),
    askDepartmentName: t.string({
      description: '数源部门 The department to ask.',
      resolve: ({ field: { sourceDepartment: code } }) => departmentName(code).zh,
    }),
    divisionCodes: t.stringList({
      description: '授权区域 Divisions in which sharing grants open it.',
      resolve: ({ divisionCodes }) => [...divisionCodes],
    }),
  }),
});

builder.queryField('fieldAccess', (t) =>
  t.field({
    type: [FieldAccess],
    nullable: true,
    description:
      '权限预览 What a client would see of fields under a purpose, now; null where there is no such client. Children under fourteen need person.minor as well.',
    card: { ...PREVIEW_CARD, right: 'catalog.steward' },
    args: {
      clientId: t.arg.string({ required: true, description: '接入方 Client.' }),
      coordinates: t.arg.stringList({ required: true, description: '信息项 Fields, Type.field; up to 100.' }),
      legalBasisCode: t.arg.string({ description: '合法性基础 Legal basis that it would state.' }),
      scenarioCode: t.arg.string({ description: '使用场景 Scenario that it would state.' }),
      unmask: t.arg.boolean({ description: '去脱敏 Whether it would ask for clear values.' }),
    },
    resolve: async (_root, args, { store, clock, trace }) => {
      const coordinates = [...new Set(args.coordinates)];
      if (coordinates.length > MAX_COORDINATES) {
        throw graphProblem('FILTER_INVALID', {
          filter: 'coordinates',
          reasonZh: `最多 ${MAX_COORDINATES} 项`,
          reasonEn: `no more than ${MAX_COORDINATES}`,
        });
      }
      const now = clock.now();
      const [fields, client, registry, personalRights] = await Promise.all([
        findDataFields(store, coordinates, trace),
        findClientGrant(store, args.clientId, now),
        readPurposeRegistry(store, now),
        findPersonalRights(store, trace),
      ]);
      if (client === null) return null;
      const stated = {
        legalBasis: args.legalBasisCode ?? undefined,
        scenario: args.scenarioCode ?? undefined,
        unmask: args.unmask === true,
      };
      return fields.flatMap((field) =>
        field === null || field.removedAt !== null
          ? []
          : [
              {
                field,
                ...judgeAccess(
                  { ...field, personal: isPersonal(field) },
                  client,
                  stated,
                  registry,
                  personalRights,
                  now,
                ),
              },
            ],
      );
    },
  }),
);
