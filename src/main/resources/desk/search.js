import { get, path, segment } from './api.js';
import { el, h, useEffect, useRef, useState, useStore } from './ui.js';
import { Judge } from './judge.js';
import { Answers, History, Texts, Ticket, Why } from './ticket.js';
import { clock, count, since, spoken } from './words.js';

const PAUSE_MS = 200;
const SAMPLE = 20;

/** Any ticket by id or words, and a random sample of confident ones; with what people said, and a way to object. */
export function SearchView({ review, onName }) {
  useStore(review);
  const [tab, setTab] = useState('tickets');
  const [q, setQ] = useState('');
  const [found, setFound] = useState(null);
  const [ticket, setTicket] = useState(null);
  const [problem, setProblem] = useState('');
  const [hovered, setHovered] = useState(null);
  const box = useRef(null);
  const detail = useRef(null);

  const shown = useRef(0);

  /** The server gives the same tickets in the same order until somebody judges them; another sample is those after them. */
  const sample = async (from) => {
    try {
      const { tickets } = await get(path('/api/spot-checks', { limit: from + SAMPLE }));
      if (from > 0 && tickets.length <= from) return sample(0);
      shown.current = from;
      return setFound({ tickets: tickets.slice(from) });
    } catch (failure) {
      return setProblem(failure.message);
    }
  };

  useEffect(() => {
    setProblem('');
    if (tab === 'spot') {
      sample(0);
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        setFound(q.trim() ? await get(path('/api/search', { q: q.trim(), limit: 50 }), { signal: stop.signal }) : null);
      } catch (failure) {
        if (!stop.signal.aborted) setProblem(failure.message);
      }
    }, PAUSE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [tab, q]);

  useEffect(() => {
    const down = (event) => {
      if (event.key === '/' && !event.target.matches('input, textarea, select')) {
        event.preventDefault();
        setTab('tickets');
        setTimeout(() => box.current?.focus());
      }
    };
    document.addEventListener('keydown', down);
    if (tab === 'tickets') box.current?.focus();
    return () => document.removeEventListener('keydown', down);
  }, []);

  const open = async (id) => {
    try {
      setTicket(await get(`/api/tickets/${segment(id)}`));
      setProblem('');
      detail.current?.scrollTo(0, 0);
      if (matchMedia('(max-width: 760px)').matches) detail.current?.scrollIntoView();
    } catch (failure) {
      setProblem(failure.status === 404 ? `${id} is not kept here any more.` : failure.message);
    }
  };

  /** From the box to what was found: Enter opens the first, the arrow goes to it. */
  const toResults = (event) => {
    const first = found?.tickets[0];
    if (!first || !['Enter', 'ArrowDown'].includes(event.key)) return;
    event.preventDefault();
    if (event.key === 'Enter') open(first.id);
    else document.querySelector('#found .row')?.focus();
  };

  /** After a judgement of a sampled ticket the next one is shown at once. */
  const judged = (id) => {
    if (tab !== 'spot') return;
    const at = found.tickets.findIndex((t) => t.id === id);
    const rest = found.tickets.filter((t) => t.id !== id);
    setFound({ ...found, tickets: rest });
    if (rest.length) open(rest[Math.min(at, rest.length - 1)].id);
    else sample(0);
  };

  const tabButton = (name, text) =>
    el.button(
      { role: 'tab', 'aria-selected': String(tab === name), 'aria-controls': 'found', onClick: () => {
        if (tab === name) return;
        setFound(null);
        setTicket(null);
        setTab(name);
      } },
      text,
    );

  return el.div(
    { class: ticket ? 'search' : 'search without-ticket' },
    el.aside(
      { class: 'list', 'aria-label': 'Found tickets' },
      el.div({ class: 'tabs', role: 'tablist' }, tabButton('tickets', 'Tickets'), tabButton('spot', 'Spot checks')),
      tab === 'tickets'
        ? el.input({ type: 'search', id: 'search-box', ref: box, value: q, placeholder: 'Words or id', 'aria-label': 'Find a ticket', onInput: (e) => setQ(e.target.value), onKeyDown: toResults })
        : el.p({ class: 'quiet pad' }, 'Confident tickets at random. Sarcasm is found nowhere else. ', el.button({ class: 'small', onClick: () => sample(shown.current + SAMPLE) }, 'Another sample')),
      problem && el.p({ class: 'refused pad', role: 'alert' }, problem),
      el.div({ id: 'found', role: 'tabpanel', 'aria-label': 'Results' },
        h(Results, { found, q: tab === 'tickets' ? q : '', current: ticket?.id, onOpen: open })),
    ),
    el.main({ class: 'detail', id: 'main', tabIndex: -1, ref: detail },
      ticket ? h(Detail, { ticket, review, onName, onJudged: judged, spot: tab === 'spot', hovered, onHover: setHovered, key: ticket.id })
        : el.div({ class: 'nothing quiet' }, el.p(null, tab === 'spot' ? 'Open one: did the model get it right?' : 'Where did it go, why, and what did people say?'))),
    el.aside({ class: 'side', 'aria-label': 'About this ticket' }, ticket && [
      h(Answers, { ticket, taxonomy: review.taxonomy, onHover: setHovered, key: 'answers' }), h(Texts, { texts: ticket.human_readable, key: 'texts' })]),
  );
}

