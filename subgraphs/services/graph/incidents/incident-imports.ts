import { globalId } from '../../../kit/global-id.ts';
import { KEY_CARD } from '../../../kit/graph/data-card.ts';
import { defineImports } from '../../../kit/graph/import-types.ts';
import { defineConflictVocabulary, defineItemConflicts } from '../../../kit/graph/item-conflict-types.ts';
import { incidentsDataset } from '../../datasets/incidents-dataset.ts';
import { builder, PageInfo, Provenance } from '../builder.ts';
import { Incident, incidentLoader } from '../entities.ts';

defineImports(builder, PageInfo, { subgraph: 'services', title: 'Services', datasets: [incidentsDataset] });

const incidents = defineItemConflicts(builder, {
  subgraph: 'services',
  dataset: incidentsDataset,
  pageInfo: PageInfo,
  provenance: Provenance,
  vocabulary: defineConflictVocabulary(builder),
  about: 'an incident',
  card: { grade: 2, category: 'GOVERNMENT' },
  statedCard: {},
  statedValue: ({ statedText }) => statedText ?? '',
});

builder.objectField(incidents.Conflict, 'incident', (t) =>
  t.field({
    type: Incident,
    nullable: true,
    description: '事件 The incident; null outside the caller’s area.',
    card: KEY_CARD,
    ...incidentLoader.below(({ entityId }: { readonly entityId: string }) => globalId('Incident', entityId)),
  }),
);

builder.objectFields(Incident, (t) => ({
  sourceSystem: t.exposeString('sourceSystem', {
    nullable: true,
    description: '来源系统 Code of the system that it was imported from; null for one that was reported to the hub.',
  }),
  externalNumber: t.exposeString('externalNumber', {
    nullable: true,
    description: '外部编号 Its number in that system.',
  }),
}));
incidents.addTo(Incident, 'this incident');
