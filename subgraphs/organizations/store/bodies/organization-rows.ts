import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { ShortList } from '../short-list.ts';

export const organizationKinds = [
  'GOVERNMENT_DEPARTMENT',
  'SUBDISTRICT_OFFICE',
  'OFFICE_UNIT',
  'SOCIAL_ORGANIZATION',
  'OWNERS_COMMITTEE',
  'PROPERTY_SERVICE',
  'STATIONED_UNIT',
  'INCUBATOR',
  'ALLIANCE',
  'SOCIAL_WORK_STATION',
  'SOCIAL_WORK_STUDIO',
  'SERVICE_TEAM',
  'GRID_TEAM',
  'LEADING_GROUP',
  'LAW_FIRM',
] as const;
export type OrganizationKind = (typeof organizationKinds)[number];
export type SocialOrganizationField = 'LIVING_SERVICE' | 'CHARITY' | 'CULTURE_SPORTS' | 'MEDIATION';

/** The register of bodies is public: its rows are open to every caller. */
export interface OrganizationRow {
  readonly id: string;
  readonly kind: OrganizationKind;
  readonly name: string;
  readonly form: 'SOCIAL_ASSOCIATION' | 'SOCIAL_SERVICE_AGENCY' | 'FOUNDATION' | 'COMMUNITY_SOCIAL_ORGANIZATION' | null;
  readonly field: SocialOrganizationField | null;
  readonly registration: 'REGISTERED' | 'FILED' | null;
  readonly structure: 'CONVENTIONAL' | 'DEPARTMENTS_AND_CENTRE' | 'CENTRE_BASED' | null;
  readonly uscc: string | null;
  readonly parentId: string | null;
  readonly establishedOn: string | null;
  readonly dissolvedOn: string | null;
  readonly estateName: string | null;
  readonly rating: number | null;
  readonly phone: string | null;
  readonly addressText: string | null;
  readonly estateId: string | null;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly townshipCode: string | null;
  readonly communityCode: string | null;
  readonly provenanceId: string;
  /** Items that another batch brought, by the key that their dataset has for them. */
  readonly itemProvenance: Readonly<Record<string, string>> | null;
}

export const organizationTable: EntityTable<OrganizationRow> = {
  table: 'organization',
  columns: [
    'id',
    'kind',
    'name',
    'form',
    'field',
    'registration',
    'structure',
    'uscc',
    'parentId',
    'establishedOn',
    'dissolvedOn',
    'estateName',
    'rating',
    'phone',
    'addressText',
    'estateId',
    'cityCode',
    'countyCode',
    'townshipCode',
    'communityCode',
    'provenanceId',
    'itemProvenance',
  ],
  dates: ['establishedOn', 'dissolvedOn'],
};

/** Bodies of one kind in a division, by name. */
export const organizationList: ListDeclaration<OrganizationRow> = {
  name: 'organizations.organizations',
  from: 'organizations.organization t',
  columns: columnList(organizationTable),
  sorts: {
    NAME: {
      columns: [
        { expression: 't.name', property: 'name', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['kind', 'divisionCode'],
    },
  },
  filters: {
    kind: (value, values) => `t.kind = $${values.push(value)}`,
    divisionCode: divisionFilter('t', false),
  },
};

/** Social organizations of one field in a division, by name; an index of their own holds nothing else. */
export const socialOrganizationList: ListDeclaration<OrganizationRow> = {
  ...organizationList,
  name: 'organizations.social_organizations',
  always: "t.kind = 'SOCIAL_ORGANIZATION'",
  sorts: {
    NAME: {
      columns: [
        { expression: 't.name', property: 'name', cast: 'text' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'ASC',
      filters: ['field', 'divisionCode'],
    },
  },
  filters: {
    field: (value, values) => `t.field = $${values.push(value)}`,
    divisionCode: divisionFilter('t', false),
  },
};

/** A body has a dozen units at most. */
export const organizationUnits: ShortList<OrganizationRow> = {
  name: 'organization_units',
  table: organizationTable,
  owner: { column: 'parent_id', property: 'parentId', cast: 'uuid' },
  order: 't.name, t.id',
  limit: 100,
};

/** Bodies that belong to a community; more than this many are found through the list of organizations. */
export const communityOrganizations: ShortList<OrganizationRow> = {
  name: 'community_organizations',
  table: organizationTable,
  owner: { column: 'community_code', property: 'communityCode', cast: 'text' },
  order: 't.kind, t.name, t.id',
  limit: 100,
};

export const engagementRoles = [
  'LEADER',
  'MEMBER',
  'SUPERVISOR',
  'LEGAL_ADVISER',
  'STATIONED',
  'INCUBATEE',
  'PROPERTY_MANAGER',
  'SECONDED',
] as const;
export type EngagementRole = (typeof engagementRoles)[number];
export type HolderType = 'WORKER' | 'PERSON' | 'ORGANIZATION' | 'EXTERNAL';
export type SubjectType = 'ORGANIZATION' | 'COMMUNITY' | 'WORKER';

/** That somebody or a body stands in a lasting relation to another; published, as bodies publish who works with them. */
export interface EngagementRow {
  readonly id: string;
  readonly role: EngagementRole;
  readonly holderType: HolderType;
  readonly holderKey: string;
  readonly holderName: string;
  readonly holderPlace: string | null;
  readonly subjectType: SubjectType;
  readonly subjectKey: string;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly endReason: string | null;
  readonly provenanceId: string;
}

export const engagementTable: EntityTable<EngagementRow> = {
  table: 'engagement',
  columns: [
    'id',
    'role',
    'holderType',
    'holderKey',
    'holderName',
    'holderPlace',
    'subjectType',
    'subjectKey',
    'validFrom',
    'validTo',
    'endReason',
    'provenanceId',
  ],
  dates: ['validFrom', 'validTo'],
};

/** Relations of one side; the other side, a role and a day are chosen from them. */
function engagementsOf(side: 'subject' | 'holder', type: SubjectType | HolderType): ShortList<EngagementRow> {
  return {
    name: `${side}_engagements_${type.toLowerCase()}`,
    table: engagementTable,
    owner: {
      column: `${side}_key`,
      property: side === 'subject' ? 'subjectKey' : 'holderKey',
      cast: 'text',
    },
    order: 't.valid_from DESC, t.id',
    limit: 200,
    always: `t.${side}_type = '${type}'`,
  };
}

export const engagementsWithOrganization = engagementsOf('subject', 'ORGANIZATION');
export const engagementsWithCommunity = engagementsOf('subject', 'COMMUNITY');
export const engagementsWithWorker = engagementsOf('subject', 'WORKER');
export const engagementsOfWorker = engagementsOf('holder', 'WORKER');
export const engagementsOfOrganization = engagementsOf('holder', 'ORGANIZATION');
