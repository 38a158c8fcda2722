/** What everything in one simulation stands on: time, chance, the network, and the record of it. */
import type { ManualClock } from "@goliath/kit";
import type { SimulatedWorld } from "@goliath/net";
import { Verdict } from "./failure.ts";
import { Program } from "./program.ts";
import type { Random } from "./random.ts";
import type { Trace } from "./trace.ts";

export interface SiteInit {
  clock: ManualClock;
  network: SimulatedWorld;
  random: Random;
  trace: Trace;
  /** Milliseconds an effect of a process may take at most, and how many do take a while. */
  effectMs: number;
  slowness: number;
}

export class Site {
  readonly clock: ManualClock;
  readonly network: SimulatedWorld;
  readonly random: Random;
  readonly trace: Trace;
  readonly verdict = new Verdict();
  readonly #init: SiteInit;
  #processes = 0;

  constructor(init: SiteInit) {
    this.#init = init;
    this.clock = init.clock;
    this.network = init.network;
    this.random = init.random;
    this.trace = init.trace;
  }

  process(name: string): Program {
    const { clock, trace, effectMs, slowness } = this.#init;
    const random = this.random.fork(`process ${name} ${this.#processes++}`);
    const { verdict } = this;
    return new Program({ name, clock, random, trace, verdict, effectMs, slowness });
  }
}
