import { Problem, connection, get, identity } from './api.js';
import { Keys } from './dialogs.js';
import { Events } from './events.js';
import { HealthView } from './health.js';
import { Review } from './review-state.js';
import { ReviewView } from './review.js';
import { SearchView } from './search.js';
import { SignIn } from './sign-in.js';
import { TryView } from './try.js';
import { Store, el, h, Key, render, useEffect, useState, useStore } from './ui.js';
import { count } from './words.js';

const VIEWS = { review: 'Review', search: 'Search', try: 'Try', health: 'Health' };
const RETRY_MS = 2_000;

/** Who is there, what the model's heads are, and the review that outlives a change of view. */
class Desk extends Store {
  session = null;
  review = null;
  problem = '';
  events = new Events();

  async start() {
    try {
      this.session = await get('/api/session');
      const taxonomy = await get('/api/taxonomy');
      this.review = new Review(taxonomy, this.events);
      this.events.on('model', () => this.#newModel());
      this.events.start();
      this.review.start(Boolean(this.session.name));
      this.problem = '';
    } catch (failure) {
      if (failure instanceof Problem && failure.status === 401) {
        this.session = { authentication: 'token', name: null, refused: Boolean(identity.token) };
      } else {
        this.problem = failure.message;
        setTimeout(() => this.start(), RETRY_MS);
      }
    }
    this.changed();
  }

  /** A name is kept for good, a token as long as the tab. */
  async signIn(word) {
    if (this.session.authentication === 'token') identity.token = word;
    else identity.name = word;
    if (!this.review) return this.start();
    this.session = await get('/api/session');
    this.changed();
    this.events.again();
    await this.review.start(Boolean(this.session.name));
  }

  signOut() {
    this.review?.claims.releaseAll();
    identity.name = null;
    identity.token = null;
    location.reload();
  }

  async #newModel() {
    try {
      const taxonomy = await get('/api/taxonomy');
      const was = this.review.taxonomy.model.version;
      this.review.setTaxonomy(taxonomy);
      if (taxonomy.model.version !== was) this.review.say(`Model ${taxonomy.model.version} is active.`);
      this.changed();
    } catch {
      // The next model event, or a reload, brings it.
    }
  }
}

const viewOf = () => (location.hash.slice(1).split('/')[0] in VIEWS ? location.hash.slice(1).split('/')[0] : 'review');

function App({ desk }) {
  useStore(desk);
  const [view, setView] = useState(viewOf());
  const [keys, showKeys] = useState(false);
  useEffect(() => {
    const change = () => setView(viewOf());
    addEventListener('hashchange', change);
    return () => removeEventListener('hashchange', change);
  }, []);
  useEffect(() => {
    document.title = `${VIEWS[view]} · Ticket Triage`;
  }, [view]);
  useEffect(() => {
    if (view === 'review') return undefined;
    const down = (event) => {
      if (event.key === '?' && !event.target.matches('input, textarea, select')) showKeys(true);
    };
    document.addEventListener('keydown', down);
    return () => document.removeEventListener('keydown', down);
  }, [view]);
  const { review, session } = desk;
  const sign = () => h(SignIn, { session, onSign: (word) => desk.signIn(word) });
  return el.div(
    { class: `app on-${view}` },
    el.a({ class: 'skip-link', href: '#main', onClick: toMain }, 'Skip to the ticket'),
    h(Top, { desk, view, onKeys: () => showKeys(true) }),
    h(Banner, { review, problem: desk.problem }),
    review
      ? content(view, desk, sign, () => showKeys(true))
      : el.main({ class: 'nothing', id: 'main' }, session && !session.name ? sign() : el.p({ class: 'quiet' }, desk.problem || 'Starting …')),
    review && h(Notice, { review }),
    keys && h(Keys, { onClose: () => showKeys(false) }),
  );
}

function toMain(event) {
  event.preventDefault();
  document.getElementById('main')?.focus();
}

function content(view, { review, session, events }, onName, onKeys) {
  if (view === 'search') return h(SearchView, { review, onName });
  if (view === 'try') return h(TryView, { taxonomy: review.taxonomy });
  if (view === 'health') return h(HealthView, { session, events, taxonomy: review.taxonomy });
  return h(ReviewView, { review, onName, onKeys });
}

