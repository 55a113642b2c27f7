import { Problem, call, get, post, segment } from './api.js';

const RENEW_MS = 60_000;
const AHEAD = 1;

/** The tickets this tab holds: the one on the screen and the next, fetched while the person reads. */
export class Claims {
  held = new Map();
  ahead = [];
  #fetching = null;
  #generation = 0;
  #lost;

  /** `lost(id, problem)` is told when somebody else has got, or decided, a ticket that was held. */
  constructor(lost) {
    this.#lost = lost;
    setInterval(() => this.#renew(), RENEW_MS);
    addEventListener('pagehide', () => this.releaseAll());
    addEventListener('pageshow', (event) => event.persisted && this.#renew());
  }

  /** The next ticket: at once if it was fetched ahead, null if there is none. */
  async next(wanted) {
    let asked;
    do {
      asked = this.#generation;
      await this.fetchAhead(wanted);
    } while (!this.ahead.length && asked !== this.#generation);
    return this.ahead.shift() ?? null;
  }

  /** Fetches until one ticket waits ahead; calls while one runs share it. */
  fetchAhead(wanted) {
    if (this.ahead.length >= AHEAD) return Promise.resolve();
    this.#fetching ??= this.#fetch(wanted, this.#generation).finally(() => (this.#fetching = null));
    return this.#fetching;
  }

  async #fetch(wanted, generation) {
    const { queue, reason, q, skip } = wanted();
    const body = { skip: [...new Set([...skip, ...this.held.keys()])] };
    if (queue) body.queue = queue;
    if (reason) body.reason = reason;
    if (q) body.q = q;
    const answer = await post('/api/claims', body);
    if (!answer) return;
    if (generation !== this.#generation) {
      this.#give(answer.ticket.id);
      return;
    }
    this.held.set(answer.ticket.id, answer.ticket.claim);
    this.ahead.push(answer.ticket);
  }

  /** Holds a named ticket and gives it whole; rejects with the Problem that says who has it. */
  async take(id) {
    const waiting = this.ahead.find((t) => t.id === id);
    if (waiting) {
      this.ahead = this.ahead.filter((t) => t !== waiting);
      return waiting;
    }
    this.held.set(id, await this.renew(id));
    return get(`/api/tickets/${segment(id)}`);
  }

  renew(id) {
    return post(`/api/claims/${segment(id)}`);
  }

  /** Puts a held ticket first in line. */
  putBack(ticket) {
    this.ahead.unshift(ticket);
  }

  /** What was fetched ahead does not fit any more (another filter). */
  dropAhead() {
    this.#generation++;
    for (const ticket of this.ahead) this.release(ticket.id);
    this.ahead = [];
  }

  drop(id) {
    this.held.delete(id);
    this.ahead = this.ahead.filter((t) => t.id !== id);
  }

  /** A decision ends its claim by itself. */
  decided(id) {
    this.drop(id);
  }

  release(id) {
    if (!this.held.has(id)) return;
    this.drop(id);
    this.#give(id);
  }

  releaseAll() {
    for (const id of [...this.held.keys()]) this.#give(id);
  }

  #give(id) {
    call('DELETE', `/api/claims/${segment(id)}`, { keepalive: true }).catch(() => {
      // It expires by itself.
    });
  }

  async #renew() {
    for (const id of [...this.held.keys()]) {
      try {
        this.held.set(id, await this.renew(id));
      } catch (failure) {
        if (!(failure instanceof Problem) || ![404, 409].includes(failure.status)) continue;
        this.drop(id);
        this.#lost(id, failure);
      }
    }
  }
}
