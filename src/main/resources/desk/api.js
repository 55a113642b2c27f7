import { Store } from './ui.js';

/** An answer that says no: an RFC 9457 problem document. */
export class Problem extends Error {
  constructor(status, document) {
    super(document.detail || document.title || `The server answered ${status}.`);
    this.status = status;
    this.document = document;
  }
}

/** No answer at all: the server is gone, or the network is. */
export class Unreachable extends Error {}

/** Whether the server answers; the page's banner shows it. */
class Connection extends Store {
  up = true;

  set(up) {
    if (this.up === up) return;
    this.up = up;
    this.changed();
  }
}

export const connection = new Connection();

/** Who is at the page: a name kept for good, or a token kept as long as the tab. */
export const identity = {
  get name() {
    return read(localStorage, 'triage.name');
  },
  set name(name) {
    write(localStorage, 'triage.name', name);
  },
  get token() {
    return read(sessionStorage, 'triage.token');
  },
  set token(token) {
    write(sessionStorage, 'triage.token', token);
  },
};

export function read(storage, key) {
  try {
    return storage.getItem(key);
  } catch {
    return null;
  }
}

export function write(storage, key, value) {
  try {
    if (value == null) storage.removeItem(key);
    else storage.setItem(key, value);
  } catch {
    // Storage may be full or forbidden; the page then works without memory.
  }
}

/** 128 random bits. randomUUID needs a secure origin, which a host name in the house is not. */
export function random() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}

const tab = read(sessionStorage, 'triage.session') ?? random();
write(sessionStorage, 'triage.session', tab);

export function headers() {
  const all = { 'X-Triage-Desk': '1', 'X-Triage-Session': tab };
  if (identity.token) all.Authorization = `Bearer ${identity.token}`;
  else if (identity.name) all['X-Triage-Name'] = encodeURIComponent(identity.name);
  return all;
}

const PATIENCE_MS = 20_000;

/** One call. Resolves to the parsed answer (null for none); rejects with Problem, Unreachable or AbortError. */
export async function call(method, path, { body, key, signal, keepalive } = {}) {
  const own = new AbortController();
  const patience = setTimeout(() => own.abort(), PATIENCE_MS);
  const give = () => own.abort();
  signal?.addEventListener('abort', give);
  try {
    const all = headers();
    if (body !== undefined) all['Content-Type'] = 'application/json';
    if (key) all['Idempotency-Key'] = key;
    const response = await fetch(path, {
      method,
      headers: all,
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: own.signal,
      keepalive,
      cache: 'no-store',
    });
    const text = await response.text();
    connection.set(true);
    const parsed = parse(text);
    if (!response.ok) throw new Problem(response.status, parsed ?? {});
    return parsed;
  } catch (failure) {
    if (failure instanceof Problem || signal?.aborted) throw failure;
    connection.set(false);
    throw new Unreachable('The server does not answer.');
  } finally {
    clearTimeout(patience);
    signal?.removeEventListener('abort', give);
  }
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

export const get = (path, options) => call('GET', path, options);
export const post = (path, body, options) => call('POST', path, { ...options, body: body ?? {} });

/** A path with its parameters; empty ones are left out. */
export function path(base, parameters) {
  const given = Object.entries(parameters).filter(([, value]) => value != null && value !== '');
  return given.length ? `${base}?${new URLSearchParams(given)}` : base;
}

/** A ticket's id as a segment of a path: as it is where it is plain, else = and its base64url, for .. and the like do not last. */
export function segment(id) {
  if (/^[\w-][\w.~:@-]*$/.test(id)) return encodeURIComponent(id);
  const bytes = String.fromCharCode(...new TextEncoder().encode(id));
  return `=${btoa(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}
