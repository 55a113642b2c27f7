import { Problem, post, random, read, write } from './api.js';
import { Store } from './ui.js';

const KEPT = 'triage.outbox';
const REMEMBERED = 30;
const PAUSES_MS = [1_000, 2_000, 4_000, 8_000, 15_000];

/**
 * Decisions on their way. Each has one Idempotency-Key for all its tries and stays in sessionStorage until the server has
 * acknowledged it, so that neither a reload nor a lost answer loses or repeats it. States: waiting, sending, failed
 * (tried again later), sent, refused.
 */
export class Outbox extends Store {
  entries = [];
  #timers = new Map();
  #onSettled;

  constructor(onSettled) {
    super();
    this.#onSettled = onSettled;
  }

  /** Reads what an earlier load of the page left behind and sends it. */
  restore() {
    let kept = [];
    try {
      kept = JSON.parse(read(sessionStorage, KEPT) ?? '[]');
    } catch {
      // Not ours; a new list begins.
    }
    this.entries = kept.map((e) => (done(e) ? e : { ...e, state: 'waiting' }));
    this.#pump();
  }

  /** Adds a decision and begins to send it. `about` is for the page alone: title, group, retracts. */
  add(body, about = {}) {
    const entry = { key: random(), body, about, state: 'waiting', tries: 0, at: Date.now(), detail: '' };
    this.entries = [...this.entries, entry].slice(-REMEMBERED - this.pending.length);
    this.#keep();
    this.#pump();
    return entry;
  }

  /** Takes an entry out that the server can never have seen; false if it may have. */
  withdraw(entry) {
    if (entry.tries > 0 || entry.state !== 'waiting') return false;
    this.entries = this.entries.filter((e) => e !== entry);
    this.#keep();
    return true;
  }

  /** Marks a decision as taken back, so that it is not sent (again) and cannot be taken back twice. */
  giveUp(entry) {
    clearTimeout(this.#timers.get(entry.key));
    entry.takenBack = true;
    if (!done(entry) && entry.state !== 'sending') this.entries = this.entries.filter((e) => e !== entry);
    this.#keep();
  }

  retryNow() {
    for (const entry of this.entries) {
      if (entry.state !== 'failed') continue;
      clearTimeout(this.#timers.get(entry.key));
      entry.state = 'waiting';
    }
    this.#pump();
  }

  get pending() {
    return this.entries.filter((e) => !done(e));
  }

  get failed() {
    return this.entries.filter((e) => e.state === 'failed');
  }

  /** The newest decisions that can be taken back: those of one group belong together. */
  lastUndoable() {
    const open = this.entries.filter((e) => !e.about.retracts && !e.takenBack && e.state !== 'refused');
    const last = open.at(-1);
    if (!last) return [];
    return last.about.group ? open.filter((e) => e.about.group === last.about.group) : [last];
  }

  /** Ids this tab has decided and not taken back; the server's lists may still name them for a moment. */
  decidedIds() {
    const ids = new Set();
    for (const e of this.entries) {
      if (e.about.retracts || e.takenBack || e.state === 'refused') ids.delete(e.body.ticket_id);
      else ids.add(e.body.ticket_id);
    }
    return ids;
  }

  /** Sends the oldest unsent entry of each ticket: an undo never overtakes its decision. */
  #pump() {
    const busy = new Set();
    for (const entry of this.pending) {
      const id = entry.body.ticket_id;
      if (!busy.has(id) && entry.state === 'waiting') this.#send(entry);
      busy.add(id);
    }
    this.changed();
  }

  async #send(entry) {
    entry.state = 'sending';
    entry.tries++;
    this.#keep();
    try {
      entry.answer = await post('/api/corrections', entry.body, { key: entry.key });
      entry.state = 'sent';
    } catch (failure) {
      this.#failed(entry, failure);
    }
    this.#keep();
    if (done(entry)) this.#onSettled(entry);
    this.#pump();
  }

  #failed(entry, failure) {
    entry.detail = failure.message;
    if (failure instanceof Problem && !this.#passing(entry, failure)) {
      entry.state = 'refused';
      entry.problem = { status: failure.status, ...failure.document };
      return;
    }
    if (entry.takenBack) {
      this.entries = this.entries.filter((e) => e !== entry);
      return;
    }
    entry.state = 'failed';
    const pause = PAUSES_MS[Math.min(entry.tries, PAUSES_MS.length) - 1];
    const again = () => {
      if (entry.state === 'failed') entry.state = 'waiting';
      this.#pump();
    };
    this.#timers.set(entry.key, setTimeout(again, pause));
  }

  /** Problems that pass: overload, no acknowledgement, a name to be given, one's own undo that is not everywhere yet. */
  #passing(entry, { status, document }) {
    if (status === 401 || status === 429 || status >= 500) return true;
    const mine = status === 409 && document.decided && entry.tries < 6;
    return mine && this.entries.some((e) => e.about.retracts && e.state === 'sent' && e.body.ticket_id === entry.body.ticket_id);
  }

  #keep() {
    write(sessionStorage, KEPT, this.entries.length ? JSON.stringify(this.entries, withoutTexts) : null);
    this.changed();
  }
}

const done = (entry) => entry.state === 'sent' || entry.state === 'refused';

/** What customers wrote is not kept in storage: of a ticket its id is enough, to read it again. */
const withoutTexts = (name, value) => (name === 'ticket' ? { id: value.id } : value);
