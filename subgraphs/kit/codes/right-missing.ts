import type { GraphQLError } from 'graphql';
import type { Caller } from '../caller/caller.ts';
import { departments, isDepartmentCode } from './departments.ts';
import { graphProblem } from './problems.ts';
import { isRightCode, rights } from './rights.ts';

/** FIELD_RIGHT_MISSING: which field needs which right, and which department to ask for it. Codes of others stay codes. */
export function rightMissing(coordinate: string, source: string, right: string): GraphQLError {
  const { zh, en } = isRightCode(right) ? rights[right] : { zh: right, en: right };
  const department = isDepartmentCode(source) ? departments[source] : { zh: source, en: source };
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

/** Why a caller may not read a field: he lacks the right, or has stated no purpose that it can be used for. */
export function accessRefused(
  caller: Pick<Caller, 'rights' | 'withheld' | 'purpose'>,
  coordinate: string,
  source: string,
  right: string,
): GraphQLError {
  const reason = caller.withheld?.[right] ?? (caller.rights.has(right) ? 'PURPOSE_REQUIRED' : undefined);
  if (reason === undefined) return rightMissing(coordinate, source, right);
  if (reason === 'PURPOSE_REQUIRED') return graphProblem('PURPOSE_REQUIRED', { coordinate, right, department: source });
  const department = isDepartmentCode(source) ? departments[source] : { zh: source, en: source };
  return graphProblem('PURPOSE_NOT_PERMITTED', {
    scenario: caller.purpose?.scenario ?? '',
    subjectZh: `读取 ${coordinate}`,
    subjectEn: `reading ${coordinate}`,
    coordinate,
    right,
    department: source,
    departmentZh: department.zh,
    departmentEn: department.en,
  });
}
