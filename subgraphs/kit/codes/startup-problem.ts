/**
 * A problem that stops the hub before it serves, told in one sentence per language that also says what to do.
 *
 * Whoever starts the hub prints `message` (Chinese, then English) without a stack and exits with code 1.
 */
export class StartupProblem extends Error {
  override readonly name = 'StartupProblem';
  readonly messageZh: string;
  readonly messageEn: string;

  constructor(messageZh: string, messageEn: string, options?: ErrorOptions) {
    super(`${messageZh} ${messageEn}`, options);
    this.messageZh = messageZh;
    this.messageEn = messageEn;
  }
}
