import type { GraphQLError } from 'graphql';
import { departments, isDepartmentCode } from './departments.ts';
import { graphProblem } from './problems.ts';
import { isRightCode, rights } from './rights.ts';

/** FIELD_RIGHT_MISSING: which field needs which right, and which department to ask for it. Codes of others stay codes. */
export function rightMissing(coordinate: string, source: string, right: string): GraphQLError {
  const { zh, en } = isRightCode(right) ? rights[right] : { zh: right, en: right };
  const department = isDepartmentCode(source) ? departments[source] : { zh: source, en: source };
  return graphProblem('FIELD_RIGHT_MISSING', {
    coordinate,
    right,
    rightZh: zh,
    rightEn: en,
    department: source,
    departmentZh: department.zh,
    departmentEn: department.en,
  });
}
