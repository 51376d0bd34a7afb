import { pageArguments, rootPage } from '../../../kit/graph/connection.ts';
import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { nameCertificateItem } from '../../rules/certificates/name-certificate-item.ts';
import {
  type CertificateItemRow,
  certificateItemList,
  countCertificateItems,
  findCertificateItemsByCode,
} from '../../store/certificates/certificate-rows.ts';
import { builder, Department } from '../builder.ts';
import { CertificateItem, CertificateItemConnection, certificateItemLoader } from '../entities.ts';
import { entityFields } from '../entity-fields.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { ITEM_CARD } from '../items/item-card.ts';
import { plainRefusals } from '../refusal-lists.ts';

export const CERTIFICATE_CARD = { ...ITEM_CARD, source: 'civil-affairs' } as const;

CertificateItem.implement({
  description: '证明事项 A certificate that villages and communities issue, or that a department’s check has replaced.',
  card: CERTIFICATE_CARD,
  entity: certificateItemLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    ...entityFields(t, 'CertificateItem'),
    code: t.exposeString('code', { description: '证明事项代码 Local code in the list.' }),
    name: t.exposeString('name', { description: '证明名称 Name; 待补 where the list names none yet.' }),
    named: t.exposeBoolean('named', { description: '名称已明确 Whether its name is known.' }),
    allowed: t.exposeBoolean('allowed', { description: '可否出具 Whether it is still issued.' }),
    listedOn: t.expose('listedOn', { type: 'LocalDate', description: '列入日期 Since when it is on the list.' }),
    removedOn: t.expose('removedOn', {
      type: 'LocalDate',
      nullable: true,
      description: '取消日期 Since when it is not; null while it is, and where the day is not known.',
    }),
    legalBasis: t.exposeString('legalBasis', { description: '依据 Why it is issued or no longer is, or 待补.' }),
    basisConfirmed: t.exposeBoolean('basisConfirmed', { description: '依据已核对 Whether that was checked.' }),
    substituteCheckCode: t.exposeString('substituteCheckCode', {
      nullable: true,
      description:
        '替代核查代码 Code of the check that replaces it, for `departmentCheck`, which answers by yes or no at once where a register of the graph holds it; otherwise its department answers `askCertificateCheck`. Null where none is named.',
    }),
    substituteDepartment: t.field({
      type: Department,
      nullable: true,
      description: '替代核查部门 Department whose check replaces it; a default until the city confirms it.',
      resolve: ({ substituteDepartmentCode: code }) => (code === null ? null : { code }),
    }),
  }),
});

interface Counts {
  readonly before: number;
  readonly after: number;
  readonly pendingNames: number;
}
const CertificateCounts = builder.objectRef<Counts>('CertificateCounts').implement({
  description: '证明清理情况 How far the list was cut.',
  card: { ...CERTIFICATE_CARD, derivedFrom: 'count of certificate items', unit: '项 items' },
  fields: (t) => ({
    before: t.exposeInt('before', { description: '清理前 Certificates on the list before.' }),
    after: t.exposeInt('after', { description: '保留 Still issued.' }),
    pendingNames: t.exposeInt('pendingNames', { description: '名称待补 Whose names are not known yet.' }),
  }),
});

const CertificateItemFilter = builder.inputType('CertificateItemFilter', {
  description: '证明筛选 Which certificates.',
  fields: (t) => ({
    allowed: t.boolean({ description: '可否出具 Whether it is still issued.' }),
    named: t.boolean({ description: '名称已明确 Whether its name is known.' }),
  }),
});

builder.queryFields((t) => ({
  certificateItem: t.field({
    type: CertificateItem,
    nullable: true,
    description: '按代码查证明事项 A certificate by its code.',
    args: { code: t.arg.string({ required: true, description: '证明事项代码 Code in the list.' }) },
    resolve: (_root, { code }, context) =>
      context.loaders
        .get<CertificateItemRow | null>('certificateItem:code', (codes) =>
          findCertificateItemsByCode(context.store, codes, context.trace),
        )
        .load(code),
  }),
  certificateItems: t.field({
    type: CertificateItemConnection,
    description: '证明事项清单 Certificates, by code.',
    args: { ...pageArguments(t.arg), filter: t.arg({ type: CertificateItemFilter, description: '筛选 Which ones.' }) },
    resolve: (_root, { filter, ...page }, context, info) =>
      rootPage(certificateItemList, page, { sort: 'CODE', filter: { ...filter } }, context, info),
  }),
  certificateCounts: t.field({
    type: CertificateCounts,
    description: '证明材料清理 How many certificates there were and how many are left.',
    resolve: (_root, _args, { store, trace }) => countCertificateItems(store, trace),
  }),
}));

const NameCertificateItemInput = builder.inputType('NameCertificateItemInput', {
  description: '补齐证明事项 Fills in a name that stands as 待补.',
  fields: (t) => ({
    certificateCode: t.string({ required: true, description: '证明事项代码 Code in the list.' }),
    name: t.string({ required: true, description: '证明名称 2 to 60 characters.' }),
    legalBasis: t.string({ required: true, description: '依据 4 to 200 characters: law and article.' }),
    substituteDepartmentCode: t.string({
      description:
        '替代核查部门 Department whose check replaces it; for one that is no longer issued, and only for that.',
    }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'nameCertificateItem',
  description: '补齐证明事项名称 Fills in the name and basis of a certificate that stands as 待补.',
  card: { source: 'civil-affairs', right: 'certificate.list' },
  input: NameCertificateItemInput,
  refusals: plainRefusals,
  run: (input, context) => nameCertificateItem(context, input),
  result: {
    field: 'item',
    type: CertificateItem,
    description: '证明事项 The certificate.',
    load: ({ itemId }, context) => certificateItemLoader.load(itemId, context),
  },
});
