/**
 * Fifty callers of one mutation at the same time, and what each was answered. It names the mutation so that a test can
 * tell for which ones nobody has asked what becomes of their rules then.
 */
export function fiftyAtOnce<Answer>(_mutation: string, send: (index: number) => Promise<Answer>): Promise<Answer[]> {
  return Promise.all(Array.from({ length: 50 }, (_, index) => send(index)));
}
