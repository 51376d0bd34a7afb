import type { GraphQLSchema } from 'graphql';
import { GRAPH_CARD } from '../../kit/graph/data-card.ts';
import { builder } from './builder.ts';
import './department-system.ts';
import './data-field.ts';
import './stewardship.ts';
import './stewardship/access-preview.ts';
import './stewardship/steward-figures.ts';
import './schema/schema-check.ts';
import './proposals/schema-proposal.ts';
import './proposals/propose.ts';
import './quality/quality-rule.ts';
import './knowledge/field-knowledge.ts';
import './removals/announced-removal.ts';
import './contracts/graph-contract.ts';
import './external/external-subgraph.ts';
import './versions/graph-version.ts';
import './versions/roll-back.ts';
import './loaded-city.ts';
import './purposes.ts';
import './access-log.ts';
import './register-system.ts';
import './sources/field-source.ts';
import './sources/source-mapping.ts';
import './clients/client.ts';
import './clients/current-caller.ts';
import './clients/manage-client.ts';
import './clients/operation-manifest.ts';
import './clients/trust-operations.ts';
import './dictionaries/dictionary.ts';
import './chain/dataset.ts';
import './chain/department-source.ts';
import './chain/scenario.ts';
import './chain/report-synchronisation.ts';
import './register/catalogue-entry.ts';
import './register/catalogue-submission.ts';
import './register/submit-entry.ts';
import './matters/deadline-rules.ts';
import './matters/duty.ts';
import './calendar/publish-calendar-year.ts';
import './sharing/sharing-request.ts';
import './sharing/sharing-grant.ts';
import './sharing/share.ts';
import './verification/verification-ticket.ts';
import './changes/change.ts';
import './changes/changes.ts';
import './exports/export.ts';
import './webhooks/resend-dead-letters.ts';
import './webhooks/webhook.ts';
import { defineCatalogIndicator } from './chain/indicator-catalog.ts';
import { defineSubscriptions } from './changes/subscriptions.ts';
import { defineNode } from './node.ts';

builder.queryType({ description: '查询 Everything that can be read.', card: GRAPH_CARD });
builder.mutationType({ description: '变更 Everything that can be changed.', card: GRAPH_CARD });

let built: GraphQLSchema | undefined;

/** Builds the schema; `foreignTypes` are the entities of the other subgraphs, for `node(id)`. */
export function buildCatalogSchema(foreignTypes: readonly string[]): GraphQLSchema {
  if (built === undefined) {
    const entities = defineNode(foreignTypes);
    defineCatalogIndicator(entities);
    defineSubscriptions(entities);
    built = builder.toSchema({ sortSchema: false });
  }
  return built;
}
