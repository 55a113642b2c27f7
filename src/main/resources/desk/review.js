import { el, h, useEffect, useRef, useStore } from './ui.js';
import { Alike, Propose } from './dialogs.js';
import { Decision } from './decision.js';
import { COMMANDS, meaning } from './keys.js';
import { OpenList } from './open-list.js';
import { Answers, Texts, Ticket, Waiting, Why } from './ticket.js';
import { count } from './words.js';

/** The review view: the list, the ticket with the dock under it, and what the model said beside it. */
export function ReviewView({ review, onName, onKeys }) {
  useStore(review);
  const listed = useRef(null);
  useEffect(() => {
    const down = (event) => press(event, review, onKeys, listed);
    document.addEventListener('keydown', down);
    return () => document.removeEventListener('keydown', down);
  }, [review]);
  const work = useRef(null);
  // Which of the three scrolls depends on the width.
  useEffect(() => [work.current, work.current.firstChild, window].forEach((part) => part.scrollTo(0, 0)), [review.ticket?.id, review.named]);
  const { ticket } = review;
  return el.div(
    { class: 'review' },
    h(OpenList, { review, searchBox: listed }),
    el.div(
      { class: 'work', ref: work },
      el.main({ class: 'middle', id: 'main', tabIndex: -1 }, ticket ? h(Sheet, { review, onName, key: 'sheet' }) : h(Nothing, { review, onName, key: 'nothing' })),
      el.aside(
        { class: 'side', 'aria-label': 'About this ticket' },
        ticket && [
          h(Answers, { ticket, taxonomy: review.taxonomy, onHover: (name) => review.set({ hovered: name }), decided: review.touched, key: 'answers' }),
          h(Texts, { texts: ticket.human_readable, which: ['summary', 'triage_note'], key: 'texts' }),
        ],
      ),
    ),
    review.dialog === 'alike' && ticket && h(Alike, { review }),
    review.dialog === 'propose' && ticket && h(Propose, { review }),
  );
}

/** The ticket, the dock that follows it and stays in sight under a long one, and the reply. */
function Sheet({ review, onName }) {
  const { ticket, hovered } = review;
  const heads = hovered ? [hovered] : review.reviewHeads.map((head) => head.name);
  return el.div(
    { class: 'sheet' },
    el.section(
      { class: 'paper', 'aria-label': 'The ticket' },
      el.div(
        { class: 'ticket-line' },
        el.span({ class: 'id' }, ticket.id),
        el.span(null, 'waits ', h(Waiting, { at: ticket.at, key: ticket.id })),
        ticket.submissions?.length > 0 && el.span(null, count(ticket.submissions.length, 'submission')),
      ),
      h(Ticket, { ticket, heads, key: ticket.id }),
    ),
    el.div(
      { class: 'bottom' },
      Why({ ticket }),
      review.named ? (ticket.state === 'open' ? h(Decision, { review }) : el.p({ class: 'quiet pad' }, 'This ticket is no longer open.')) : onName(),
    ),
    h(Texts, { texts: ticket.human_readable, which: ['reply_draft'] }),
  );
}

function Nothing({ review, onName }) {
  if (!review.named && review.state !== 'starting') return el.div({ class: 'nothing' }, onName());
  if (review.state === 'stuck') {
    return el.div(
      { class: 'nothing' },
      el.h1(null, 'No ticket just now'),
      el.p(null, review.problem),
      el.button({ class: 'confirm', onClick: () => review.advance() }, 'Try again'),
    );
  }
  if (review.state !== 'empty') return el.div({ class: 'nothing quiet' }, el.p(null, 'The next ticket is on its way …'));
  const skipped = review.skipped.size;
  const { queue, reason, q } = review.list.filters;
  return el.div(
    { class: 'nothing' },
    el.svg({ viewBox: '0 0 48 48', class: 'big-tick', 'aria-hidden': 'true' }, el.circle({ cx: 24, cy: 24, r: 21 }), el.path({ d: 'M15 25l6 6 13-14' })),
    el.h1(null, queue || reason || q ? 'Nothing waits here' : 'All decided'),
    el.p(null, 'A new ticket appears here by itself.'),
    skipped > 0 &&
      el.button({ class: 'confirm', onClick: () => review.lookAgainAtSkipped() }, `Look again at ${count(skipped, 'skipped ticket')}`),
    (queue || reason || q) &&
      el.button({ class: 'small', onClick: () => review.filter({ queue: '', reason: '', q: '' }) }, 'Show all queues and reasons'),
  );
}

/** One key press. Held keys repeat; a repeat is never a decision. */
function press(event, review, onKeys, listed) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.isComposing) return;
  if (document.querySelector('dialog[open]')) return;
  const { target, key } = event;
  if (target.matches('input, textarea, select')) {
    // Escape also empties a search box, Enter leaves it as it is.
    if (key === 'Escape' || (key === 'Enter' && target === listed.current)) target.blur();
    return;
  }
  const act = actionOf(key, review, onKeys, listed, target);
  if (!act) return;
  event.preventDefault();
  act();
}

function actionOf(key, review, onKeys, listed, target) {
  if (key === '?') return onKeys;
  if (key === '/') return () => listed.current?.focus();
  if (key === 'Enter') return target.matches('button, a, summary') ? null : () => review.decide();
  if (key === 'Escape') return () => review.set({ touched: {}, editing: false, filtering: null });
  const letter = key.toLowerCase();
  if (letter === COMMANDS.undo) return () => review.undo();
  if (!review.ticket || !review.mayDecide) return null;
  switch (letter) {
    case COMMANDS.skip:
      return () => review.skip();
    case COMMANDS.edit:
      return review.otherHeads.length ? () => review.set({ editing: !review.editing }) : null;
    case COMMANDS.note:
      return () => review.set({ dialog: 'note' });
    case COMMANDS.alike:
      return review.ticket.similar > 0 ? () => review.set({ dialog: 'alike' }) : null;
    case COMMANDS.propose:
      return () => review.set({ dialog: 'propose' });
    default:
  }
  const meant = meaning(review.editing ? review.otherKeys : review.keys, letter);
  if (!meant) return null;
  return meant.filter ? () => review.set({ filtering: meant.head }) : () => review.choose(meant.head, meant.label);
}
