import type { GraphRelease, GraphState } from '../../../kit/catalog-port.ts';
import type { SqlConnection } from '../../../kit/store/sql-database.ts';

/** A version with its texts, as hubs serve it and as the next one is made from it. */
export interface VersionTexts extends GraphRelease {
  readonly codeHash: string;
  readonly contracts: readonly (GraphRelease['contracts'][number] & { readonly codeSdl: string | null })[];
}

interface ReleaseRow {
  readonly number: number;
  readonly codeHash: string;
  readonly supergraphSdl: string;
  readonly apiSdl: string;
  readonly contracts: VersionTexts['contracts'];
}

/** The version of that number; the one that is to be served where none is given. Null where there is none. */
export async function findVersionTexts(pool: SqlConnection, number?: number): Promise<VersionTexts | null> {
  const { rows } = await pool.query<ReleaseRow>(
    `SELECT v.number, v.code_hash AS "codeHash", s.sdl AS "supergraphSdl", a.sdl AS "apiSdl",
            (SELECT json_agg(json_build_object('name', c.graph, 'sdl', t.sdl, 'url', c.url, 'codeSdl', k.sdl)
                             ORDER BY c.graph)
               FROM catalog.graph_version_contract c
               JOIN catalog.schema_text t ON t.hash = c.hash
               LEFT JOIN catalog.schema_text k ON k.hash = c.code_hash
              WHERE c.number = v.number) AS contracts
       FROM catalog.graph_version v
       JOIN catalog.schema_text s ON s.hash = v.supergraph_hash
       JOIN catalog.schema_text a ON a.hash = v.api_hash
      WHERE v.number = coalesce($1::int, (SELECT number FROM catalog.graph_head))`,
    [number ?? null],
  );
  return rows[0] ?? null;
}

/** What hubs look at every second: which version is to be served, and who is not to be asked meanwhile. */
export async function findGraphState(pool: SqlConnection, now: Date): Promise<GraphState> {
  const { rows } = await pool.query<{
    number: number;
    hash: string;
    maintenance: { subgraph: string; until: string }[] | null;
    contracts: GraphState['contracts'] | null;
  }>(
    `SELECT h.number, v.supergraph_hash AS hash,
            (SELECT json_agg(json_build_object('subgraph', w.subgraph, 'until', w.ends_at))
               FROM catalog.maintenance_window w WHERE w.starts_at <= $1 AND w.ends_at > $1) AS maintenance,
            (SELECT json_agg(json_build_object('name', c.name, 'maxGrade', c.max_grade, 'includeTags', c.include_tags,
                                               'excludeTags', c.exclude_tags) ORDER BY c.name)
               FROM catalog.graph_contract c) AS contracts
       FROM catalog.graph_head h
       JOIN catalog.graph_version v ON v.number = h.number`,
    [now],
  );
  const [head] = rows;
  return {
    number: head?.number ?? 0,
    supergraphHash: head?.hash ?? '',
    contracts: head?.contracts ?? [],
    maintenance: (head?.maintenance ?? []).map(({ subgraph, until }) => ({ subgraph, until: new Date(until) })),
  };
}

/** Notes what came of a version in a hub; the latest counts. */
export async function noteGraphLoad(
  pool: SqlConnection,
  load: { readonly number: number; readonly hubId: string; readonly loaded: boolean; readonly reason: string | null },
  now: Date,
): Promise<void> {
  await pool.query(
    `INSERT INTO catalog.graph_load (number, hub_id, loaded, reason, loaded_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (number, hub_id) DO UPDATE
        SET loaded = excluded.loaded, reason = excluded.reason, loaded_at = excluded.loaded_at`,
    [load.number, load.hubId, load.loaded, load.reason, now],
  );
}
