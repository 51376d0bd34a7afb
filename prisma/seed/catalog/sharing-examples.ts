import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DepartmentCode } from '../../../subgraphs/kit/codes/departments.ts';
import { projectRoot } from '../../../subgraphs/kit/project-root.ts';

/** One step: event, state it leads to, day, and what was said. */
export type ExampleStep = readonly [event: string, to: string, day: string, note?: string];

/** A sharing request in some state, as `data/sharing-examples.json` tells it. */
export interface ExampleRequest {
  readonly name: string;
  readonly requester: DepartmentCode;
  readonly provider: DepartmentCode;
  readonly clientId: string;
  readonly coordinates: readonly string[];
  readonly area: 'city' | 'county' | 'township' | 'community' | 'grid';
  readonly scenario: string;
  readonly mode?: string;
  readonly attribute?: string;
  readonly basis: string;
  readonly purpose: string;
  readonly rows?: string;
  readonly validFrom: string;
  readonly validUntil: string;
  readonly steps: readonly ExampleStep[];
  /** Early end of the grant that it led to. */
  readonly ended?: { readonly by: 'provider' | 'requester'; readonly noticedOn: string; readonly reason: string };
}

export interface ExampleSubmission {
  readonly name: string;
  readonly kind: string;
  readonly coordinate: string;
  readonly itemName: string;
  readonly department: DepartmentCode;
  readonly category: string;
  readonly grade: number;
  readonly sharing?: string;
  readonly exceptionGround?: string;
  readonly steps: readonly ExampleStep[];
}

export interface ExampleTicket {
  readonly name: string;
  readonly coordinate: string;
  readonly requester: DepartmentCode;
  readonly source: DepartmentCode;
  readonly description: string;
  readonly steps: readonly ExampleStep[];
}

export interface SharingExamples {
  readonly requests: readonly ExampleRequest[];
  readonly submissions: readonly ExampleSubmission[];
  readonly tickets: readonly ExampleTicket[];
}

/** Matters between departments: live, closed, overdue, contested. */
export function readSharingExamples(): SharingExamples {
  const path = join(projectRoot, 'prisma', 'seed', 'data', 'sharing-examples.json');
  return JSON.parse(readFileSync(path, 'utf8')) as SharingExamples;
}
