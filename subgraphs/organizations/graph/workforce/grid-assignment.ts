import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT, personSubject } from '../../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import { Person, Provenance } from '../builder.ts';
import { POST_CARD, PUBLIC_NAME } from '../cards.ts';
import {
  assignmentLoader,
  CommunityWorker,
  Grid,
  GridAssignment,
  gridLoader,
  MicroGrid,
  microGridLoader,
  workerLoader,
} from '../entities.ts';
import { GridRole } from '../vocabulary.ts';

GridAssignment.implement({
  description: '网格任职 That somebody holds a post in a grid, from when to when.',
  card: POST_CARD,
  entity: assignmentLoader,
  interfaces: ['Node'],
  fields: (t) => ({
    accessSubject: t.id({
      ...ACCESS_SUBJECT,
      reads: ['personId'],
      resolve: ({ personId }) => personSubject(personId),
    }),
    id: t.id({
      description: '全局编号 Global id.',
      card: KEY_CARD,
      resolve: (assignment) => globalId('GridAssignment', assignment.id),
    }),
    role: t.field({ type: GridRole, description: '职务 Role.', resolve: (assignment) => assignment.role }),
    grid: t.field({
      type: Grid,
      nullable: true,
      description: '网格 The grid.',
      card: KEY_CARD,
      ...gridLoader.below(({ gridCode }: { readonly gridCode: string }) => globalId('Grid', gridCode)),
    }),
    microGrid: t.field({
      type: MicroGrid,
      nullable: true,
      description: '微网格 The micro-grid of a micro-grid chief.',
      card: KEY_CARD,
      ...microGridLoader.below(({ microGridCode }: { readonly microGridCode: string | null }) =>
        microGridCode === null ? null : globalId('MicroGrid', microGridCode),
      ),
    }),
    worker: t.field({
      type: CommunityWorker,
      nullable: true,
      description: '社区工作者 The holder as community worker; null for a volunteer.',
      card: KEY_CARD,
      ...workerLoader.below(({ workerId }: { readonly workerId: string | null }) =>
        workerId === null ? null : globalId('CommunityWorker', workerId),
      ),
    }),
    person: t.field({
      type: Person,
      nullable: true,
      description: '任职人 The holder as a person.',
      card: KEY_CARD,
      resolve: (assignment) => ({ id: globalId('Person', assignment.personId) }),
    }),
    holderName: t.exposeString('holderName', {
      description: '姓名 Name of the holder as published on the grid’s notice board.',
      card: PUBLIC_NAME,
    }),
    validFrom: t.expose('validFrom', { type: 'DateTime', description: '任职时间 Instant at which the post began.' }),
    validTo: t.expose('validTo', {
      type: 'DateTime',
      nullable: true,
      description: '离任时间 Instant from which it is no longer held; null while it is live.',
    }),
    endReason: t.exposeString('endReason', {
      nullable: true,
      description: '终止原因 Why it ended, where that was said.',
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which system brought this record.',
      card: KEY_CARD,
      resolve: (assignment, _args, context) => loadProvenance(assignment.provenanceId, context),
    }),
  }),
});
