import { Problem, connection, get, identity, path, read, segment, write } from './api.js';
import { Claims } from './claims.js';
import { assignKeys } from './keys.js';
import { OpenTickets } from './open-tickets.js';
import { Outbox } from './outbox.js';
import { Store } from './ui.js';
import { labelsWords, spoken } from './words.js';

/** A key pressed twice must not decide a ticket nobody has seen: so long a new ticket takes no decision. */
const FIRST_LOOK_MS = 300;
const EMPTY_PAUSE_MS = 4_000;
const CURRENT = 'triage.current';

/** All of the review view that is not markup: the ticket, what was touched, the list, decisions on their way. */
export class Review extends Store {
  ticket = null;
  state = 'starting';
  touched = {};
  note = '';
  editing = false;
  hovered = null;
  filtering = null;
  dialog = null;
  notice = null;
  ready = false;
  skipped = new Set();
  #noticeTimer = null;
  #moving = false;
  #turn = 0;
  #lookedAt = 0;

  constructor(taxonomy, events) {
    super();
    this.taxonomy = taxonomy;
    this.outbox = new Outbox((entry) => this.#settled(entry));
    this.outbox.subscribe(() => this.changed());
    this.claims = new Claims((id, problem) => this.#lostClaim(id, problem));
    this.list = new OpenTickets(events, () => this.outbox.decidedIds());
    events.on('counts', ({ open }) => this.state === 'empty' && open > 0 && this.#lookAgain());
    events.on('ticket', (data) => this.#heard(data));
    connection.subscribe(() => connection.up && this.state === 'stuck' && this.advance());
    this.setTaxonomy(taxonomy);
  }

  setTaxonomy(taxonomy) {
    this.taxonomy = taxonomy;
    const correctable = taxonomy.heads.filter((head) => head.correctable);
    this.reviewHeads = correctable.filter((head) => head.review);
    this.otherHeads = correctable.filter((head) => !head.review);
    this.keys = assignKeys(this.reviewHeads);
    this.otherKeys = assignKeys(this.otherHeads);
    this.changed();
  }

  /** Not before the ticket is held: the one that is shown before the name is given is nobody's yet. */
  get mayDecide() {
    return this.named && this.ticket?.state === 'open' && this.claims.held.has(this.ticket.id);
  }

  async start(named) {
    this.named = named;
    if (named) this.outbox.restore();
    this.list.refresh();
    const last = read(sessionStorage, CURRENT);
    if (named && last && !this.outbox.decidedIds().has(last)) {
      try {
        return this.show(await this.claims.take(last));
      } catch (failure) {
        if (!(failure instanceof Problem)) return this.advance();
      }
    }
    return named ? this.advance() : this.#preview();
  }

  /** Without a name nothing can be held; the oldest ticket is shown to look at. */
  async #preview() {
    try {
      const [first] = (await get(path('/api/review', { limit: 1 }))).tickets;
      if (first) this.show(await get(`/api/tickets/${segment(first.id)}`));
      else this.#empty();
    } catch (failure) {
      this.#stuck(failure);
    }
  }

  show(ticket) {
    this.#turn++;
    Object.assign(this, { ticket, state: 'reading', touched: {}, note: '', editing: false, hovered: null, filtering: null });
    this.dialog = null;
    this.ready = false;
    setTimeout(() => {
      this.ready = this.ticket === ticket;
      this.changed();
    }, FIRST_LOOK_MS);
    write(sessionStorage, CURRENT, ticket.id);
    this.changed();
    if (this.named) this.claims.fetchAhead(this.#wanted).catch(() => {});
  }

  #wanted = () => {
    const skip = new Set([...this.skipped, ...this.outbox.decidedIds()]);
    if (this.ticket) skip.add(this.ticket.id);
    return { ...this.list.filters, skip };
  };

  async advance() {
    if (this.#moving) return;
    this.#moving = true;
    const turn = ++this.#turn;
    if (!this.claims.ahead.length && this.state !== 'empty') {
      Object.assign(this, { ticket: null, state: 'fetching' });
      this.changed();
    }
    try {
      const next = await this.claims.next(this.#wanted);
      // An undo may have put another ticket on the screen meanwhile.
      if (turn !== this.#turn) next && this.claims.putBack(next);
      else if (next) this.show(next);
      else this.#empty();
    } catch (failure) {
      if (turn === this.#turn) this.#stuck(failure);
    } finally {
      this.#moving = false;
    }
  }

  #empty() {
    write(sessionStorage, CURRENT, null);
    Object.assign(this, { ticket: null, state: 'empty' });
    this.changed();
  }

  #stuck(failure) {
    Object.assign(this, { ticket: null, state: 'stuck', problem: failure.message });
    this.changed();
  }

  /** Chooses a label. With every review head chosen there is nothing left to ask, so the decision goes out. */
  choose(head, label) {
    if (!this.mayDecide || !this.ready) return;
    const { [head]: before, ...others } = this.touched;
    this.touched = before === label ? others : { ...others, [head]: label };
    this.filtering = null;
    this.changed();
    const all = this.reviewHeads.every(({ name }) => name in this.touched);
    if (all && !this.editing && !this.dialog && this.reviewHeads.some(({ name }) => name === head)) this.decide();
  }

  /** What a decision would say now: what was touched, or else the model's answers of the review heads. */
  labels() {
    if (Object.keys(this.touched).length) return this.touched;
    const answers = this.ticket?.prediction ?? {};
    return Object.fromEntries(this.reviewHeads.filter((h) => answers[h.name]).map((h) => [h.name, answers[h.name].label]));
  }

  decide(proposed) {
    if (!this.mayDecide || !this.ready) return;
    const ticket = this.ticket;
    const body = { ticket_id: ticket.id, labels: this.labels(), review: true };
    if (proposed) {
      body.proposed = proposed;
      // Without labels of its own a proposal names none: null would take back.
      if (!Object.keys(this.touched).length) delete body.labels;
    }
    if (this.note.trim()) body.note = this.note.trim();
    this.outbox.add(body, { ticket, said: proposed ? `new: ${labelsWords(proposed)}` : labelsWords(body.labels) });
    this.claims.decided(ticket.id);
    this.list.remove([ticket.id]);
    this.ready = false;
    this.advance();
  }

  /** The same decision for the ticket on the screen and its look-alikes. */
  decideTogether(others) {
    if (!this.mayDecide || !this.ready) return;
    const labels = this.labels();
    const group = `${this.ticket.id} ${Date.now()}`;
    for (const ticket of [this.ticket, ...others]) {
      this.outbox.add({ ticket_id: ticket.id, labels, review: true }, { ticket, group, said: labelsWords(labels) });
      this.claims.decided(ticket.id);
    }
    this.list.remove([this.ticket.id, ...others.map((t) => t.id)]);
    this.ready = false;
    this.advance();
  }

  skip() {
    if (!this.named || !this.ticket || !this.ready) return;
    this.skipped.add(this.ticket.id);
    this.claims.release(this.ticket.id);
    this.advance();
  }

  lookAgainAtSkipped() {
    this.skipped.clear();
    this.advance();
  }

  /** Takes the last decision back and shows its ticket again. */
  async undo() {
    const last = this.outbox.lastUndoable();
    if (!last.length) return this.say('There is nothing to take back.');
    for (const entry of [...last].reverse()) {
      if (this.outbox.withdraw(entry)) continue;
      this.outbox.giveUp(entry);
      this.outbox.add({ ticket_id: entry.body.ticket_id, labels: null }, { retracts: entry.key, ticket: entry.about.ticket });
    }
    if (this.ticket && this.claims.held.has(this.ticket.id)) this.claims.putBack(this.ticket);
    const { id } = last[0].about.ticket;
    this.claims.held.set(id, null);
    const known = last[0].about.ticket;
    const whole = known.fields ? known : await get(`/api/tickets/${segment(id)}`);
    this.show({ ...whole, state: 'open' });
    this.say(last.length > 1 ? `${last.length} decisions are taken back.` : `${id}: “${last[0].about.said}” is taken back.`);
  }

  async open(id) {
    if (id === this.ticket?.id) return;
    try {
      const ticket = this.named ? await this.claims.take(id) : await get(`/api/tickets/${segment(id)}`);
      if (this.ticket) this.claims.release(this.ticket.id);
      this.show(ticket);
    } catch (failure) {
      this.say(this.#whoHasIt(id, failure));
      this.list.refresh();
    }
  }

  filter(change) {
    this.list.filter(change);
    this.claims.dropAhead();
    if (this.named) this.claims.fetchAhead(this.#wanted).then(() => this.state === 'empty' && this.advance(), () => {});
  }

  /** With an empty desk, others' claims may run out without an event. */
  #lookAgain() {
    if (!this.named || Date.now() - this.#lookedAt < EMPTY_PAUSE_MS) return;
    this.#lookedAt = Date.now();
    this.advance();
  }

  #heard({ id, change, by }) {
    if (change === 'opened' && this.state === 'empty') this.#lookAgain();
    if (change !== 'decided' || this.outbox.entries.some((e) => e.body.ticket_id === id && !e.takenBack)) return;
    this.claims.drop(id);
    if (id !== this.ticket?.id) return;
    this.say(`${id} has been decided meanwhile by ${by ?? 'somebody else'}. Here is the next one.`);
    this.advance();
  }

  #lostClaim(id, problem) {
    if (id !== this.ticket?.id) return;
    this.say(`${this.#whoHasIt(id, problem)} Here is the next one.`);
    this.advance();
  }

  #settled(entry) {
    this.list.refresh();
    const id = entry.body.ticket_id;
    if (entry.state === 'refused') {
      this.say(`${this.#whoHasIt(id, new Problem(entry.problem.status, entry.problem))} Your decision was not recorded.`, 'warn');
    } else if (entry.about.retracts && id === this.ticket?.id) {
      this.#hold(id, 5);
    }
  }

  /** Holds a ticket again after an undo; the desk may need a moment to see that it is open. */
  async #hold(id, tries) {
    try {
      this.claims.held.set(id, await this.claims.renew(id));
    } catch (failure) {
      if (failure.status === 409 && failure.document.decided && tries > 0) {
        setTimeout(() => this.ticket?.id === id && this.#hold(id, tries - 1), 400);
      } else if (failure instanceof Problem) {
        this.claims.drop(id);
        this.#lostClaim(id, failure);
      }
    }
  }

  #whoHasIt(id, failure) {
    const { claim, decided } = failure.document ?? {};
    if (claim) return claim.by === identity.name ? `${id} is open in another window of yours.` : `${id} is with ${claim.by} just now.`;
    if (decided) return `${id} was decided meanwhile by ${decided.by}: ${labelsWords(decided.labels) || 'no label'}.`;
    return `${spoken(id)}: ${failure.message}`;
  }

  /** Says something for some seconds, to eyes and to screen readers. */
  say(text, kind = 'info') {
    clearTimeout(this.#noticeTimer);
    this.notice = { text, kind };
    this.#noticeTimer = setTimeout(() => this.set({ notice: null }), kind === 'warn' ? 12_000 : 6_000);
    this.changed();
  }

  set(change) {
    Object.assign(this, change);
    this.changed();
  }
}