function Top({ desk, view, onKeys }) {
  const { session, review } = desk;
  return el.header(
    { class: 'top' },
    el.a({ class: 'brand', href: '#review', 'aria-label': 'Ticket Triage' },
      el.svg({ viewBox: '0 0 32 32', 'aria-hidden': 'true' }, el.rect({ width: 32, height: 32, rx: 8 }), el.path({ d: 'M7 10h7l4 6-4 6H7M18 16h7' })),
      el.span(null, 'Ticket Triage')),
    el.nav(
      { 'aria-label': 'Views' },
      Object.entries(VIEWS).map(([name, title]) =>
        el.a({ href: `#${name}`, key: name, 'aria-current': name === view ? 'page' : undefined }, title, name === 'review' && review && h(OpenBadge, { review }))),
    ),
    el.div(
      { class: 'top-right' },
      review && h(Live, { review }),
      session?.name && (session.authentication === 'proxy'
        ? el.span({ class: 'who' }, session.name)
        : el.button({ class: 'who', title: 'Sign out', 'aria-label': `Signed in as ${session.name}; sign out`, onClick: () => desk.signOut() }, session.name)),
      h(Theme),
      el.button({ class: 'icon keys-button', 'aria-label': 'Keys', title: 'Keys', onClick: onKeys }, h(Key, { name: '?' })),
    ),
  );
}

function OpenBadge({ review }) {
  const list = useStore(review.list);
  return list.open ? el.span({ class: 'badge', 'aria-label': `${list.open} open` }, list.open > 999 ? '999+' : list.open) : null;
}

function Live({ review }) {
  const list = useStore(review.list);
  useStore(connection);
  useStore(review);
  const rate = !list.rate ? '' : `${list.rate.toFixed(1)} tickets/s`;
  return el.span(
    { class: connection.up ? 'live' : 'live off', title: `model ${review.taxonomy.model.version}` },
    el.span({ class: 'dot', 'aria-hidden': 'true' }),
    el.span(null, connection.up ? rate || 'live' : 'offline'),
    el.span({ class: 'model' }, review.taxonomy.model.version),
  );
}

function Theme() {
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const [theme, setTheme] = useState(document.documentElement.dataset.theme ?? system);
  const other = theme === 'dark' ? 'light' : 'dark';
  const change = () => {
    document.documentElement.dataset.theme = other;
    try {
      localStorage.setItem('triage.theme', other);
    } catch {
      // It holds for this load of the page.
    }
    setTheme(other);
    dispatchEvent(new Event('themechange'));
  };
  return el.button(
    { class: 'icon', 'aria-label': `Use the ${other} theme`, title: `Use the ${other} theme`, onClick: change },
    el.svg({ viewBox: '0 0 20 20', class: 'theme', 'aria-hidden': 'true' }, el.circle({ cx: 10, cy: 10, r: 7 }), el.path({ d: 'M10 3a7 7 0 0 1 0 14z' })),
  );
}

function Banner({ review, problem }) {
  useStore(connection);
  const failed = review?.outbox.failed ?? [];
  useStore(review?.outbox ?? connection);
  if (!connection.up || problem) {
    const kept = review?.outbox.pending.length ?? 0;
    return el.div({ class: 'banner', role: 'alert' }, el.b(null, 'The connection is lost.'), ' Trying again …',
      kept > 0 && ` ${count(kept, 'decision')} kept in this tab, not sent yet.`);
  }
  if (!failed.length) return null;
  return el.div(
    { class: 'banner', role: 'alert' },
    el.b(null, `${count(failed.length, 'decision')} not sent.`),
    ` ${failed.at(-1).detail.replace(/\.?$/, '.')} Trying again … `,
    el.button({ class: 'small', onClick: () => review.outbox.retryNow() }, 'Retry now'),
  );
}

function Notice({ review }) {
  useStore(review);
  return el.div(
    { class: 'notices', role: 'status', 'aria-live': 'polite' },
    review.notice && el.div({ class: `notice ${review.notice.kind}` }, review.notice.text),
  );
}

const desk = new Desk();
const root = document.getElementById('app');
root.textContent = '';
render(h(App, { desk }), root);
desk.start();
