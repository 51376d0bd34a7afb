/** PostGraphile 5 on the same database; smart tags tell it the relations that cross schemas. Runs under Node 22. */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { jsonPgSmartTags } from 'postgraphile/utils';

const relations = {
  'people.person': {
    name: 'person',
    foreignKey: [
      '(household_id) references people.household (id)|@fieldName household|@foreignFieldName members',
      '(community_code) references organizations.community (stat_code)|@fieldName community|@foreignFieldName residents',
      '(grid_code) references organizations.grid (grid_code)|@fieldName grid|@foreignFieldName gridResidents',
    ],
  },
  'people.household': { name: 'household' },
  'people.community_population': {
    name: 'community_population',
    foreignKey:
      '(community_code) references organizations.community (stat_code)|@fieldName community|@foreignSingleFieldName population|@foreignFieldName populations',
  },
  'organizations.community': { name: 'community' },
  'organizations.grid': { name: 'grid' },
  'party.party_member': {
    name: 'party_member',
    // An index says so in the database, which it does not look at.
    unique: 'person_id',
    foreignKey: [
      '(person_id) references people.person (id)|@fieldName person|@foreignSingleFieldName partyMembership|@foreignFieldName partyMemberships',
      '(organization_id) references party.party_organization (id)|@fieldName organization|@foreignFieldName members',
    ],
  },
  'services.incident': {
    name: 'incident',
    foreignKey:
      '(reporter_person_id) references people.person (id)|@fieldName reporter|@foreignFieldName reportedIncidents',
  },
};

const pgl = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [
    makePgService({
      connectionString: process.env.BENCH_DATABASE_URL,
      schemas: ['people', 'organizations', 'party', 'services'],
    }),
  ],
  plugins: [
    jsonPgSmartTags({
      version: 1,
      config: { class: Object.fromEntries(Object.entries(relations).map(([table, tags]) => [table, { tags }])) },
    }),
  ],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false },
});
const server = createServer();
const served = pgl.createServ(grafserv);
await served.addTo(server);
server.listen(0, '127.0.0.1', () => console.log(`READY http://127.0.0.1:${server.address().port}/graphql`));
