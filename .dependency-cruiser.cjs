/** The directions of imports that `docs/adr/0002-direction-of-imports.md` decides. `npm run check` enforces them. */
const SUBGRAPHS = 'people|organizations|services|party|catalog';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'subgraphs-never-import-each-other',
      comment: 'They meet through entity keys, in the gateway.',
      severity: 'error',
      from: { path: `^subgraphs/(${SUBGRAPHS})/` },
      to: { path: `^subgraphs/(${SUBGRAPHS})/`, pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'kit-imports-no-subgraph',
      severity: 'error',
      from: { path: '^subgraphs/kit/' },
      to: { path: `^subgraphs/(${SUBGRAPHS})/|^subgraphs/registry|^gateway/|^prisma/` },
    },
    {
      name: 'subgraphs-know-no-gateway',
      severity: 'error',
      from: { path: '^subgraphs/' },
      to: { path: '^gateway/' },
    },
    {
      name: 'rules-import-no-graphql',
      comment: 'graph → rules → store → database',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/rules/' },
      to: { path: '(^|node_modules/)(graphql|@pothos|@apollo|@graphql-tools|graphql-scalars)(/|$)|^subgraphs/[^/]+/graph/' },
    },
    {
      name: 'store-imports-no-graph-and-no-rules',
      severity: 'error',
      from: { path: '^subgraphs/[^/]+/store/' },
      to: { path: '^subgraphs/[^/]+/(graph|rules)/|(^|node_modules/)(graphql|@pothos)(/|$)' },
    },
    {
      name: 'only-stores-reach-the-database',
      comment: 'Prisma clients and pg stay behind store/; the kit may name their types.',
      severity: 'error',
      from: { path: '^subgraphs/', pathNot: '^subgraphs/[^/]+/store/' },
      to: { path: '(^|node_modules/)(pg|@prisma)(/|$)|^prisma/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'gateway-knows-only-kit-and-registry',
      comment: 'Adding a subgraph touches its own folder and registry.ts.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: { path: `^subgraphs/(${SUBGRAPHS})/` },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      from: { pathNot: '^tests/' },
      to: { path: '^tests/' },
    },
    {
      name: 'prisma-knows-only-the-kit',
      severity: 'error',
      from: { path: '^prisma/' },
      to: { path: `^gateway/|^subgraphs/(${SUBGRAPHS})/` },
    },
    {
      name: 'no-development-dependency-ships',
      severity: 'error',
      from: { path: '^(subgraphs|gateway|prisma)/', pathNot: '^gateway/graphiql/|^prisma/tools/|^gateway/bundle|print-contracts|^gateway/typed-client/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^dist/)|(^gateway/graphiql/)|(/client/)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
