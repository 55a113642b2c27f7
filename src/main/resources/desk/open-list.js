import { el, h, useState, useStore } from './ui.js';
import { count, reasonWords, since, spoken } from './words.js';

/** The list at the left: how much waits, filters, the open tickets, and this tab's last decisions. */
export function OpenList({ review, searchBox }) {
  const list = useStore(review.list);
  const [unfolded, unfold] = useState(false);
  return el.aside(
    { class: unfolded ? 'list unfolded' : 'list', 'aria-label': 'Open tickets' },
    el.header(
      null,
      el.h2(null, el.b({ class: 'big', id: 'open-count' }, list.open === null ? '–' : list.open.toLocaleString('en')), ' open'),
      el.span({ class: 'quiet' }, list.oldest ? `oldest ${since(list.oldest)}` : ''),
      el.button({ class: 'small unfold', 'aria-expanded': String(unfolded), onClick: () => unfold(!unfolded) }, unfolded ? 'Hide list' : 'Show list'),
    ),
    el.div(
      { class: 'filters' },
      el.input({
        ref: searchBox,
        type: 'search',
        id: 'list-search',
        placeholder: 'Words or id  ( / )',
        'aria-label': 'Find in open tickets',
        value: list.filters.q,
        onInput: (event) => review.filter({ q: event.target.value }),
      }),
      Choice({ name: 'Queue', all: 'All queues', counts: list.counts.queue, words: spoken, value: list.filters.queue, onChange: (queue) => review.filter({ queue }) }),
      Choice({ name: 'Reason', all: 'All reasons', counts: list.counts.reason, words: reasonWords, value: list.filters.reason, onChange: (reason) => review.filter({ reason }) }),
    ),
    el.ul({ class: 'open-tickets' }, list.tickets.map((t) => h(Row, { ticket: t, review, key: t.id, onOpen: () => unfold(false) }))),
    list.tickets.length === 0 && list.open !== null && el.p({ class: 'quiet pad' }, list.open ? 'None fits the filter.' : 'Nothing waits.'),
    list.next && el.button({ class: 'small load-more', onClick: () => list.more() }, `Show more of ${list.matching.toLocaleString('en')}`),
    list.dropped > 0 && el.p({ class: 'quiet pad' }, `${count(list.dropped, 'ticket')} dropped: too many or too old.`),
    h(Sent, { review }),
  );
}

function Choice({ name, all, counts, words, value, onChange }) {
  const values = Object.entries(counts ?? {}).sort((a, b) => b[1] - a[1]);
  if (value && !values.some(([v]) => v === value)) values.push([value, 0]);
  return el.select(
    { 'aria-label': name, value, onChange: (event) => onChange(event.target.value) },
    el.option({ value: '' }, all),
    values.map(([v, n]) => el.option({ value: v, key: v, selected: v === value }, `${words(v)} · ${n}`)),
  );
}

function Row({ ticket, review, onOpen }) {
  const held = ticket.claim && !ticket.claim.mine;
  const current = review.ticket?.id === ticket.id;
  const open = () => {
    onOpen();
    review.open(ticket.id);
  };
  return el.li(
    null,
    el.button(
      { class: current ? 'row current' : 'row', 'aria-current': current ? 'true' : undefined, onClick: (event) => {
        // Enter now means the ticket, not the row.
        if (event.detail > 0) event.currentTarget.blur();
        else document.getElementById('main')?.focus();
        open();
      } },
      el.span({ class: 'title' }, el.bdi(null, ticket.title)),
      el.span(
        { class: 'row-line' },
        el.span({ class: 'tag' }, spoken(ticket.suggested)),
        el.span({ class: 'quiet grow' }, held ? `with ${ticket.claim.by}` : ticket.reasons.map(reasonWords).join(', ')),
        el.span({ class: 'quiet' }, since(ticket.at)),
      ),
    ),
  );
}

const STATES = { waiting: 'sending…', sending: 'sending…', failed: 'not sent, retry', sent: 'done', refused: 'not recorded' };

/** This tab's last decisions and whether the topic has acknowledged them. */
function Sent({ review }) {
  const shown = review.outbox.entries.filter((e) => !e.takenBack).slice(-4).reverse();
  if (!shown.length) return null;
  return el.section(
    { class: 'sent', 'aria-label': 'Your last decisions' },
    el.h2(null, 'Your last decisions'),
    el.ul(
      null,
      shown.map((entry) =>
        el.li(
          { key: entry.key, class: `entry ${entry.state}`, 'data-ticket': entry.body.ticket_id, 'data-state': entry.state, title: entry.detail },
          el.span({ class: 'said' }, entry.about.retracts ? 'taken back' : entry.about.said || 'decision'),
          el.span({ class: 'quiet' }, entry.body.ticket_id),
          entry.state === 'failed'
            ? el.button({ class: 'small', onClick: () => review.outbox.retryNow() }, STATES.failed)
            : el.span({ class: 'state' }, STATES[entry.state]),
        ),
      ),
    ),
  );
}
