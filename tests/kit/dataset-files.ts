import type { DatasetDeclaration } from '../../subgraphs/kit/ingest/dataset.ts';
import type { Receipt } from '../../subgraphs/kit/ingest/receipt.ts';

/** CSV of rows by column key, with the dataset's Chinese headers. */
export function datasetCsv(
  { columns }: Pick<DatasetDeclaration, 'columns'>,
  rows: Iterable<Readonly<Record<string, string>>>,
): string {
  const lines = [...rows].map((row) => columns.map(({ key }) => row[key] ?? '').join(','));
  return `${[columns.map(({ zh }) => zh).join(','), ...lines].join('\n')}\n`;
}

/** Sends a file to a listening hub. */
export async function sendDataset(
  origin: string,
  token: string,
  dataset: string,
  body: string,
  query = '',
  type = 'text/csv',
): Promise<{ readonly status: number; readonly receipt: Receipt }> {
  const response = await fetch(`${origin}/ingest/${dataset}${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': type },
    body,
  });
  return { status: response.status, receipt: (await response.json()) as Receipt };
}

/** The counts of a receipt, by which its rows are told apart. */
export const countsOf = ({ rows, inserted, updated, unchanged, held, rejected, conflicts }: Receipt) => ({
  ...{ rows, inserted, updated, unchanged, held, rejected, conflicts },
});
export const NO_ROWS = { inserted: 0, updated: 0, unchanged: 0, held: 0, rejected: 0, conflicts: 0 };
