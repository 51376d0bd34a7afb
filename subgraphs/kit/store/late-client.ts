/**
 * A Prisma client that is made when it is first asked for: its model of every possible query takes megabytes, and what
 * is only read does not go through it.
 */
export class LateClient<Client extends { $disconnect(): Promise<void> }> {
  readonly #make: () => Client;
  #made: Client | undefined;

  constructor(make: () => Client) {
    this.#make = make;
  }

  get client(): Client {
    this.#made ??= this.#make();
    return this.#made;
  }

  async close(): Promise<void> {
    await this.#made?.$disconnect();
  }
}
