import type { PublishedField } from '../../kit/catalog-port.ts';
import type { CatalogStore } from './catalog-store.ts';

/** Keeps each schema that differs from the newest version of its graph. Returns the graphs that got one. */
export async function insertSchemaVersions(
  store: CatalogStore,
  schemas: readonly { readonly graph: string; readonly sdl: string; readonly hash: string }[],
  now: Date,
): Promise<string[]> {
  return store.prisma.$transaction(async (transaction) => {
    // Two hubs that start at once must not both find the newest version outdated.
    await transaction.$executeRaw`LOCK TABLE catalog.schema_version IN SHARE ROW EXCLUSIVE MODE`;
    const newest = await transaction.schemaVersion.findMany({
      distinct: ['graph'],
      orderBy: [{ graph: 'asc' }, { publishedAt: 'desc' }, { id: 'desc' }],
      select: { graph: true, hash: true },
    });
    const known = new Map(newest.map(({ graph, hash }) => [graph, hash]));
    const changed = schemas.filter(({ graph, hash }) => known.get(graph) !== hash);
    await transaction.schemaVersion.createMany({
      data: changed.map((version) => ({ ...version, id: store.ids.next(), publishedAt: now })),
    });
    return changed.map(({ graph }) => graph);
  });
}

/** Makes the catalogue's fields those of the live graph; fields that are gone stay, marked removed. */
export async function replaceDataFields(
  store: CatalogStore,
  fields: readonly PublishedField[],
  now: Date,
): Promise<void> {
  const rows = fields.map(({ card, ...field }) => ({
    coordinate: field.coordinate,
    type_name: field.typeName,
    field_name: field.fieldName,
    field_type: field.fieldType,
    subgraphs: field.subgraphs,
    description_zh: field.descriptionZh,
    description_en: field.descriptionEn,
    source_department: card.source,
    sharing: card.sharing,
    sharing_basis: card.sharingBasis ?? null,
    grade: card.grade,
    category: card.category,
    required_right: card.right ?? null,
    mask: card.mask ?? null,
    unit: card.unit ?? null,
    update_cycle: card.updateCycle,
    derived_from: card.derivedFrom ?? null,
    deprecated: field.deprecationReason !== null,
    deprecation_reason: field.deprecationReason,
  }));
  await store.prisma.$transaction([
    store.prisma.$executeRaw`
      INSERT INTO catalog.data_field AS known
             (coordinate, type_name, field_name, field_type, subgraphs, description_zh, description_en,
              source_department, sharing, sharing_basis, grade, category, required_right, mask, unit, update_cycle,
              derived_from, deprecated, deprecation_reason, first_seen_at, last_seen_at)
      SELECT coordinate, type_name, field_name, field_type, ARRAY(SELECT jsonb_array_elements_text(subgraphs)),
             description_zh, description_en, source_department, sharing, sharing_basis, grade, category,
             required_right, mask, unit, update_cycle, derived_from, deprecated, deprecation_reason,
             ${now}::timestamptz, ${now}::timestamptz
        FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
          AS r(coordinate text, type_name text, field_name text, field_type text, subgraphs jsonb,
               description_zh text, description_en text, source_department text, sharing text, sharing_basis text,
               grade int, category text, required_right text, mask text, unit text, update_cycle text,
               derived_from text, deprecated boolean, deprecation_reason text)
       ORDER BY coordinate
      ON CONFLICT (coordinate) DO UPDATE SET
             field_type = excluded.field_type, subgraphs = excluded.subgraphs,
             search_text = CASE WHEN (known.description_zh, known.description_en)
                                     = (excluded.description_zh, excluded.description_en) THEN known.search_text END,
             description_zh = excluded.description_zh, description_en = excluded.description_en,
             source_department = excluded.source_department, sharing = excluded.sharing,
             sharing_basis = excluded.sharing_basis, grade = excluded.grade, category = excluded.category,
             required_right = excluded.required_right, mask = excluded.mask, unit = excluded.unit,
             update_cycle = excluded.update_cycle, derived_from = excluded.derived_from,
             deprecated = excluded.deprecated, deprecation_reason = excluded.deprecation_reason,
             last_seen_at = excluded.last_seen_at, removed_at = NULL`,
    store.prisma.$executeRaw`
      UPDATE catalog.data_field SET removed_at = ${now}::timestamptz
       WHERE removed_at IS NULL AND NOT (coordinate = ANY(${rows.map((row) => row.coordinate)}))`,
    // A card that the contract has changed is a new version of the entry. What a submission has published stays in
    // force until the contract moves: the difference is shown, and is the contract's to follow.
    store.prisma.$executeRaw`
      UPDATE catalog.catalogue_version AS current SET valid_to = ${now}::timestamptz
        FROM catalog.data_field f
       WHERE current.coordinate = f.coordinate AND current.valid_to IS NULL AND f.removed_at IS NULL
         AND (f.source_department, f.sharing, f.sharing_basis, f.grade, f.category, f.update_cycle, f.unit, f.mask)
             IS DISTINCT FROM (current.source_department, current.sharing, current.sharing_basis, current.grade,
                               current.category, current.update_cycle, current.unit, current.mask)
         AND (current.origin = 'GRAPH' OR EXISTS (
               SELECT 1 FROM catalog.catalogue_version live
                WHERE live.coordinate = f.coordinate AND live.origin = 'GRAPH'
                  AND live.version = (SELECT max(version) FROM catalog.catalogue_version newest
                                       WHERE newest.coordinate = f.coordinate AND newest.origin = 'GRAPH')
                  AND (f.source_department, f.sharing, f.sharing_basis, f.grade, f.category, f.update_cycle, f.unit,
                       f.mask)
                      IS DISTINCT FROM (live.source_department, live.sharing, live.sharing_basis, live.grade,
                                        live.category, live.update_cycle, live.unit, live.mask)))`,
    store.prisma.$executeRaw`
      INSERT INTO catalog.catalogue_version
             (coordinate, version, source_department, sharing, sharing_basis, grade, category, update_cycle, unit,
              mask, origin, valid_from)
      SELECT f.coordinate,
             1 + coalesce((SELECT max(version) FROM catalog.catalogue_version v WHERE v.coordinate = f.coordinate), 0),
             f.source_department, f.sharing, f.sharing_basis, f.grade, f.category, f.update_cycle, f.unit, f.mask,
             'GRAPH', ${now}::timestamptz
        FROM catalog.data_field f
       WHERE f.removed_at IS NULL
         AND NOT EXISTS (SELECT 1 FROM catalog.catalogue_version current
                          WHERE current.coordinate = f.coordinate AND current.valid_to IS NULL)
      ON CONFLICT DO NOTHING`,
  ]);
}
