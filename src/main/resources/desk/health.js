import { get, path, post } from './api.js';
import { Agreement, Challenger, Models, Proposed, Submitters } from './health-tables.js';
import { Chart } from './charts.js';
import { el, h, useEffect, useState } from './ui.js';
import { evenly } from './timeline.js';
import { clock, count, percent, reasonWords, since, spoken } from './words.js';

const WINDOWS = { PT15M: '15 minutes', PT1H: '1 hour', PT6H: '6 hours', PT24H: '24 hours' };
const AGAIN_MS = 5_000;

/** How the system does: traffic, doubt, agreement of people with the model, models, and Learn. */
export function HealthView({ session, events, taxonomy }) {
  const [window, setWindow] = useState('PT1H');
  const [stats, setStats] = useState(null);
  const [problem, setProblem] = useState('');
  const [head, setHead] = useState(null);
  useEffect(() => {
    let timer;
    let gone = false;
    const load = async () => {
      try {
        const read = await get(path('/api/stats', { window }));
        if (gone) return;
        setStats(read);
        setProblem('');
      } catch (failure) {
        if (!gone) setProblem(failure.message);
      }
      if (!gone) timer = setTimeout(load, AGAIN_MS);
    };
    load();
    const off = events.on('model', load);
    return () => {
      gone = true;
      off();
      clearTimeout(timer);
    };
  }, [window]);

  return el.main(
    { class: 'health', id: 'main', tabIndex: -1 },
    el.header(
      { class: 'health-top' },
      el.h1(null, 'Health'),
      el.label(null, el.span({ class: 'quiet' }, 'the last '), el.select({ value: window, onChange: (event) => setWindow(event.target.value) },
        Object.entries(WINDOWS).map(([value, text]) => el.option({ value, key: value }, text)))),
    ),
    problem && el.p({ class: 'refused', role: 'alert' }, problem),
    session.learn && h(Learn, { events }),
    stats ? h(Figures, { stats, head: head ?? taxonomy.routing_head, onHead: setHead }) : !problem && el.p({ class: 'quiet' }, 'Reading …'),
  );
}

function Figures({ stats, head, onHead }) {
  const { tickets, review, latency_ms: latency, lag } = stats;
  const queues = Object.keys(tickets.per_queue).sort();
  const { step, bars } = evenly(tickets.per_minute, stats.since);
  const heads = Object.keys(stats.confidence);
  const shown = heads.includes(head) ? head : heads[0];
  const reasons = Object.entries(review.reasons).sort((a, b) => b[1] - a[1]);
  return [
    el.dl(
      { class: 'tiles', key: 'tiles' },
      Tile('Tickets', tickets.total.toLocaleString('en'), `since ${clock(stats.since)}`),
      Tile('For review', percent(review.share, 1), `${review.open.toLocaleString('en')} open, ${review.decided.toLocaleString('en')} decided`),
      Tile('Oldest waits', review.oldest_at ? since(review.oldest_at) : '–', 'open tickets'),
      Tile('Latency p99', latency ? `${latency.p99.toFixed(0)} ms` : '–', latency ? `p50 ${latency.p50.toFixed(0)} ms` : 'nothing measured'),
      Lag({ lag }),
    ),
    Card('Tickets a minute, by queue', 'wide', h(Chart, { type: 'bar', stacked: true, tall: true, labels: bars.map((bar) => clock(bar.at)), series: queues.map((queue) => ({ name: spoken(queue), values: bars.map((bar) => (bar.queues[queue] ?? 0) / step) })),
      summary: `Tickets a minute by queue, ${queues.map((q) => `${spoken(q)} ${tickets.per_queue[q]} in all`).join(', ')}` }),
      Table('Numbers', ['Queue', 'Tickets'], queues.map((q) => [spoken(q), tickets.per_queue[q].toLocaleString('en')]))),
    Card('Why tickets came to review', '', reasons.length
      ? h(Chart, { type: 'bar', labels: reasons.map(([r]) => reasonWords(r)), series: [{ name: 'tickets', values: reasons.map(([, n]) => n) }], summary: `Reasons: ${reasons.map(([r, n]) => `${reasonWords(r)} ${n}`).join(', ')}` })
      : el.p({ class: 'quiet' }, 'None did.')),
    Card(['Confidence of ', el.select({ value: shown, 'aria-label': 'Head', onChange: (e) => onHead(e.target.value), key: 's' }, heads.map((name) => el.option({ value: name, key: name }, spoken(name))))], '',
      h(Chart, { type: 'bar', labels: stats.confidence[shown].map((_, i) => `${i * 10}–${i * 10 + 10} %`), series: [{ name: 'tickets', values: stats.confidence[shown], at: 1 }], summary: `Tickets by confidence of ${spoken(shown)}: ${stats.confidence[shown].join(', ')}` })),
    Card('People agree with the model', 'wide', h(Agreement, { agreement: stats.agreement })),
    Card('Submitters', '', Submitters({ submitters: stats.submitters })),
    Card('Labels that people miss', '', Proposed({ proposed: stats.proposed })),
    Card('Models', 'wide', Models({ models: stats.models, active: stats.active_model }), Challenger({ challenger: stats.challenger })),
  ];
}

