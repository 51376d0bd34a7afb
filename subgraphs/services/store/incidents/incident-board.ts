import type { Caller } from '../../../kit/caller/caller.ts';
import type { OperationTrace } from '../../../kit/operation-trace.ts';
import { PLACE_COLUMNS, placeCondition } from '../../../kit/store/place-scope.ts';
import type { ServicesStore } from '../services-store.ts';
import { INCIDENT_PLACE } from './incident-rows.ts';

/** Open incidents of one place below the one that was asked for. */
export interface IncidentBoardRow {
  readonly code: string;
  readonly open: number;
  readonly overdue: number;
  readonly unaccepted: number;
}

type Digits = keyof typeof PLACE_COLUMNS;
const NEXT_DIGITS: Readonly<Partial<Record<Digits, Digits>>> = { 4: 6, 6: 9, 9: 12, 12: 15 };

/**
 * Open incidents of a division by the divisions below it (a grid has none below: itself). Reads the small index of the
 * open ones of the tier below and nothing else.
 */
export async function readIncidentBoard(
  store: ServicesStore,
  divisionCode: string,
  caller: Caller,
  now: Date,
  trace: OperationTrace,
): Promise<IncidentBoardRow[]> {
  const digits = divisionCode.length as Digits;
  const column = PLACE_COLUMNS[NEXT_DIGITS[digits] ?? digits];
  const values: unknown[] = [divisionCode, divisionCode.padEnd(15, '9'), now];
  // Inside the area the range itself is the scope; the condition is only needed where the area is a part of it.
  const covered = caller.jurisdiction.some((own) => divisionCode.startsWith(own)) || caller.kind === 'HUB';
  const scope = covered ? 'true' : placeCondition(INCIDENT_PLACE, caller, values);
  return store.database.rows<IncidentBoardRow>(
    'incident_board',
    `SELECT t.${column} AS code, count(*)::int AS open, (count(*) FILTER (WHERE t.due_at < $3))::int AS overdue,
            (count(*) FILTER (WHERE t.state = 'REPORTED'))::int AS unaccepted
       FROM services.incident t
      WHERE t.${column} BETWEEN $1 AND $2 AND t.closed_at IS NULL AND ${scope}
      GROUP BY t.${column} ORDER BY t.${column} LIMIT 1000`,
    values,
    trace,
  );
}
