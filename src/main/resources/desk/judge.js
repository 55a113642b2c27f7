import { el, h, Key, useEffect, useMemo, useState, useStore } from './ui.js';
import { assignKeys, meaning } from './keys.js';
import { LabelButtons } from './labels.js';
import { labelsWords } from './words.js';

const STATES = {
  waiting: 'Sending …',
  sending: 'Sending …',
  failed: 'Not sent; it is tried again.',
  sent: 'Recorded. Thank you.',
  refused: 'Not recorded',
};

/** "This went wrong": the label buttons for a ticket that no reviewer had asked about. */
export function Judge({ ticket, review, spot, onHover, onJudged }) {
  useStore(review.outbox);
  const heads = review.taxonomy.heads.filter((head) => head.correctable);
  const keys = useMemo(() => assignKeys(heads), [review.taxonomy]);
  const [wrong, setWrong] = useState(false);
  const [touched, setTouched] = useState({});
  const [note, setNote] = useState('');
  const [filtering, setFiltering] = useState(null);
  const [entry, setEntry] = useState(null);

  const choose = (head, label) => {
    const { [head]: before, ...others } = touched;
    setTouched(before === label ? others : { ...others, [head]: label });
    setFiltering(null);
  };
  const send = (labels) => {
    const body = { ticket_id: ticket.id, labels };
    if (note.trim()) body.note = note.trim();
    setEntry(review.outbox.add(body, { ticket, said: labelsWords(labels) }));
    onJudged(ticket.id);
  };
  const right = () => send(Object.fromEntries(review.reviewHeads.map((head) => [head.name, ticket.prediction[head.name].label])));
  const sendWrong = () => Object.keys(touched).length && send(touched);

  useEffect(() => {
    const down = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || entry) return;
      if (event.target.matches('input, textarea, select, button, a, summary') || document.querySelector('dialog[open]')) return;
      const key = event.key.toLowerCase();
      const meant = wrong && meaning(keys, key);
      if (meant?.filter) setFiltering(meant.head);
      else if (meant) choose(meant.head, meant.label);
      else if (key === 'escape' && wrong) setWrong(false);
      else if (key === 'enter' && wrong) sendWrong();
      else if (key === 'enter' && spot) right();
      else if (key === 'w' && !wrong) setWrong(true);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', down);
    return () => document.removeEventListener('keydown', down);
  });

  if (entry) {
    return el.p({ class: `judge ${entry.state}`, role: 'status', 'data-state': entry.state }, `${STATES[entry.state]} `, el.b(null, labelsWords(entry.body.labels)), entry.state === 'refused' && `: ${entry.detail}`);
  }
  if (!wrong) {
    return el.div(
      { class: 'judge actions' },
      spot && el.button({ class: 'confirm', onClick: right }, h(Key, { name: '↵' }), 'This is right'),
      el.button({ class: 'action', onClick: () => setWrong(true) }, h(Key, { name: 'W' }), 'This went wrong'),
    );
  }
  return el.section(
    { class: 'judge dock', 'aria-label': 'What is right' },
    heads.map((head, i) =>
      h(LabelButtons, { key: head.name, head, keys: keys[i], prediction: ticket.prediction, chosen: touched[head.name], onChoose: choose, onHover, filtering: filtering === head.name, onFilter: setFiltering })),
    el.label({ class: 'note' }, el.span(null, 'Note'), el.textarea({ rows: 2, maxLength: 2000, value: note, placeholder: 'Why? (optional)', onInput: (event) => setNote(event.target.value) })),
    el.div(
      { class: 'actions' },
      el.button({ class: 'confirm', disabled: !Object.keys(touched).length, onClick: sendWrong }, h(Key, { name: '↵' }), 'Send ', el.b(null, labelsWords(touched))),
      el.button({ class: 'action', onClick: () => setWrong(false) }, h(Key, { name: 'Esc' }), 'It is right after all'),
    ),
  );
}
