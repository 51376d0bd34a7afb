import type { PermittedScenario, PurposeRegistry } from '../../kit/catalog-port.ts';
import { dateInChina } from '../../kit/clock.ts';
import type { SqlConnection } from '../../kit/store/sql-database.ts';
import type { CatalogStore } from './catalog-store.ts';
import { defaultLegalBases, defaultScenarios, LEGAL_BASES_EFFECTIVE_FROM } from './default-purposes.ts';
import type { CatalogTransaction } from './department-system-rows.ts';

export interface LegalBasisRow {
  readonly code: string;
  readonly article: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly consentRequired: boolean;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

export interface UseScenarioRow extends PermittedScenario {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
}

/** All that ever were in force, by code. */
export async function findLegalBases(store: CatalogStore): Promise<LegalBasisRow[]> {
  const rows = await store.prisma.legalBasis.findMany({ orderBy: { code: 'asc' } });
  return rows.map((row) => ({ ...row, ...period(row) }));
}

export async function findUseScenarios(store: CatalogStore): Promise<UseScenarioRow[]> {
  const rows = await store.prisma.useScenario.findMany({ orderBy: { code: 'asc' } });
  return rows.map((row) => ({ ...row, ...period(row) }));
}

/** Those in force on the day of `now` in China. */
export async function readPurposeRegistry(store: CatalogStore, now: Date): Promise<PurposeRegistry> {
  const today = dateInChina(now);
  const inForce = (row: { effectiveFrom: string; effectiveTo: string | null }) =>
    row.effectiveFrom <= today && (row.effectiveTo === null || today < row.effectiveTo);
  const [bases, scenarios] = await Promise.all([findLegalBases(store), findUseScenarios(store)]);
  return {
    legalBases: new Set(bases.filter(inForce).map(({ code }) => code)),
    scenarios: new Map(scenarios.filter(inForce).map((scenario) => [scenario.code, scenario])),
  };
}

export async function insertDefaultPurposes(pool: SqlConnection): Promise<void> {
  const bases = defaultLegalBases.map(([code, article, nameZh, nameEn, consentRequired]) => ({
    ...{ code, article: `个人信息保护法${article}`, nameZh, nameEn, consentRequired },
  }));
  await pool.query(
    `WITH bases AS (
       INSERT INTO catalog.legal_basis (code, article, name_zh, name_en, consent_required, effective_from)
       SELECT code, article, "nameZh", "nameEn", "consentRequired", $3::date
         FROM jsonb_to_recordset($1::jsonb)
           AS r(code text, article text, "nameZh" text, "nameEn" text, "consentRequired" boolean)
           ON CONFLICT DO NOTHING)
     INSERT INTO catalog.use_scenario
            (code, name_zh, name_en, legal_basis_codes, department_codes, right_codes, effective_from)
     SELECT code, "nameZh", "nameEn", ARRAY(SELECT jsonb_array_elements_text("legalBasisCodes")),
            ARRAY(SELECT jsonb_array_elements_text("departmentCodes")),
            ARRAY(SELECT jsonb_array_elements_text("rightCodes")), $3::date
       FROM jsonb_to_recordset($2::jsonb)
         AS r(code text, "nameZh" text, "nameEn" text, "legalBasisCodes" jsonb, "departmentCodes" jsonb,
              "rightCodes" jsonb)
         ON CONFLICT DO NOTHING`,
    [JSON.stringify(bases), JSON.stringify(defaultScenarios), LEGAL_BASES_EFFECTIVE_FROM],
  );
}

/** Calendar days as the graph gives them. */
function period(row: { effectiveFrom: Date; effectiveTo: Date | null }) {
  return {
    effectiveFrom: row.effectiveFrom.toISOString().slice(0, 10),
    effectiveTo: row.effectiveTo === null ? null : row.effectiveTo.toISOString().slice(0, 10),
  };
}

/** Codes of the scenarios in force on the day of `now` in China. */
export async function findScenarioCodes(transaction: CatalogTransaction, now: Date): Promise<ReadonlySet<string>> {
  const today = new Date(dateInChina(now));
  const rows = await transaction.useScenario.findMany({
    where: { effectiveFrom: { lte: today }, OR: [{ effectiveTo: null }, { effectiveTo: { gt: today } }] },
    select: { code: true },
  });
  return new Set(rows.map(({ code }) => code));
}
