import { divisionFilter } from '../../../kit/store/division-filter.ts';
import { columnList, type EntityTable } from '../../../kit/store/entity-table.ts';
import type { ListDeclaration } from '../../../kit/store/keyset-list.ts';

export const elderAlertKinds = [
  'EMERGENCY_CALL',
  'NO_MOVEMENT',
  'SMOKE_OR_GAS',
  'LEFT_SAFE_AREA',
  'CARE_OVERDUE',
] as const;
export type ElderAlertKind = (typeof elderAlertKinds)[number];
export type ElderAlertState = 'RAISED' | 'ACKNOWLEDGED' | 'RESOLVED' | 'FALSE_ALARM';

export interface ElderAlertRow {
  readonly id: string;
  readonly personId: string;
  readonly kind: ElderAlertKind;
  readonly state: ElderAlertState;
  readonly raisedAt: Date;
  readonly closedAt: Date | null;
  readonly communityCode: string;
  readonly gridCode: string;
  readonly provenanceId: string;
}

export const elderAlerts: EntityTable<ElderAlertRow> = {
  table: 'elder_alert',
  columns: ['id', 'personId', 'kind', 'state', 'raisedAt', 'closedAt', 'communityCode', 'gridCode', 'provenanceId'],
  place: { alias: 't', hasGridCode: true },
};

/** Alerts of the caller's area, newest first; open ones have an index of their own. */
export const elderAlertList: ListDeclaration<ElderAlertRow> = {
  name: 'people.elder_alerts',
  from: 'people.elder_alert t',
  columns: columnList(elderAlerts),
  place: { alias: 't', hasGridCode: true },
  sorts: {
    NEWEST: {
      columns: [
        { expression: 't.raised_at', property: 'raisedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['divisionCode', 'open'],
    },
  },
  filters: {
    divisionCode: divisionFilter('t', true),
    open: (value) => (value === true ? 't.closed_at IS NULL' : 't.closed_at IS NOT NULL'),
  },
};

/** Steps of an alert that are shown, the first ones. */
export const MOST_STEPS = 50;
