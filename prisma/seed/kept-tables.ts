/** Law as configuration: it comes with the migrations, not with a city. */
export const MIGRATED_TABLES: readonly string[] = [
  'catalog.deadline_rule',
  'services.governance_rule',
  'people.people_rule',
];

/** What outlives a load: what the hub has learnt about its callers, what it owes an account of, and the law. */
export const KEPT_TABLES: readonly string[] = [
  'catalog.client',
  'catalog.schema_version',
  'catalog.working_calendar_year',
  'catalog.catalogue_version',
  'catalog.recorded_operation',
  'catalog.operation_usage',
  'catalog.field_usage',
  'catalog.operation_document',
  'catalog.seed_pending_index',
  'catalog.legal_basis',
  'catalog.use_scenario',
  'catalog.access_log',
  'catalog.access_scope',
  'catalog.ledger_writer',
  'catalog.ledger_checkpoint',
  'catalog.ledger_hold',
  ...MIGRATED_TABLES,
];
