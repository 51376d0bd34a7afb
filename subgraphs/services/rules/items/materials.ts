import type { Named } from '../../../kit/machine/machine-declaration.ts';
import type { MaterialNecessity, MaterialState } from '../../store/items/guide-material.ts';

/** 必要程度 — when a material is needed. */
export const materialNecessities = {
  REQUIRED: { zh: '必要', en: 'Always' },
  IF_APPLICABLE: { zh: '视情形', en: 'Where the case demands it' },
} as const satisfies Record<MaterialNecessity, Named>;

/** 材料状态 — where a material of a request came from. */
export const materialStates = {
  FILLED: { zh: '共享获取', en: 'Held by a department’s register; need not be brought' },
  REUSED: { zh: '历史复用', en: 'Given with an earlier request; need not be brought again' },
  GIVEN: { zh: '已提交', en: 'Given by the applicant' },
  MISSING: { zh: '缺少', en: 'Missing' },
} as const satisfies Record<MaterialState, Named>;

/** Missing materials that a request cannot go on without. */
export function missingOf<Material extends { readonly state: string; readonly necessity: string }>(
  materials: readonly Material[],
): Material[] {
  return materials.filter(({ state, necessity }) => state === 'MISSING' && necessity === 'REQUIRED');
}
