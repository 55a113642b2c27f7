import { el, h, Key, useEffect, useRef, useState } from './ui.js';
import { COMMANDS } from './keys.js';
import { Bar } from './ticket.js';
import { percent, spoken } from './words.js';

/** A shorter bar is a speck. */
const WORTH_A_BAR = 0.02;

/** The labels of one head as buttons with their keys, or, where there are too many, a box to type into. */
export function LabelButtons({ head, keys, prediction, chosen, onChoose, onHover, filtering, onFilter, onNone }) {
  const said = prediction?.[head.name];
  const hover = onHover && {
    onMouseEnter: () => onHover(head.name),
    onMouseLeave: () => onHover(null),
  };
  const none = onNone && el.button(
    { class: 'label none', type: 'button', 'aria-keyshortcuts': COMMANDS.propose, onClick: onNone },
    h(Key, { name: COMMANDS.propose.toUpperCase() }),
    'None of these',
  );
  return el.div(
    { class: 'label-row', role: 'group', 'aria-label': spoken(head.name), ...hover },
    el.div(
      { class: 'label-head' },
      el.span(null, spoken(head.name)),
      said && el.span({ class: said.confidence < (head.threshold ?? 0) ? 'number low' : 'number' }, percent(said.confidence)),
    ),
    keys.filter
      ? h(TypeToFilter, { head, key: head.name, filterKey: keys.filter, said, chosen, onChoose, filtering, onFilter, none })
      : el.div(
          { class: 'labels' },
          head.labels.map((label) => LabelButton({ head, label, its: keys.labels.get(label), said, chosen, onChoose })),
          none,
        ),
  );
}

function LabelButton({ head, label, its, said, chosen, onChoose }) {
  const model = said?.label === label;
  const share = said?.scores?.[label] ?? (model ? said.confidence : null);
  const choose = (event) => {
    // A mouse leaves the focus where it was, so that Enter still means the decision.
    if (event.detail > 0) event.currentTarget.blur();
    onChoose(head.name, label);
  };
  return el.button(
    {
      key: label,
      type: 'button',
      class: `label${model ? ' model' : ''}${chosen === label ? ' chosen' : ''}`,
      'aria-pressed': String(chosen === label),
      'aria-keyshortcuts': its,
      'data-label': `${head.name}=${label}`,
      title: share == null ? undefined : `${percent(share, 1)}${model ? ', the model’s answer' : ''}`,
      onClick: choose,
    },
    its && h(Key, { name: its.toUpperCase() }),
    el.span(null, spoken(label)),
    share >= WORTH_A_BAR && Bar({ share }),
  );
}

function TypeToFilter({ head, filterKey, said, chosen, onChoose, filtering, onFilter, none }) {
  const [typed, type] = useState('');
  const input = useRef(null);
  useEffect(() => {
    if (filtering) input.current.focus();
    else type('');
  }, [filtering]);
  const wanted = typed.toLowerCase();
  const fitting = head.labels.filter((label) => spoken(label).toLowerCase().includes(wanted) || label.includes(wanted));
  const shown = typed || filtering ? fitting.slice(0, 12) : [...new Set([chosen, said?.label])].filter(Boolean);
  const choose = (label) => {
    input.current.blur();
    onFilter(null);
    onChoose(head.name, label);
  };
  const onKeyDown = (event) => {
    event.stopPropagation();
    if (event.key === 'Enter' && fitting.length) {
      event.preventDefault();
      choose(fitting[0]);
    } else if (event.key === 'Escape') {
      onFilter(null);
      input.current.blur();
    }
  };
  return el.div(
    { class: 'labels' },
    el.span(
      { class: 'type-label' },
      h(Key, { name: filterKey.toUpperCase() }),
      el.input({
        ref: input,
        type: 'text',
        value: typed,
        placeholder: `type one of ${head.labels.length}`,
        'aria-label': `Find a label of ${spoken(head.name)}`,
        onInput: (event) => type(event.target.value),
        onFocus: () => onFilter(head.name),
        onKeyDown,
      }),
    ),
    shown.map((label) => LabelButton({ head, label, said, chosen, onChoose: (_, picked) => choose(picked) })),
    (typed || filtering) && fitting.length > 12 && el.span({ class: 'quiet' }, `and ${fitting.length - 12} more`),
    none,
  );
}
