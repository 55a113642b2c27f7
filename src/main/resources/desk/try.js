import { get, path, post } from './api.js';
import { el, h, useEffect, useState } from './ui.js';
import { Answers, Texts, Ticket, Why } from './ticket.js';
import { percent, spoken } from './words.js';

const PAUSE_MS = 150;

/** A box; while somebody types, what the model in force would say. Nothing is recorded. */
export function TryView({ taxonomy }) {
  const [text, setText] = useState('');
  const [ticket, setTicket] = useState(null);
  const [problem, setProblem] = useState('');
  const [took, setTook] = useState(null);
  const [hovered, setHovered] = useState(null);
  const [samples, setSamples] = useState([]);

  useEffect(() => {
    get(path('/api/spot-checks', { limit: 4 })).then(({ tickets }) => setSamples(tickets.map((t) => t.title)), () => {});
  }, []);

  useEffect(() => {
    if (!text.trim()) {
      setTicket(null);
      setProblem('');
      return undefined;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      const began = performance.now();
      try {
        const answer = await post('/api/try', { text }, { signal: stop.signal });
        setTicket(answer);
        setTook(performance.now() - began);
        setProblem('');
      } catch (failure) {
        if (stop.signal.aborted) return;
        setTicket(null);
        setProblem(failure.message);
      }
    }, PAUSE_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
  }, [text, taxonomy]);

  const routing = ticket?.routing;
  const head = taxonomy.routing_head;
  return el.div(
    { class: 'try' },
    el.main(
      { class: 'try-main', id: 'main', tabIndex: -1 },
      el.h1(null, 'Try a ticket'),
      el.label({ class: 'try-label', for: 'try-text' }, 'Write as a customer would. The answer follows while you type; nothing is recorded.'),
      el.textarea({ id: 'try-text', rows: 6, value: text, autofocus: true, placeholder: 'I was charged twice …', onInput: (event) => setText(event.target.value) }),
      !text && samples.length > 0 && el.div({ class: 'samples' }, el.span({ class: 'quiet' }, 'Or take one that came in:'),
        samples.map((s) => el.button({ class: 'sample', key: s, onClick: () => setText(s) }, el.bdi(null, s)))),
      problem && el.p({ class: 'refused', role: 'alert' }, problem),
      routing && el.section(
        { class: routing.requires_review ? 'route review-route' : 'route', 'aria-live': 'polite', 'aria-label': 'Route' },
        el.span({ class: 'quiet' }, 'goes to'),
        el.strong(null, spoken(routing.queue)),
        el.span({ class: 'quiet' }, routing.rule ? `by the rule ${routing.rule}` : routing.requires_review ? 'a person decides' : `${spoken(head)} ${percent(ticket.prediction[head]?.confidence, 1)}`),
        took != null && el.span({ class: 'took quiet' }, `answered in ${Math.max(1, Math.round(took))} ms`),
      ),
      ticket && Why({ ticket }),
      ticket && el.section({ class: 'echo', 'aria-label': 'Your text with the words that decided' },
        h(Ticket, { ticket, heading: 'h2', heads: hovered ? [hovered] : taxonomy.heads.filter((h) => h.review).map((h) => h.name), key: text })),
    ),
    el.aside({ class: 'side', 'aria-label': 'Answers' }, ticket
      ? [h(Answers, { ticket, taxonomy, onHover: setHovered, key: 'answers' }), h(Texts, { texts: ticket.human_readable, key: 'texts' })]
      : el.p({ class: 'quiet pad' }, 'The answers appear here.')),
  );
}
