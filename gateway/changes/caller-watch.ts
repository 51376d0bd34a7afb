import type { Identify, Identity } from '../identity/identify.ts';

/** A client that is switched off must be gone within about two seconds; the grants behind are a second old at most. */
const TRUSTED_MILLISECONDS = 1_000;

/** Who is at the other end of a connection that lasts: asked anew while it does, so that a revoked one ends. */
export class CallerWatch {
  readonly #identify: Identify;
  readonly #authorization: string | undefined;
  #identity: Identity;
  #askedAt = performance.now();

  constructor(identify: Identify, authorization: string | undefined, identity: Identity) {
    this.#identify = identify;
    this.#authorization = authorization;
    this.#identity = identity;
  }

  /** Throws IdentityRefused as soon as the token has expired, or its client is let in no more. */
  async current(): Promise<Identity> {
    const now = performance.now();
    if (now - this.#askedAt >= TRUSTED_MILLISECONDS) {
      this.#identity = await this.#identify(this.#authorization);
      this.#askedAt = now;
    }
    return this.#identity;
  }
}
