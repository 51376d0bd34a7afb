import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';
import type { Place } from '../../../kit/store/place-scope.ts';
import type { OrganizationsTransaction } from '../organizations-transaction.ts';

export interface FundRow {
  readonly id: string;
  readonly name: string;
  readonly source: 'WORKING_BUDGET' | 'DEVELOPMENT_FUND';
  readonly year: number;
  readonly organizationId: string | null;
  readonly allottedYuan: number;
  readonly spentYuan: number;
  readonly balanceYuan: number;
  readonly cityCode: string;
  readonly countyCode: string | null;
  readonly provenanceId: string;
}

/** Public money: open to every caller. */
export const fundTable: EntityTable<FundRow> = {
  table: 'fund',
  columns: [
    'id',
    'name',
    'source',
    'year',
    'organizationId',
    'allottedYuan',
    'spentYuan',
    'balanceYuan',
    'cityCode',
    'countyCode',
    'provenanceId',
  ],
};

export const fundList: ListDeclaration<FundRow> = {
  name: 'organizations.funds',
  from: 'organizations.fund t',
  columns: columnList(fundTable),
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.year', property: 'year', cast: 'int' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['divisionCode', 'year'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', false),
    year: (value, values) => `t.year = $${values.push(value)}::int`,
  },
};

export interface FundEntryRow {
  readonly id: string;
  readonly fundId: string;
  readonly ordinal: number;
  readonly kind: 'ALLOTMENT' | 'SPENDING';
  readonly amountYuan: number;
  readonly balanceAfterYuan: number;
  readonly purpose: string;
  readonly enteredOn: string;
  readonly provenanceId: string;
}

export const fundEntryTable: EntityTable<FundEntryRow> = {
  table: 'fund_entry',
  columns: [
    'id',
    'fundId',
    'ordinal',
    'kind',
    'amountYuan',
    'balanceAfterYuan',
    'purpose',
    'enteredOn',
    'provenanceId',
  ],
  dates: ['enteredOn'],
};

/** Entries of a fund, the newest first. */
export const fundEntryList: ListDeclaration<FundEntryRow> = {
  name: 'organizations.fund_entries',
  from: 'organizations.fund_entry t',
  columns: columnList(fundEntryTable),
  sorts: {
    NEWEST: {
      columns: [{ expression: 't.ordinal', property: 'ordinal', cast: 'int' }],
      direction: 'DESC',
      filters: [],
    },
  },
  filters: {},
};

export interface LockedFund extends Place {
  readonly id: string;
  readonly year: number;
  readonly allottedYuan: number;
  readonly spentYuan: number;
  readonly balanceYuan: number;
  readonly entryCount: number;
}

/** Locks a fund, so that two who would spend its last yuan wait for each other. */
export async function lockFund(transaction: OrganizationsTransaction, id: string): Promise<LockedFund | null> {
  const rows = await transaction.$queryRaw<LockedFund[]>`
    SELECT id, year, allotted_yuan AS "allottedYuan", spent_yuan AS "spentYuan", balance_yuan AS "balanceYuan",
           entry_count AS "entryCount", city_code AS "cityCode", coalesce(county_code, '') AS "countyCode",
           '' AS "townshipCode", coalesce(county_code, city_code) AS "communityCode"
      FROM organizations.fund WHERE id = ${id}::uuid FOR UPDATE`;
  return rows[0] ?? null;
}
