import { el, h, Key, useEffect, useRef } from './ui.js';
import { COMMANDS } from './keys.js';
import { LabelButtons } from './labels.js';
import { labelsWords } from './words.js';

/** The dock under a ticket: labels with their keys, the note, and what can be done. */
export function Decision({ review }) {
  const { ticket } = review;
  const row = (heads, keys) =>
    heads.map((head, i) =>
      h(LabelButtons, {
        key: head.name,
        head,
        keys: keys[i],
        prediction: ticket.prediction,
        chosen: review.touched[head.name],
        onChoose: (name, label) => review.choose(name, label),
        onHover: (name) => review.set({ hovered: name }),
        filtering: review.filtering === head.name,
        onNone: head === review.reviewHeads.at(-1) ? () => review.set({ dialog: 'propose' }) : null,
        onFilter: (name) => review.set({ filtering: name }),
      }),
    );
  const silent = review.reviewHeads.map(() => ({ labels: new Map(), filter: null }));
  return el.section(
    { class: 'dock', 'aria-label': 'Your decision', 'data-ready': String(review.ready && review.mayDecide), 'data-ticket': ticket.id },
    row(review.reviewHeads, review.editing ? silent : review.keys),
    review.editing && row(review.otherHeads, review.otherKeys),
    (review.dialog === 'note' || review.note) && h(Note, { review, key: ticket.id }),
    h(Actions, { review }),
  );
}

function Note({ review }) {
  const box = useRef(null);
  useEffect(() => {
    if (review.dialog === 'note') box.current.focus();
  }, [review.dialog]);
  const onKeyDown = (event) => {
    event.stopPropagation();
    if (event.key !== 'Escape' && (event.key !== 'Enter' || event.shiftKey)) return;
    event.preventDefault();
    box.current.blur();
  };
  return el.label(
    { class: 'note' },
    el.span(null, 'Note'),
    el.textarea({
      ref: box,
      rows: 2,
      maxLength: 2000,
      value: review.note,
      placeholder: 'Why? Enter keeps it, Enter again decides.',
      onInput: (event) => review.set({ note: event.target.value }),
      onFocus: () => review.set({ dialog: 'note' }),
      onBlur: () => review.dialog === 'note' && review.set({ dialog: null }),
      onKeyDown,
    }),
  );
}

function Actions({ review }) {
  const { ticket } = review;
  const touched = Object.keys(review.touched).length > 0;
  const action = (key, text, onClick, more) =>
    el.button(
      { class: 'action', type: 'button', 'aria-keyshortcuts': key, ...more, onClick: (event) => {
        if (event.detail > 0) event.currentTarget.blur();
        onClick();
      } },
      h(Key, { name: key.toUpperCase() }),
      el.span(null, text),
    );
  return el.div(
    { class: 'actions' },
    el.button(
      {
        class: 'confirm',
        type: 'button',
        id: 'confirm',
        'aria-keyshortcuts': 'Enter',
        onClick: (event) => {
          event.currentTarget.blur();
          review.decide();
        },
      },
      h(Key, { name: '↵' }),
      el.span(null, touched ? 'Send ' : 'Confirm '),
      el.b(null, labelsWords(review.labels())),
    ),
    action(COMMANDS.skip, 'Skip', () => review.skip()),
    action(COMMANDS.undo, 'Undo', () => review.undo()),
    action(COMMANDS.note, 'Note', () => review.set({ dialog: 'note' })),
    review.otherHeads.length > 0 &&
      action(COMMANDS.edit, review.editing ? 'Fewer' : 'Others', () => review.set({ editing: !review.editing }), {
        'aria-expanded': String(review.editing),
      }),
    ticket.similar > 0 && action(COMMANDS.alike, `${ticket.similar} alike`, () => review.set({ dialog: 'alike' })),
  );
}
