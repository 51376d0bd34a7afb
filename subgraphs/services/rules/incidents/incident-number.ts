import { shortNumber } from '../short-number.ts';

/** 事件编号 — SJ, the day, the county and eight characters of the incident's id. */
export function incidentNumber(id: string, reportedAt: Date, countyCode: string): string {
  return shortNumber('SJ', id, reportedAt, countyCode);
}
