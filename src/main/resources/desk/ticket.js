import { CopyButton, el, h, useEffect, useMemo, useState } from './ui.js';
import { finder, metadataTerms, pieces, termsOf } from './highlight.js';
import { clock, count, percent, since, size, spoken } from './words.js';

/** So much of a long text is shown at first; nobody reads 300 KB, and laying it out costs a second. */
const SHOWN_AT_FIRST = 6_000;

/** A ticket as its sender wrote it, with the deciding words of some heads marked. All of it are text nodes. */
export function Ticket({ ticket, heads, heading: level = 'h1' }) {
  const terms = useMemo(() => termsOf(ticket.explanation, heads), [ticket, heads.join()]);
  const find = useMemo(() => finder(terms), [terms]);
  const marked = useMemo(() => metadataTerms(terms, ticket.metadata), [terms, ticket]);
  const subject = ticket.fields.find((field) => field.name === 'subject');
  const others = ticket.fields.filter((field) => field !== subject);
  return el.article(
    { class: 'ticket', 'aria-label': `Ticket ${ticket.id}` },
    subject
      ? el[level]({ class: 'subject' }, el.bdi(null, Marked({ text: subject.value, find })))
      : el[level]({ class: 'unseen' }, `Ticket ${ticket.id}`),
    el.div({ class: subject ? 'body' : 'body alone' }, others.map((field) => Field({ field, find, id: ticket.id }))),
    Metadata({ ticket, marked }),
  );
}

function Field({ field, find, id }) {
  const parts = field.parts?.length ? field.parts : [{ kind: 'text', from: 0, to: field.value.length }];
  return parts.map((part, i) => {
    const text = field.value.slice(part.from, part.to);
    const key = `${id} ${field.name} ${i}`;
    if (!text.trim()) return null;
    if (part.kind === 'text') return el.div({ class: 'text', key }, h(Long, { text, find }));
    const lines = text.trim().split('\n').length;
    const name = part.kind === 'quote' ? 'Earlier messages' : 'Signature';
    return el.details(
      { class: 'folded', key },
      el.summary(null, `${name} · ${count(lines, 'line')}`),
      el.div({ class: 'text' }, h(Long, { text, find })),
    );
  });
}

function Long({ text, find }) {
  const [all, setAll] = useState(false);
  const shown = all || text.length <= SHOWN_AT_FIRST * 1.5 ? text : text.slice(0, SHOWN_AT_FIRST);
  // Blank lines at the edges of a part are the sender's, but say nothing.
  const trimmed = shown.replace(/^\s*\n/, '').trimEnd();
  return [
    Marked({ text: trimmed, find }),
    shown !== text &&
      el.p({ class: 'more' }, '… ', el.button({ class: 'small', onClick: () => setAll(true) }, `Show all ${size(text.length)}`)),
  ];
}

function Marked({ text, find }) {
  return pieces(text, 0, text.length, find(text)).map((piece) =>
    piece.strength ? el.mark({ class: `m${piece.strength}` }, piece.text) : piece.text,
  );
}

function Metadata({ ticket, marked }) {
  const fields = new Set(['id', 'metadata', ...ticket.fields.map((field) => field.name)]);
  const metadata = Object.entries(ticket.metadata ?? {});
  const more = Object.entries(ticket.ticket ?? {}).filter(([name]) => !fields.has(name) && !(name in (ticket.metadata ?? {})));
  if (!metadata.length && !more.length) return null;
  const chip = ([name, value]) =>
    el.li(
      { class: marked.has(name) ? 'chip marked' : 'chip', key: name },
      el.span({ class: 'quiet' }, `${name} `),
      el.bdi(null, typeof value === 'object' ? JSON.stringify(value).slice(0, 200) : String(value)),
    );
  return el.ul({ class: 'chips', 'aria-label': 'Metadata' }, metadata.map(chip), more.map(chip));
}

/** Since when a ticket waits, kept right while it is looked at. */
export function Waiting({ at }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, []);
  return el.time({ dateTime: at, title: new Date(at).toLocaleString() }, since(at));
}

