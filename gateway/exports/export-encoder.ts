export type ExportedRow = Readonly<Record<string, unknown>>;

/** Makes the bytes of a file, piece by piece; some formats hold rows back until there are enough of them. */
export interface ExportEncoder {
  begin(): Uint8Array;
  rows(rows: readonly ExportedRow[]): Uint8Array;
  end(): Uint8Array;
}
