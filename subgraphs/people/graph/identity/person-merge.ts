import { departmentName } from '../../../kit/codes/departments.ts';
import { globalId } from '../../../kit/global-id.ts';
import { ACCESS_SUBJECT } from '../../../kit/graph/access-subject.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { loadProvenance } from '../../../kit/graph/provenance.ts';
import type { SubgraphContext } from '../../../kit/subgraph-context.ts';
import { findMergeLinks, findMergesOf, type MergeLink, type PersonMergeRow } from '../../store/identity/merge-rows.ts';
import type { PeopleStore } from '../../store/people-store.ts';
import type { PersonRow } from '../../store/person-rows.ts';
import { builder, Provenance } from '../builder.ts';
import { Person, personLoader } from '../entities.ts';

const Kind = builder.enumType('PersonMergeKind', {
  description: '归并或拆分 What was done.',
  values: {
    MERGED: { description: '归并 Two records became one.' },
    SPLIT: { description: '拆分 A merge was undone.' },
  },
});

const person = (id: string, context: SubgraphContext<PeopleStore>) =>
  personLoader.load(globalId('Person', id), context);

const PersonMerge = builder.objectRef<PersonMergeRow>('PersonMerge').implement({
  description: '归并记录 Who merged or split two records, when and why.',
  card: { source: 'data-authority', sharing: 'CONDITIONAL', grade: 3, category: 'PERSONAL', updateCycle: 'ON_CHANGE' },
  fields: (t) => ({
    accessSubject: t.idList({
      ...ACCESS_SUBJECT,
      resolve: ({ survivorId, mergedId }) => [globalId('Person', survivorId), globalId('Person', mergedId)],
    }),
    kind: t.field({ type: Kind, description: '归并或拆分 What was done.', resolve: ({ kind }) => kind }),
    at: t.expose('at', { type: 'DateTime', description: '时间 When.' }),
    reason: t.exposeString('reason', { description: '理由 Why.' }),
    departmentName: t.string({
      description: '办理部门 Department that decided.',
      resolve: ({ department }) => departmentName(department).zh,
    }),
    survivor: t.field({
      type: Person,
      nullable: true,
      description: '保留的记录 The record that goes on.',
      card: KEY_CARD,
      resolve: ({ survivorId }, _args, context) => person(survivorId, context),
    }),
    merged: t.field({
      type: Person,
      nullable: true,
      description: '被归并的记录 The record that was merged, or split off.',
      card: KEY_CARD,
      resolve: ({ mergedId }, _args, context) => person(mergedId, context),
    }),
    provenance: t.field({
      type: Provenance,
      description: '数据来源 Which request it was.',
      card: KEY_CARD,
      resolve: ({ provenanceId }, _args, context) => loadProvenance(provenanceId, context),
    }),
  }),
});

function linksOf(side: 'id' | 'merged_into', id: string, { store, trace, loaders }: SubgraphContext<PeopleStore>) {
  return loaders.get<MergeLink[]>(`mergeLinks:${side}`, (ids) => findMergeLinks(store, side, ids, trace)).load(id);
}

builder.objectFields(Person, (t) => ({
  mergedInto: t.field({
    type: Person,
    nullable: true,
    description: '已归并到 The record that goes on, where this one was merged into it.',
    card: KEY_CARD,
    reads: ['id'],
    resolve: async ({ id }, _args, context) => {
      const [link] = await linksOf('id', id, context);
      return link === undefined ? null : person(link.mergedInto, context);
    },
  }),
  mergedPersons: t.field({
    type: [Person],
    description: '归并进来的记录 Records that were merged into this one, each with its own history.',
    card: KEY_CARD,
    reads: ['id'],
    resolve: async ({ id }, _args, context) => {
      const links = await linksOf('merged_into', id, context);
      const found = await Promise.all(links.map((link) => person(link.id, context)));
      return found.filter((row): row is PersonRow => row !== null);
    },
  }),
  merges: t.field({
    type: [PersonMerge],
    description: '归并与拆分历史 What was merged and split of this record, the newest first.',
    card: KEY_CARD,
    reads: ['id'],
    resolve: ({ id }, _args, { store, trace, loaders }) =>
      loaders.get<PersonMergeRow[]>('merges', (ids) => findMergesOf(store, ids, trace)).load(id),
  }),
}));
