import pLimit, { type LimitFunction } from 'p-limit';
import { z } from 'zod';
import type { Database } from '../database/database.ts';
import type { Log } from '../log.ts';
import { type Letterhead, linkAddress } from '../mail/letterhead.ts';
import { connections, type Mailer, SendFailure } from '../mail/mailer.ts';
import type { RateLimiter } from '../mail/rate.ts';
import { verificationMail } from '../mail/verification-mail.tsx';
import { type Claimed, claim } from '../services/campaigns/claim.ts';
import { enterLane, leaveLane } from '../services/campaigns/lane-run.ts';
import { type Lane, sendJob } from '../services/campaigns/lanes.ts';
import type { Fate } from '../services/campaigns/record.ts';
import { createRecorder, type Recorder } from '../services/campaigns/recorder.ts';
import type { Messages } from '../services/messages.ts';
import { expiryOf } from '../services/verifications/links.ts';
import type { Job } from './job.ts';

export interface CampaignSendParts {
  database: Database;
  messages: Messages;
  mailer: Mailer;
  rate: RateLimiter;
  /** MAIL_RATE, in messages a second. */
  perSecond: number;
  letterhead: Letterhead;
  log: Log;
  now?: () => Date;
}

const payload = z.object({ campaign: z.int(), lane: z.int(), first: z.int(), last: z.int() });

/** How long one run works, in milliseconds: then others in the queue have their turn. */
const turn = 5_000;
/** How many are claimed at a time: few at first and with a slow server, so that cancelling stops soon. */
const claims = { least: 8, most: 200 };
/** After so many refusals in a row that were only temporary, and no success, the server is left alone for a while. */
const enough = 5;
const rest = { afterRefusals: 15_000, ifNobodyIsDue: 500 };
/** How many messages of a process the mailer has at once: what is in its hands leaves, whatever happens meanwhile. */
const inHand = 2 * connections;
/** How often the progress is drawn, in seconds. */
const drawWithin = 2.5;

/** B3: sends the messages of one lane of a campaign for a while, and queues the rest. */
export function createCampaignSendJob(parts: CampaignSendParts): Job {
  const now = parts.now ?? (() => new Date());
  const recorder = createRecorder({ ...parts, now });
  const hands = pLimit(inHand);
  return {
    name: sendJob,
    async run(given, { signal }) {
      await new LaneRun({ ...parts, now, recorder, hands }, payload.parse(given), signal).run();
    },
  };
}

interface LaneParts extends CampaignSendParts {
  recorder: Recorder;
  hands: LimitFunction;
  now: () => Date;
}

/** One run of a lane: claims, hands to the mailer as the rate allows, and records the answers in groups. */
class LaneRun {
  readonly #parts: LaneParts;
  readonly #lane: Lane;
  readonly #signal: AbortSignal;
  #onTheirWay = 0;
  #oneLess = () => {};
  #failure: unknown;
  #drawnAt = 0;
  #refusedInARow = 0;
  #refusesUs = false;

  constructor(parts: LaneParts, lane: Lane, signal: AbortSignal) {
    this.#parts = parts;
    this.#lane = lane;
    this.#signal = signal;
  }

