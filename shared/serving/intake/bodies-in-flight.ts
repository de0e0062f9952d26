/** Bytes of one body that are in memory, or wait to be sent. */
export interface Claim {
  bytes: number;
  /** Ends what the bytes are held for; undefined while they must stay, as those of a body that is being answered. */
  drop: (() => void) | undefined;
}

/**
 * Bounds the bytes of bodies that a server holds at a time: those that arrive and those that are being answered; or long
 * answers that their clients have not read yet. Beyond the bound the largest is dropped of those that arrive or are being
 * sent: many small requests go on while somebody sends, or does not read, a few large ones.
 */
export class BodiesInFlight {
  readonly #limit: number;
  readonly #claims = new Set<Claim>();
  #bytes = 0;
  #dropped = 0;

  /** @param limit bytes. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** Bodies and answers that were dropped to make room. */
  get dropped(): number {
    return this.#dropped;
  }

  /** @param drop ends the body; it is called at most once, and the claim has ended by then. */
  begin(drop?: () => void): Claim {
    const claim: Claim = { bytes: 0, drop };
    this.#claims.add(claim);
    return claim;
  }

  /** Adds bytes to a claim, and drops the largest claims, perhaps this one, until all fit. */
  grow(claim: Claim, bytes: number): void {
    claim.bytes += bytes;
    this.#bytes += bytes;
    while (this.#bytes > this.#limit) {
      const largest = this.#largest();
      if (!largest) return;
      this.end(largest);
      this.#dropped++;
      largest.drop!();
    }
  }

  /** The body is whole: it stays until its answer is there. */
  keep(claim: Claim): void {
    claim.drop = undefined;
  }

  /** Gives the bytes back; a second time it does nothing. */
  end(claim: Claim): void {
    if (this.#claims.delete(claim)) this.#bytes -= claim.bytes;
  }

  #largest(): Claim | undefined {
    let largest: Claim | undefined;
    for (const claim of this.#claims) {
      if (claim.drop !== undefined && claim.bytes > (largest?.bytes ?? -1)) largest = claim;
    }
    return largest;
  }
}
