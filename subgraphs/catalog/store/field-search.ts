import { pinyin } from 'pinyin-pro';
import type { SqlConnection } from '../../kit/store/sql-database.ts';

/** What a field is found by: its coordinate, both descriptions, and the Chinese one in pinyin and in initials. */
export function fieldSearchText(field: {
  readonly coordinate: string;
  readonly descriptionZh: string;
  readonly descriptionEn: string;
}): string {
  const syllables = pinyin(field.descriptionZh, { toneType: 'none', type: 'array', nonZh: 'removed' });
  const initials = syllables.map((syllable) => syllable.charAt(0)).join('');
  return [field.coordinate, field.descriptionZh, field.descriptionEn, syllables.join(''), initials]
    .join(' ')
    .toLowerCase();
}

/** Makes every field searchable whose description is new; how many. What is not yet is found by its plain texts. */
export async function indexDataFields(pool: SqlConnection): Promise<number> {
  const { rows: fields } = await pool.query<Parameters<typeof fieldSearchText>[0]>(
    `SELECT coordinate, description_zh AS "descriptionZh", description_en AS "descriptionEn"
       FROM catalog.data_field WHERE search_text IS NULL`,
  );
  if (fields.length === 0) return 0;
  const rows = fields.map((field) => ({ coordinate: field.coordinate, search_text: fieldSearchText(field) }));
  await pool.query(
    `UPDATE catalog.data_field f SET search_text = r.search_text
       FROM jsonb_to_recordset($1::jsonb) AS r(coordinate text, search_text text)
      WHERE f.coordinate = r.coordinate`,
    [JSON.stringify(rows)],
  );
  return fields.length;
}

/** Words of a search, all of which must be found. */
export function searchWords(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean).slice(0, MOST_WORDS);
}

const MOST_WORDS = 6;
