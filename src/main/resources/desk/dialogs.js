import { Dialog, el, h, Key, useEffect, useRef, useState } from './ui.js';
import { get, path } from './api.js';
import { COMMANDS } from './keys.js';
import { asLabel, count, labelsWords, since, spoken } from './words.js';

const AT_MOST = 20;

/** Open tickets with the same deciding words: a preview, then one decision for all that are ticked. */
export function Alike({ review }) {
  const [tickets, setTickets] = useState(null);
  const [left, setLeft] = useState(new Set());
  const [problem, setProblem] = useState('');
  const labels = review.labels();
  const button = useRef(null);
  const close = () => review.set({ dialog: null });
  useEffect(() => {
    get(path('/api/review', { like: review.ticket.id, limit: AT_MOST })).then(
      (list) => setTickets(list.tickets.filter((t) => t.id !== review.ticket.id).slice(0, AT_MOST - 1)),
      (failure) => setProblem(failure.message),
    );
  }, []);
  // Enter is the answer the dialog asks for, once there is something to decide.
  useEffect(() => button.current?.focus(), [tickets]);
  const free = (tickets ?? []).filter((t) => !t.claim || t.claim.mine);
  const chosen = free.filter((t) => !left.has(t.id));
  const toggle = (id) => {
    const next = new Set(left);
    if (!next.delete(id)) next.add(id);
    setLeft(next);
  };
  const confirm = (event) => {
    event.preventDefault();
    if (chosen.length) review.decideTogether(chosen);
  };
  return h(
    Dialog,
    { title: 'Look-alikes', onClose: close, wide: true },
    el.form(
      { onSubmit: confirm },
      el.p(null, 'Open tickets decided by the same words. Untick what does not belong, then give all of them ', el.b(null, labelsWords(labels)), '.'),
      problem && el.p({ class: 'refused' }, problem),
      !tickets && !problem && el.p({ class: 'quiet' }, 'Looking …'),
      tickets && !tickets.length && el.p({ class: 'quiet' }, 'There are none left.'),
      el.ul(
        { class: 'alikes' },
        (tickets ?? []).map((t) => {
          const held = t.claim && !t.claim.mine;
          return el.li(
            { key: t.id },
            el.label(
              null,
              el.input({ type: 'checkbox', checked: !held && !left.has(t.id), disabled: held, onChange: () => toggle(t.id) }),
              el.span(
                null,
                el.bdi(null, t.title),
                el.small({ class: 'quiet' }, `${t.id} · ${labelsWords(t.answers)} · ${since(t.at)}${held ? ` · with ${t.claim.by}` : ''}`),
              ),
            ),
          );
        }),
      ),
      el.footer(
        null,
        el.button({ class: 'confirm', disabled: !chosen.length, ref: button }, h(Key, { name: '↵' }), `Decide ${count(chosen.length + 1, 'ticket')} together`),
      ),
    ),
  );
}

/** "None of these": a label that the taxonomy does not have, for its owner to count. */
export function Propose({ review }) {
  const [head, setHead] = useState((review.reviewHeads.at(-1) ?? review.otherHeads[0])?.name);
  const [text, setText] = useState('');
  const label = asLabel(text);
  const known = [...review.reviewHeads, ...review.otherHeads].find((h) => h.name === head)?.labels.includes(label);
  const send = (event) => {
    event.preventDefault();
    if (label && !known) review.decide({ [head]: label });
  };
  return h(
    Dialog,
    { title: 'None of these', onClose: () => review.set({ dialog: null }) },
    el.form(
      { onSubmit: send },
      el.p(null, 'Propose a label that is missing. The owner of the taxonomy sees how often it is asked for; the ticket leaves the list.'),
      el.label(
        { class: 'field' },
        'For',
        el.select(
          { value: head, onChange: (event) => setHead(event.target.value) },
          [...review.reviewHeads, ...review.otherHeads].map((h) => el.option({ value: h.name, key: h.name }, spoken(h.name))),
        ),
      ),
      el.label(
        { class: 'field' },
        'New label',
        el.input({ type: 'text', autofocus: true, maxLength: 100, value: text, autocomplete: 'off', placeholder: 'warranty claim', onInput: (event) => setText(event.target.value) }),
      ),
      el.p({ class: 'quiet', role: 'status' }, known ? `${label} exists already; choose its button.` : label ? `It will read ${label}.` : ' '),
      el.footer(null, el.button({ class: 'confirm', disabled: !label || known }, h(Key, { name: '↵' }), 'Propose')),
    ),
  );
}

const HELP = [
  ['↵', 'confirm the model’s answer, or send what you have chosen'],
  ['key of a label', 'choose that label; with one chosen for every question, the decision goes out'],
  [COMMANDS.skip, 'skip: somebody else may have it'],
  [COMMANDS.undo, 'undo: take the last decision back'],
  [COMMANDS.edit, 'other answers: show the labels of the other heads'],
  [COMMANDS.note, 'write a note with the decision'],
  [COMMANDS.alike, 'look-alikes: decide tickets with the same words together'],
  [COMMANDS.propose, 'none of these: propose a new label'],
  ['/', 'find a ticket'],
  ['Esc', 'close, leave a box, take choices back'],
  ['?', 'this list'],
];

export const Keys = ({ onClose }) =>
  h(
    Dialog,
    { title: 'Keys', onClose },
    el.dl({ class: 'keys' }, HELP.map(([key, text]) => el.div({ key }, el.dt(null, h(Key, { name: key.length === 1 ? key.toUpperCase() : key }), el.span({ class: 'unseen' }, key)), el.dd(null, text)))),
    el.p({ class: 'hint' }, 'The key of a label stands on its button. Only what you touch or confirm is sent; the other answers stay unjudged.'),
  );
