import type { GraphQLError } from 'graphql';
import type { Caller } from '../caller/caller.ts';
import { departmentName } from './departments.ts';
import { graphProblem } from './problems.ts';
import { isRightCode, rights } from './rights.ts';

/** FIELD_RIGHT_MISSING: which field needs which right, and which department to ask for it. Codes of others stay codes. */
export function rightMissing(coordinate: string, source: string, right: string): GraphQLError {
  const { zh, en } = isRightCode(right) ? rights[right] : { zh: right, en: right };
  const department = departmentName(source);
  const { verbZh, verbEn } = verbsFor(coordinate);
  return graphProblem('FIELD_RIGHT_MISSING', {
    verbZh,
    verbEn,
    coordinate,
    right,
    rightZh: zh,
    rightEn: en,
    department: source,
    departmentZh: department.zh,
    departmentEn: department.en,
  });
}

/** A mutation is not read. */
function verbsFor(coordinate: string): { readonly verbZh: string; readonly verbEn: string } {
  return coordinate.startsWith('Mutation.') || coordinate.startsWith('/')
    ? { verbZh: '执行', verbEn: 'running' }
    : { verbZh: '读取', verbEn: 'reading' };
}

type Refused = Pick<Caller, 'rights' | 'withheld' | 'purpose'>;

/** A page of fifty refuses the same fields fifty times: as many errors as coordinates and registered scenarios. */
const refusals = new Map<string, GraphQLError>();

/**
 * Why a caller may not read a field: he lacks the right, or has stated no purpose that it can be used for. Equal
 * refusals are one error without a path; whoever executes gives each place its own.
 */
export function accessRefused(caller: Refused, coordinate: string, source: string, right: string): GraphQLError {
  const reason = caller.withheld?.[right] ?? (caller.rights.has(right) ? 'PURPOSE_REQUIRED' : undefined);
  const scenario = reason === 'PURPOSE_NOT_PERMITTED' ? (caller.purpose?.scenario ?? '') : '';
  const key = `${coordinate} ${right} ${source} ${reason ?? ''} ${scenario}`;
  let refusal = refusals.get(key);
  if (refusal === undefined) {
    refusal = makeRefusal(reason, scenario, coordinate, source, right);
    refusals.set(key, refusal);
  }
  return refusal;
}

function makeRefusal(
  reason: NonNullable<Refused['withheld']>[string] | undefined,
  scenario: string,
  coordinate: string,
  source: string,
  right: string,
): GraphQLError {
  if (reason === undefined) return rightMissing(coordinate, source, right);
  if (reason === 'PURPOSE_REQUIRED') return graphProblem('PURPOSE_REQUIRED', { coordinate, right, department: source });
  const department = departmentName(source);
  return graphProblem('PURPOSE_NOT_PERMITTED', {
    scenario,
    subjectZh: `读取 ${coordinate}`,
    subjectEn: `reading ${coordinate}`,
    coordinate,
    right,
    department: source,
    departmentZh: department.zh,
    departmentEn: department.en,
  });
}
