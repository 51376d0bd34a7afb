/** A committee leads branches and a group is part of one; members belong to the branch. */
export const HOLDS_MEMBERS: ReadonlySet<string> = new Set(['BRANCH', 'JOINT_BRANCH', 'GRID_BRANCH', 'GENERAL_BRANCH']);
