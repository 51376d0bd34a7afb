import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../subgraphs/kit/project-root.ts';
import { openCityHub } from '../kit/city-hub.ts';

const document = readFileSync(join(projectRoot, 'schema/operations/community-at-a-glance.graphql'), 'utf8');

interface Glance {
  community: {
    partyOrganization: { secretaryName: string } | null;
    committees: { kind: string }[];
    serviceCentre: { name: string } | null;
    gridCoverage: { gridCount: number; gridsWithChief: number };
    grids: {
      totalCount: number;
      nodes: {
        gridCode: string;
        chief: { holderName: string } | null;
        partyBranch: { secretaryName: string } | null;
        openIncidentCount: number;
      }[];
    };
    openIncidentCount: number;
    incidents: { nodes: { state: string }[] };
  };
}

test('scenario 1: core, two committees, centre, grids, chiefs, branch secretaries and open incidents in one request', async () => {
  await using hub = await openCityHub();
  const { status, data, errors, statements } = await hub.ask('frontend', document, { statCode: '330402007024' });
  expect({ status, errors }).toEqual({ status: 200, errors: [] });
  const { community } = data as Glance;

  expect(community.partyOrganization?.secretaryName).toBeTruthy();
  expect(community.committees.map(({ kind }) => kind).sort()).toEqual(['RESIDENTS', 'SUPERVISION']);
  expect(community.serviceCentre?.name).toBeTruthy();
  const { nodes: grids, totalCount } = community.grids;
  expect(totalCount).toBe(community.gridCoverage.gridCount);
  expect(grids.filter(({ chief }) => chief !== null)).toHaveLength(community.gridCoverage.gridsWithChief);
  expect(grids.every(({ partyBranch }) => partyBranch !== null)).toBe(true);
  expect(grids.reduce((sum, grid) => sum + grid.openIncidentCount, 0)).toBe(community.openIncidentCount);
  expect(community.incidents.nodes.every(({ state }) => state !== 'CLOSED')).toBe(true);

  // Against the tables themselves.
  const { rows } = await hub.pool.query<{ open: number; chiefs: number }>(
    `SELECT (SELECT count(*)::int FROM services.incident
              WHERE community_code = '330402007024' AND closed_at IS NULL) AS open,
            (SELECT count(*)::int FROM organizations.grid_assignment
              WHERE community_code = '330402007024' AND role = 'GRID_CHIEF' AND valid_to IS NULL) AS chiefs`,
  );
  expect(rows).toEqual([{ open: community.openIncidentCount, chiefs: community.gridCoverage.gridsWithChief }]);
  expect(Object.keys(statements).sort()).toEqual(['catalog', 'organizations', 'party', 'people', 'services']);
});
