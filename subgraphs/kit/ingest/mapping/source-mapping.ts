import { z } from 'zod';

/** Names of tables, views and columns: letters of any script, digits, underscores; a schema before a dot. */
const NAME = /^[\p{L}_][\p{L}\p{N}_$]{0,62}$/u;
const TABLE = /^[\p{L}_][\p{L}\p{N}_$]{0,62}(\.[\p{L}_][\p{L}\p{N}_$]{0,62})?$/u;
const CONNECTION = /^[A-Z][A-Z0-9_]{1,39}$/;
const PATH = /^[^.\s][^\s]{0,199}$/;
const cell = z.string().max(500);

/** How one column of the dataset comes about; exactly one of `from` and `constant`. */
const columnMapping = z.strictObject({
  /** Name of the source's column; a path such as `person.idNo` in JSON. */
  from: z.string().min(1).max(200).optional(),
  constant: cell.optional(),
  /** The source's code to the dataset's; a code that is not in it is a fault of its row. */
  codes: z.record(cell, cell).optional(),
  /** How the source writes a date, such as `yyyyMMdd` or `dd/MM/yyyy HH:mm:ss`, or EPOCH_SECONDS, EPOCH_MILLISECONDS. */
  date: z.string().min(1).max(40).optional(),
  /** What a time without zone means; China's by default. */
  zone: z.enum(['Asia/Shanghai', 'UTC']).optional(),
  /** A joined list, of which a column takes one element. */
  list: z.strictObject({ separator: z.string().min(1).max(3), take: z.enum(['FIRST', 'LAST']) }).optional(),
});

/** What stands around the rows of a JSON answer. */
const envelope = z.strictObject({
  rows: z.string().regex(PATH),
  ok: z
    .strictObject({
      path: z.string().regex(PATH),
      values: z
        .array(z.union([z.string(), z.number(), z.boolean()]))
        .min(1)
        .max(10),
    })
    .optional(),
  message: z.string().regex(PATH).optional(),
});

const pace = {
  /** Where the operators keep address and credentials: SOURCE_<connection>_URL. Neither stands in the catalogue. */
  connection: z.string().regex(CONNECTION),
  rowsPerSecond: z.number().int().min(1).max(100_000).default(2_000),
  /** How often it is pulled; only when asked for without it. */
  everyMinutes: z.number().int().min(5).max(10_080).optional(),
};
const table = {
  ...pace,
  table: z.string().regex(TABLE),
  /** A column that only grows: the next pull begins where the last one ended. The whole table without it. */
  cursor: z.string().regex(NAME).optional(),
};
const parameter = z.string().regex(/^[\w.-]{1,60}$/);
const source = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('POSTGRES'), ...table }),
  z.strictObject({ kind: z.literal('MYSQL'), ...table }),
  z.strictObject({
    kind: z.literal('HTTP'),
    ...pace,
    path: z.string().regex(/^\/[^\s?#]{0,300}$/),
    method: z.enum(['GET', 'POST']).default('GET'),
    parameters: z.record(parameter, z.union([z.string(), z.number(), z.boolean()])).default({}),
    paging: z
      .discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('PAGE'),
          page: parameter,
          size: parameter,
          rows: z.number().int().min(1).max(5_000).default(500),
          first: z.number().int().min(0).max(1).default(1),
        }),
        z.strictObject({ kind: z.literal('CURSOR'), parameter, next: z.string().regex(PATH) }),
      ])
      .optional(),
  }),
]);

/** 映射 — how the columns of a department's system become those of a dataset, and where its rows are fetched from. */
export const sourceMappingSchema = z.strictObject({
  columns: z.record(z.string(), columnMapping),
  /** Whether columns of the source that no mapping names are left out in silence; refused without it. */
  ignoreOthers: z.boolean().default(false),
  envelope: envelope.optional(),
  source: source.optional(),
});

export type SourceMapping = z.infer<typeof sourceMappingSchema>;
export type ColumnMapping = SourceMapping['columns'][string];
export type Envelope = NonNullable<SourceMapping['envelope']>;
export type MappingSource = NonNullable<SourceMapping['source']>;

/** The source's fields that a mapping reads, each once. */
export function fieldsOf({ columns }: Pick<SourceMapping, 'columns'>): string[] {
  return [...new Set(Object.values(columns).flatMap(({ from }) => (from === undefined ? [] : [from])))];
}