function Results({ found, q, current, onOpen }) {
  if (!found) return null;
  const move = (event) => {
    const by = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' }[event.key];
    const row = by && event.target.closest('li')?.[by]?.querySelector('button');
    if (!row) return;
    event.preventDefault();
    row.focus();
  };
  return [
    q.trim() && el.p({ class: 'quiet pad', role: 'status', key: 'count' },
      `${count(found.tickets.length, 'ticket')} of ${(found.searched ?? 0).toLocaleString('en')}${found.since ? ` since ${clock(found.since)}` : ''}`),
    el.ul(
      { class: 'open-tickets', key: 'list', onKeyDown: move },
      found.tickets.map((t) =>
        el.li(
          { key: t.id },
          el.button(
            { class: t.id === current ? 'row current' : 'row', 'aria-current': t.id === current ? 'true' : undefined, onClick: () => onOpen(t.id) },
            el.span({ class: 'title' }, el.bdi(null, t.title)),
            el.span({ class: 'row-line' }, el.span({ class: 'tag' }, spoken(t.queue)), el.span({ class: 'quiet grow' }, `${t.id} · ${t.state}`), el.span({ class: 'quiet' }, since(t.at))),
          ),
        ),
      ),
    ),
  ];
}

function Detail({ ticket, review, onName, onJudged, spot, hovered, onHover }) {
  const heads = hovered ? [hovered] : review.reviewHeads.map((head) => head.name);
  const inReview = () => {
    location.hash = '#review';
    review.open(ticket.id);
  };
  return [
    el.section({ class: 'paper', 'aria-label': 'The ticket', key: 'paper' },
      el.div({ class: 'ticket-line' },
        el.span({ class: 'id' }, ticket.id),
        el.span(null, `arrived ${clock(ticket.at)}`),
        el.span(null, 'went to ', el.b(null, spoken(ticket.routing.queue))),
        ticket.routing.rule && el.span(null, 'by the rule ', el.b(null, ticket.routing.rule)),
        el.span(null, 'model ', el.code(null, ticket.model.version))),
      h(Ticket, { ticket, heads }),
      Why({ ticket })),
    ticket.state === 'open'
      ? el.p({ key: 'open', class: 'judge' }, 'It waits for a decision. ', el.button({ class: 'confirm', onClick: inReview }, 'Open it in review'))
      : review.named
        ? h(Judge, { ticket, review, spot, onHover, onJudged, key: 'judge' })
        : onName(),
    History({ ticket }),
  ];
}
