import type { ListDeclaration } from '../../kit/store/keyset-list.ts';

export interface RecordedOperationRow {
  readonly hash: string;
  readonly name: string | null;
  readonly operationType: string;
  readonly document: string;
  readonly coordinates: readonly string[];
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
}

export const recordedOperationList: ListDeclaration<RecordedOperationRow> = {
  name: 'catalog.recorded_operations',
  from: 'catalog.recorded_operation t',
  columns: `t.hash, t.name, t.operation_type AS "operationType", t.document, t.coordinates,
    t.first_seen_at AS "firstSeenAt", t.last_seen_at AS "lastSeenAt"`,
  sorts: {
    HASH: {
      columns: [{ expression: 't.hash', property: 'hash', cast: 'text' }],
      direction: 'ASC',
      filters: ['coordinate'],
    },
  },
  filters: { coordinate: (value, values) => `t.coordinates @> ARRAY[$${values.push(value)}::text]` },
};

export interface OperationUsageRow {
  readonly operationHash: string;
  readonly clientId: string;
  readonly day: string;
  readonly requestCount: number;
  readonly errorCount: number;
  readonly lastSeenAt: Date;
}

export const operationUsageList: ListDeclaration<OperationUsageRow> = {
  name: 'catalog.operation_usage',
  from: 'catalog.operation_usage t',
  columns: `t.operation_hash AS "operationHash", t.client_id AS "clientId", t.day::text AS day,
    t.request_count::float8 AS "requestCount", t.error_count::float8 AS "errorCount", t.last_seen_at AS "lastSeenAt"`,
  sorts: {
    DAY: {
      columns: [
        { expression: 't.day', property: 'day', cast: 'date' },
        { expression: 't.client_id', property: 'clientId', cast: 'text' },
      ],
      direction: 'DESC',
      filters: [],
    },
  },
  filters: {},
};

export interface FieldUsageRow {
  readonly coordinate: string;
  readonly clientId: string;
  readonly day: string;
  readonly requestCount: number;
  readonly lastSeenAt: Date;
}

export const fieldUsageList: ListDeclaration<FieldUsageRow> = {
  name: 'catalog.field_usage',
  from: 'catalog.field_usage t',
  columns: `t.coordinate, t.client_id AS "clientId", t.day::text AS day, t.request_count::float8 AS "requestCount",
    t.last_seen_at AS "lastSeenAt"`,
  sorts: {
    DAY: {
      columns: [
        { expression: 't.day', property: 'day', cast: 'date' },
        { expression: 't.client_id', property: 'clientId', cast: 'text' },
      ],
      direction: 'DESC',
      filters: [],
    },
  },
  filters: {},
};

export interface SchemaVersionRow {
  readonly id: string;
  readonly graph: string;
  readonly hash: string;
  readonly sdl: string;
  readonly publishedAt: Date;
}

export const schemaVersionList: ListDeclaration<SchemaVersionRow> = {
  name: 'catalog.schema_versions',
  from: 'catalog.schema_version t',
  columns: 't.id, t.graph, t.hash, t.sdl, t.published_at AS "publishedAt"',
  sorts: {
    PUBLISHED_AT: {
      columns: [
        { expression: 't.published_at', property: 'publishedAt', cast: 'timestamptz' },
        { expression: 't.id', property: 'id', cast: 'uuid' },
      ],
      direction: 'DESC',
      filters: ['graph'],
    },
  },
  filters: { graph: (value, values) => `t.graph = $${values.push(value)}` },
};