  async run(): Promise<void> {
    const { database, messages, recorder } = this.#parts;
    // An earlier run here may have lost the database before it could write down what it had sent.
    await recorder.settled();
    const waiting = await enterLane(database, this.#lane);
    let someLeft = false;
    try {
      someLeft = await this.#sendFor(turn, waiting);
    } finally {
      await this.#untilOnTheirWay(0);
    }
    if (this.#failure !== undefined) throw this.#failure;
    // The queue runs this very job again, here or elsewhere.
    if (this.#signal.aborted) return;
    const pauseFor = this.#serverIsAway() ? rest.afterRefusals : someLeft ? 0 : rest.ifNobodyIsDue;
    await leaveLane(database, messages, this.#lane, this.#parts.now(), pauseFor);
  }

  /** Sends until the time is up, nobody is due, or the server will not; whether somebody may still be due. */
  async #sendFor(milliseconds: number, waiting: number): Promise<boolean> {
    const end = performance.now() + milliseconds;
    const halfASecond = Math.max(1, Math.round(this.#parts.perSecond / 2));
    let size = Math.min(claims.least, halfASecond);
    for (let left = waiting; left > 0; ) {
      if (performance.now() > end || this.#mustStop()) return true;
      const began = performance.now();
      const looked = await this.#sendSome(Math.min(size, left));
      if (looked === 0) return false;
      left -= looked;
      await this.#untilOnTheirWay(size / 2);
      const took = performance.now() - began;
      if (took < 400) size = Math.min(size * 2, claims.most, halfASecond);
      if (took > 1_000) size = Math.max(Math.ceil(size / 2), 1);
    }
    return false;
  }

  #mustStop(): boolean {
    return this.#signal.aborted || this.#refusesUs || this.#serverIsAway() || this.#failure !== undefined;
  }

  #serverIsAway(): boolean {
    return this.#refusedInARow >= enough;
  }

  /** Waits for the next moments that the rate allows, and hands over that many messages at most. */
  async #sendSome(wanted: number): Promise<number> {
    const slots = await this.#parts.rate.reserve(wanted);
    await slots.due(0, this.#signal).catch(() => {});
    if (this.#signal.aborted) return 0;
    let looked = 0;
    let used = 0;
    while (used < slots.count) {
      const found = await claim(this.#parts, this.#lane, slots.count - used, this.#parts.now());
      for (const claimed of found.claimed) this.#start(claimed, slots.due(used++, this.#signal));
      looked += found.looked;
      if (found.looked === 0 || found.claimed.length === found.looked) break;
    }
    return looked;
  }

  #start(claimed: Claimed, due: Promise<void>): void {
    this.#onTheirWay += 1;
    this.#send(claimed, due)
      .then((answer) => this.#parts.recorder.add({ claimed, answer }))
      .then(() => this.#draw())
      .catch((error: unknown) => {
        this.#failure = error;
      })
      .finally(() => {
        this.#onTheirWay -= 1;
        this.#oneLess();
      });
  }

  async #send(claimed: Claimed, due: Promise<void>): Promise<Fate['answer']> {
    try {
      await due;
    } catch {
      return { kind: 'kept' };
    }
    return this.#parts.hands(() => this.#handOver(claimed));
  }

  async #handOver({ to, name, language, token }: Claimed): Promise<Fate['answer']> {
    const { mailer, letterhead } = this.#parts;
    // Whoever stops, or has lost the right to work, gives back the rest: others may be sending it already.
    if (this.#refusesUs || this.#signal.aborted) return { kind: 'kept' };
    const now = this.#parts.now();
    const link = linkAddress(letterhead, token);
    try {
      await mailer.send(
        verificationMail({ to, name, language, letterhead, link, expiresAt: expiryOf(now), now }),
      );
      this.#refusedInARow = 0;
      return { kind: 'sent', at: now };
    } catch (error) {
      if (!(error instanceof SendFailure)) throw error;
      if (error.kind === 'us') this.#refusesUs = true;
      this.#refusedInARow = error.kind === 'temporary' ? this.#refusedInARow + 1 : 0;
      return { kind: error.kind, words: error.words };
    }
  }

  async #draw(): Promise<void> {
    if (performance.now() < this.#drawnAt + drawWithin * 1000) return;
    this.#drawnAt = performance.now();
    const { database, messages } = this.#parts;
    await messages.changed(database.prisma, 'campaign', this.#lane.campaign, { within: drawWithin });
  }

  async #untilOnTheirWay(most: number): Promise<void> {
    while (this.#onTheirWay > most) {
      await new Promise<void>((resolve) => {
        this.#oneLess = resolve;
      });
    }
  }
}
