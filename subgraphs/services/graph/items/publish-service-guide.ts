import { defineMutation } from '../../../kit/graph/mutation-field.ts';
import { publishServiceGuide } from '../../rules/items/publish-service-guide.ts';
import { builder } from '../builder.ts';
import { ServiceItem, serviceItemLoader } from '../entities.ts';
import { idempotencyKey } from '../idempotency-key.ts';
import { plainRefusals } from '../refusal-lists.ts';
import { MaterialNecessity } from './service-guide.ts';

const GuideMaterialInput = builder.inputType('GuideMaterialInput', {
  description: '申请材料 One material that an item asks for.',
  fields: (t) => ({
    code: t.string({
      required: true,
      description: '材料代码 2 to 40 capitals, digits and underscores; once per guide.',
    }),
    name: t.string({ required: true, description: '材料名称 2 to 60 characters.' }),
    necessity: t.field({ type: MaterialNecessity, required: true, description: '必要程度 When it is needed.' }),
    sharedBy: t.string({ description: '共享部门代码 Department whose register holds it, where it is shared.' }),
    reusable: t.boolean({
      description: '可复用 Whether what was given with an earlier request is good for it; no by default.',
    }),
  }),
});

const PublishServiceGuideInput = builder.inputType('PublishServiceGuideInput', {
  description: '发布办事指南 The next version of an item’s guide.',
  fields: (t) => ({
    itemCode: t.string({ required: true, description: '事项编码 Code of the item, of the caller’s department.' }),
    effectiveFrom: t.field({ type: 'LocalDate', required: true, description: '生效日 Today or later.' }),
    conditions: t.string({ required: true, description: '受理条件 2 to 1,000 characters.' }),
    materials: t.field({ type: [GuideMaterialInput], required: true, description: '材料清单 Up to 30.' }),
    steps: t.stringList({ required: true, description: '办理流程 1 to 20 steps.' }),
    fee: t.string({ required: true, description: '收费 What it costs, 2 to 100 characters.' }),
    legalBasis: t.string({ required: true, description: '设定依据 Law and article, 4 to 300 characters.' }),
    idempotencyKey: idempotencyKey(t),
  }),
});

defineMutation(builder, {
  name: 'publishServiceGuide',
  description: '发布办事指南 Publishes the next version of the guide of an item of the caller’s department.',
  card: { source: 'data-authority', right: 'service-guide.write' },
  input: PublishServiceGuideInput,
  refusals: plainRefusals,
  run: (input, context) => publishServiceGuide(context, input),
  result: {
    field: 'item',
    type: ServiceItem,
    description: '事项 The item, with its guide.',
    load: ({ itemId }, context) => serviceItemLoader.load(itemId, context),
  },
});
