import { el, useState } from './ui.js';
import { clock, percent, spoken } from './words.js';

const head = (...names) => el.thead(null, el.tr(null, names.map((name) => el.th({ key: name, scope: 'col' }, name))));

/** How often people agree with the model, per label, with the 95 % interval drawn. */
export function Agreement({ agreement }) {
  const heads = Object.keys(agreement ?? {});
  const [chosen, choose] = useState(null);
  const shown = chosen && agreement[chosen] ? chosen : heads[0];
  if (!shown) return el.p({ class: 'quiet' }, 'Nobody has judged an answer yet.');
  const { overall, labels } = agreement[shown];
  const rows = Object.entries(labels).sort((a, b) => b[1].n - a[1].n);
  return [
    heads.length > 1 && el.div({ class: 'tabs inline', role: 'group', 'aria-label': 'Head', key: 'tabs' }, heads.map((name) =>
      el.button({ key: name, 'aria-pressed': String(name === shown), onClick: () => choose(name) }, spoken(name)))),
    el.table(
      { class: 'rates', key: 'table' },
      head('The model said', 'Agreement', '95 % interval', 'Judged'),
      el.tbody(null, RateRow({ name: 'all', rate: overall, strong: true }), rows.map(([label, rate]) => RateRow({ name: spoken(label), rate }))),
    ),
  ];
}

const RateRow = ({ name, rate, strong }) =>
  el.tr(
    { key: name, class: strong ? 'strong' : undefined },
    el.th({ scope: 'row' }, name),
    el.td({ class: 'number' }, percent(rate.share)),
    el.td(null, rate.n ? [Interval({ rate }), el.span({ class: 'quiet number', key: 'n' }, `${percent(rate.low)} to ${percent(rate.high)}`)] : el.span({ class: 'quiet' }, 'nothing known')),
    el.td({ class: 'number' }, rate.n.toLocaleString('en')),
  );

const Interval = ({ rate }) =>
  el.span(
    { class: 'interval', 'aria-hidden': 'true', key: 'i' },
    el.span({ class: 'span', style: { left: `${rate.low * 100}%`, width: `${(rate.high - rate.low) * 100}%` } }),
    el.span({ class: 'point', style: { left: `${rate.share * 100}%` } }),
  );

/** Who decides how much, and whose decisions stand out. */
export function Submitters({ submitters }) {
  if (!submitters?.length) return el.p({ class: 'quiet' }, 'Nobody has decided anything yet.');
  return el.table(
    null,
    head('Who', 'Decisions', 'Agrees with the others'),
    el.tbody(null, submitters.map((one) =>
      el.tr({ key: one.by }, el.th({ scope: 'row' }, el.bdi(null, one.by), one.outlier && el.span({ class: 'tag warn' }, 'stands out')), el.td({ class: 'number' }, one.decisions.toLocaleString('en')),
        el.td({ class: 'number' }, percent(one.agreement?.share), el.span({ class: 'quiet' }, one.agreement?.n ? ` ${percent(one.agreement.low)} to ${percent(one.agreement.high)}` : ''))))),
  );
}

/** The models that scored in this time, the newest first. */
export function Models({ models, active }) {
  return el.table(
    { key: 'models' },
    head('Model', 'From', 'To', 'Tickets'),
    el.tbody(null, (models ?? []).map((model) =>
      el.tr({ key: `${model.version}${model.from}` }, el.th({ scope: 'row' }, el.code(null, model.version), model.version === active && el.span({ class: 'tag' }, 'in force')),
        el.td(null, clock(model.from)), el.td(null, model.to ? clock(model.to) : 'now'), el.td({ class: 'number' }, model.tickets.toLocaleString('en'))))),
  );
}

/** Where a challenger would have answered otherwise. */
export function Challenger({ challenger }) {
  if (!challenger) return null;
  const { version, compared, disagreed } = challenger;
  return el.p(
    { class: 'challenger', key: 'challenger' },
    'Challenger ', el.code(null, version), ` on ${compared.toLocaleString('en')} tickets disagrees on `,
    Object.entries(disagreed).map(([name, n], i) => [i > 0 && ', ', `${spoken(name)} ${percent(compared ? n / compared : null, 1)} (${n})`]), '.',
  );
}

/** Labels that reviewers proposed, and how often. */
export function Proposed({ proposed }) {
  if (!proposed?.length) return el.p({ class: 'quiet' }, 'None was proposed.');
  return el.table(null, head('Head', 'Proposed label', 'Times'), el.tbody(null, proposed.map(({ head: name, label, count }) =>
    el.tr({ key: `${name} ${label}` }, el.td(null, spoken(name)), el.th({ scope: 'row' }, spoken(label)), el.td({ class: 'number' }, count)))));
}
