import type { DatasetColumn, DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';

const REQUIRED = {
  ALWAYS: { zh: '每行必填', en: 'in every row' },
  NEW: { zh: '新登记必填', en: 'for what is new' },
  NEVER: { zh: '可空', en: 'may be empty' },
} as const;
/** Of a code list; `--json` has them all. */
const CODES_SHOWN = 12;

/** What a department needs to know to send a dataset: columns, types, code lists, examples, and a first line to copy. */
export function describeDataset(dataset: DatasetDeclaration, asJson: boolean): string {
  return asJson ? JSON.stringify(asData(dataset), null, 2) : asText(dataset);
}

function asData({ name, version, zh, en, right, columns }: DatasetDeclaration) {
  return {
    dataset: name,
    version,
    titleZh: zh,
    titleEn: en,
    right,
    columns: columns.map((column) => ({
      key: column.key,
      name: column.zh,
      aliases: column.aliases ?? [],
      required: column.required,
      typeZh: column.kind.zh,
      typeEn: column.kind.en,
      codeList: column.kind.codes ?? null,
      item: column.coordinate,
      example: column.example,
      descriptionZh: column.descriptionZh,
      descriptionEn: column.descriptionEn,
    })),
  };
}

function asText(dataset: DatasetDeclaration): string {
  const { name, version, zh, en, right, columns } = dataset;
  return [
    `数据集 Dataset: ${name}（${zh} ${en}），版本 version ${version}，权限 right ${right}`,
    '列顺序任意，表头用中文名、别名或英文键 Columns in any order; headers by Chinese name, alias or English key',
    '空单元格表示未作说明，不会清空已有值 An empty cell states nothing and clears nothing',
    '',
    ...columns.flatMap(describeColumn),
    '',
    '示例 Example:',
    columns.map((column) => column.zh).join(','),
    columns.map((column) => column.example).join(','),
  ].join('\n');
}

function describeColumn(column: DatasetColumn): string[] {
  const { kind, aliases = [], required, example } = column;
  const also = aliases.length === 0 ? '' : `（亦作 also ${aliases.join('、')}）`;
  const codes = kind.codes?.codes ?? [];
  const shown = codes.slice(0, CODES_SHOWN).map((entry) => `${entry.code} ${entry.name}`);
  return [
    `${column.zh} ${column.key}${also}`,
    `    ${REQUIRED[required].zh} ${REQUIRED[required].en} · ${kind.zh} · ${kind.en}`,
    `    ${column.descriptionZh} ${column.descriptionEn} · ${column.coordinate}${example === '' ? '' : ` · 例 e.g. ${example}`}`,
    ...(codes.length === 0
      ? []
      : [`    ${shown.join('，')}${codes.length > CODES_SHOWN ? ` … 共 ${codes.length} 个 in all` : ''}`]),
  ];
}
