import { fillTemplate } from './problems.ts';
import { bodiesRefusals } from './refusals/bodies-refusals.ts';
import { catalogRefusals } from './refusals/catalog-refusals.ts';
import { electionsRefusals } from './refusals/elections-refusals.ts';
import { generalRefusals } from './refusals/general-refusals.ts';
import { graphRefusals } from './refusals/graph-refusals.ts';
import { partyRefusals } from './refusals/party-refusals.ts';
import { peopleRefusals } from './refusals/people-refusals.ts';
import { projectsRefusals } from './refusals/projects-refusals.ts';
import { registersRefusals } from './refusals/registers-refusals.ts';
import { servicesRefusals } from './refusals/services-refusals.ts';
import { territoryRefusals } from './refusals/territory-refusals.ts';
import { workforceRefusals } from './refusals/workforce-refusals.ts';

/**
 * 拒绝 — every expected refusal of a mutation, by its stable code: which family (GraphQL type) it belongs to, what it
 * says in both languages and what to do next. A text names the culprit, never a protected value.
 */
export const refusals = {
  ...generalRefusals,
  ...peopleRefusals,
  ...territoryRefusals,
  ...workforceRefusals,
  ...bodiesRefusals,
  ...electionsRefusals,
  ...registersRefusals,
  ...servicesRefusals,
  ...projectsRefusals,
  ...partyRefusals,
  ...catalogRefusals,
  ...graphRefusals,
} as const;

export type RefusalCode = keyof typeof refusals;
export type RefusalFamily = (typeof refusals)[RefusalCode]['family'];

/** A typed refusal, as a member of a mutation's payload union. Nothing was written. */
export interface Refusal {
  readonly __typename: `${RefusalFamily}Refusal`;
  readonly code: RefusalCode;
  readonly messageZh: string;
  readonly messageEn: string;
  /** Path of the input that is to blame, e.g. `input.personId`. */
  readonly culprit: string;
}

export function refuse(code: RefusalCode, culprit: string, values: Record<string, string | number> = {}): Refusal {
  const { family, zh, en } = refusals[code];
  return {
    __typename: `${family}Refusal`,
    code,
    messageZh: fillTemplate(zh, values),
    messageEn: fillTemplate(en, values),
    culprit,
  };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'culprit' in value && 'messageZh' in value;
}
