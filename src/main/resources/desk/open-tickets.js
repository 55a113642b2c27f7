import { get, path } from './api.js';
import { Store } from './ui.js';

const SIZE = 50;
const PAUSE_MS = 1_200;

/** The list at the left: open tickets that pass the filters, and the live counts. */
export class OpenTickets extends Store {
  filters = { queue: '', reason: '', q: '' };
  tickets = [];
  open = null;
  matching = 0;
  dropped = 0;
  oldest = null;
  counts = { queue: {}, reason: {} };
  rate = null;
  next = null;
  #timer = null;
  #asked = 0;
  #decided;

  /** `decided` gives the ids that this tab has decided: the server's list may still name them for a moment. */
  constructor(events, decided) {
    super();
    this.#decided = decided;
    events.on('counts', ({ open, queue, reason, per_second: rate }) => {
      Object.assign(this, { open, counts: { queue, reason }, rate });
      this.changed();
    });
    events.on('ticket', () => this.refresh());
    events.on('open', () => this.refresh());
  }

  filter(change) {
    this.filters = { ...this.filters, ...change };
    this.changed();
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#load(), 150);
  }

  /** Reads the list again soon; many events in a row cause one reading. */
  refresh() {
    this.#timer ??= setTimeout(() => this.#load(), this.open === null ? 0 : PAUSE_MS);
  }

  more() {
    this.#load(this.next);
  }

  remove(ids) {
    const gone = new Set(ids);
    this.tickets = this.tickets.filter((ticket) => !gone.has(ticket.id));
    this.changed();
  }

  async #load(after) {
    if (!after) {
      clearTimeout(this.#timer);
      this.#timer = null;
    }
    const asked = ++this.#asked;
    try {
      const list = await get(path('/api/review', { ...this.filters, limit: SIZE, after }));
      if (asked !== this.#asked) return;
      const { open, matching, dropped, counts, next, oldest_at: oldest } = list;
      const tickets = after ? [...this.tickets, ...list.tickets] : list.tickets;
      Object.assign(this, { open, matching, dropped, counts, next, oldest, tickets });
      this.remove(this.#decided());
    } catch {
      // The banner says that the server does not answer; the next event asks again.
    }
  }
}
