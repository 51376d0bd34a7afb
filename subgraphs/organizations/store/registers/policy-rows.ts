import type { EntityTable } from '../../../kit/store/entity-table.ts';
import type { ShortList } from '../short-list.ts';

export const policyThemes = [
  'GOVERNANCE',
  'INTERNATIONAL',
  'RURAL',
  'DELIBERATION',
  'VILLAGE_CONVERSION',
  'WORKFORCE',
  'COMMITTEES',
  'SOCIETY_INTERACTION',
] as const;
export type PolicyTheme = (typeof policyThemes)[number];
export const provisionKinds = ['WORK_LINE', 'ASPECT', 'GOVERNMENT_DUTY', 'SELF_GOVERNANCE_DUTY'] as const;
export type ProvisionKind = (typeof provisionKinds)[number];

/** Published papers are open to everybody. */
export interface PolicyDocumentRow {
  readonly id: string;
  readonly title: string;
  readonly kind: 'OPINION' | 'MEASURES' | 'DUTY_LIST';
  readonly theme: PolicyTheme;
  readonly issuer: string | null;
  readonly issuedOn: string | null;
  readonly state: 'IN_FORCE' | 'PLANNED';
  readonly repealedOn: string | null;
  readonly parentId: string | null;
  readonly ordinal: number;
  readonly cityCode: string;
  readonly provenanceId: string;
}

export const policyDocumentTable: EntityTable<PolicyDocumentRow> = {
  table: 'policy_document',
  columns: [
    'id',
    'title',
    'kind',
    'theme',
    'issuer',
    'issuedOn',
    'state',
    'repealedOn',
    'parentId',
    'ordinal',
    'cityCode',
    'provenanceId',
  ],
  dates: ['issuedOn', 'repealedOn'],
};

/** A city has a few dozen papers on its communities. */
export const policyDocumentsOfCity: ShortList<PolicyDocumentRow> = {
  name: 'policy_documents',
  table: policyDocumentTable,
  owner: { column: 'city_code', property: 'cityCode', cast: 'text' },
  order: 't.ordinal',
  limit: 200,
};

export interface PolicyProvisionRow {
  readonly id: string;
  readonly documentId: string;
  readonly kind: ProvisionKind;
  readonly ordinal: number;
  readonly name: string | null;
  readonly provenanceId: string;
}

export const provisionsOfDocument: ShortList<PolicyProvisionRow> = {
  name: 'policy_provisions',
  table: {
    table: 'policy_provision',
    columns: ['id', 'documentId', 'kind', 'ordinal', 'name', 'provenanceId'],
  },
  owner: { column: 'document_id', property: 'documentId', cast: 'uuid' },
  order: 't.kind, t.ordinal',
  limit: 200,
};