/** The model's answers, a row per head; looking at one marks its words in the text. */
export function Answers({ ticket, taxonomy, onHover, decided }) {
  const thresholds = Object.fromEntries(taxonomy.heads.map((head) => [head.name, head.threshold]));
  return el.section(
    { class: 'answers', 'aria-label': 'The model’s answers' },
    el.h2(null, 'The model’s answers'),
    el.ul(
      null,
      Object.entries(ticket.prediction).map(([head, { label, confidence }]) =>
        el.li(
          {
            key: head,
            class: 'answer',
            tabIndex: 0,
            onMouseEnter: () => onHover?.(head),
            onMouseLeave: () => onHover?.(null),
            onFocus: () => onHover?.(head),
            onBlur: () => onHover?.(null),
          },
          el.span({ class: 'head' }, spoken(head)),
          el.span({ class: 'label' }, spoken(label), decided?.[head] && el.b(null, ` → ${spoken(decided[head])}`)),
          el.span({ class: 'number' }, percent(confidence)),
          Bar({ share: confidence, threshold: thresholds[head] }),
          Others({ top: ticket.top?.[head], label }),
        ),
      ),
    ),
    onHover && el.p({ class: 'hint' }, 'Point at an answer to see its words in the text.'),
  );
}

/** Less than this reads as 0 %. */
const WORTH_SAYING = 0.005;

const Others = ({ top, label }) => {
  const others = top?.filter((other) => other.label !== label && other.confidence >= WORTH_SAYING);
  if (!others?.length) return null;
  return el.span(
    { class: 'others' },
    'then ',
    others.map((other, i) => [i > 0 && ', ', `${spoken(other.label)} ${percent(other.confidence)}`]),
  );
};

/** A confidence as a bar, with a tick where the review threshold is. */
export function Bar({ share, threshold }) {
  const low = threshold != null && share < threshold;
  return el.span(
    { class: low ? 'bar low' : 'bar', 'aria-hidden': 'true' },
    el.span({ class: 'fill', style: { width: `${Math.max(1.5, Math.min(1, share) * 100)}%` } }),
    threshold != null && el.span({ class: 'tick', style: { left: `${threshold * 100}%` } }),
  );
}

const WRITTEN = { summary: 'Summary', triage_note: 'Triage note', reply_draft: 'Reply draft' };

/** What the program wrote for people about a ticket; `which` are the texts to show, all if it is not given. */
export function Texts({ texts, which = Object.keys(WRITTEN) }) {
  const written = which.filter((name) => texts?.[name]);
  if (!written.length) return null;
  return el.section(
    { class: 'texts', 'aria-label': 'Texts' },
    written.map((name) =>
      el.div(
        { class: 'text-block', key: name },
        el.header(null, el.h2(null, WRITTEN[name]), h(CopyButton, { text: texts[name], what: WRITTEN[name].toLowerCase(), key: texts[name] })),
        el.p(null, texts[name].trim()),
      ),
    ),
  );
}

/** Why a ticket came to review, in words. */
export function Why({ ticket }) {
  if (!ticket.why?.length) return null;
  return el.p(
    { class: 'why' },
    el.span({ class: 'why-title' }, 'Why it is here '),
    ticket.why.map((reason) => el.span({ class: 'reason', key: reason }, reason)),
  );
}

/** What people said about a ticket, and the example it became. */
export function History({ ticket }) {
  const said = ticket.submissions ?? [];
  return el.section(
    { class: 'history', 'aria-label': 'What people said' },
    el.h2(null, 'What people said'),
    !said.length && el.p({ class: 'quiet' }, 'Nobody has said anything about it yet.'),
    el.ol(
      null,
      said.map((one) =>
        el.li(
          { key: `${one.at}${one.by}` },
          el.b(null, one.by || 'somebody'),
          one.labels ? ' says ' : ' takes all labels back',
          one.labels && Object.entries(one.labels).map(([head, label]) => el.span({ class: 'chip', key: head }, `${spoken(head)}: ${spoken(label)}`)),
          el.span({ class: 'quiet' }, ` ${clock(one.at)}`),
          one.status !== 'valid' && el.span({ class: 'refused' }, ` ${one.status}: ${one.detail}`),
          one.note && el.q(null, one.note),
        ),
      ),
    ),
    ticket.example?.labels &&
      el.p({ class: 'example' }, 'Training example: ', Object.entries(ticket.example.labels).map(([head, label]) =>
        el.span({ class: 'chip', key: head }, `${spoken(head)}: ${spoken(label)}`))),
  );
}
