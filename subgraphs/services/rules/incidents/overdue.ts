/** Whether an incident is past its deadline and still open; one that was closed late is not overdue any more. */
export function isOverdue(
  incident: { readonly dueAt: Date | null; readonly closedAt: Date | null },
  now: Date,
): boolean {
  return incident.closedAt === null && incident.dueAt !== null && incident.dueAt < now;
}