const Tile = (name, value, more) => el.div({ class: 'tile', key: name }, el.dt(null, name), el.dd(null, el.b(null, value), el.span({ class: 'quiet' }, more)));

/** Records that wait, of each role in the desk's own process; at scale the others run elsewhere. */
function Lag({ lag }) {
  const roles = Object.entries(lag ?? {}).filter(([, records]) => records != null).sort(([a], [b]) => (a < b ? 1 : -1));
  if (!roles.length) return Tile('Lag', '–', 'the roles run elsewhere');
  const [[first, records], ...others] = roles;
  return Tile('Lag', records.toLocaleString('en'), [first, ...others.map(([role, n]) => `${role} ${n.toLocaleString('en')}`)].join('; '));
}

const Card = (title, kind, ...children) =>
  el.section({ class: `card ${kind}`, key: typeof title === 'string' ? title : 'confidence' }, el.h2(null, title), ...children);

const Table = (title, names, rows) =>
  el.details({ class: 'numbers' }, el.summary(null, title), el.table(null, el.thead(null, el.tr(null, names.map((n) => el.th({ key: n, scope: 'col' }, n)))),
    el.tbody(null, rows.map((row) => el.tr({ key: row[0] }, row.map((cell) => el.td({ key: cell }, cell)))))));

const SAID = { idle: '', running: 'Learning …', done: 'Learnt', refused: 'The gate said no', failed: 'Failed' };

/** Corrections → training → gate → publish, with its progress. */
function Learn({ events }) {
  const [learn, setLearn] = useState(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    get('/api/learn').then(setLearn, (failure) => setProblem(failure.message));
    return events.on('learn', (data) => setLearn({ ...data }));
  }, []);
  const start = async () => {
    setProblem('');
    try {
      await post('/api/learn');
      setLearn(await get('/api/learn'));
    } catch (failure) {
      setProblem(failure.message);
    }
  };
  const state = learn?.state ?? 'idle';
  return el.section(
    { class: `card learn ${state}`, 'aria-label': 'Learn', 'data-state': state },
    el.div({ class: 'learn-line' },
      el.button({ class: 'confirm', id: 'learn', disabled: state === 'running', onClick: start }, state === 'running' ? 'Learning …' : 'Learn'),
      el.p(null, state === 'idle' ? 'Corrections so far → train → gate → publish. No restart.'
        : [el.b({ key: 'b' }, SAID[state]), learn.model && [' model ', el.code({ key: 'c' }, learn.model), ' is active'], learn.seconds != null && el.span({ class: 'quiet', key: 't' }, ` · ${learn.seconds.toFixed(1)} s`)])),
    problem && el.p({ class: 'refused', role: 'alert' }, problem),
    learn?.lines?.length > 0 && el.pre({ class: 'log', role: 'log', tabIndex: 0, 'aria-label': count(learn.lines.length, 'line') }, learn.lines.join('\n')),
  );
}
