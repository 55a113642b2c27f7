import { connection, headers } from './api.js';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8_000;
/** A stream that says nothing for so long, not even a heartbeat, is taken for dead. */
const SILENCE_MS = 45_000;

/** The server's events, read with fetch because EventSource cannot send who it is. Connects again for ever. */
export class Events {
  #listeners = new Map();
  #running = false;
  #stop = new AbortController();

  on(name, listener) {
    if (!this.#listeners.has(name)) this.#listeners.set(name, new Set());
    this.#listeners.get(name).add(listener);
    return () => this.#listeners.get(name).delete(listener);
  }

  start() {
    if (this.#running) return;
    this.#running = true;
    this.#follow();
  }

  /** Ends the stream in order to open another, as somebody else. */
  again() {
    this.#stop.abort();
  }

  async #follow() {
    let pause = FIRST_PAUSE_MS;
    for (;;) {
      if (await this.#read()) pause = FIRST_PAUSE_MS;
      // Some lateness of one's own, so that a restart does not bring back every tab in the same instant.
      await new Promise((done) => setTimeout(done, pause * (0.75 + Math.random() / 2)));
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    }
  }

  /** Reads one stream to its end; whether it had been opened. */
  async #read() {
    const stop = new AbortController();
    this.#stop = stop;
    let replaced = true;
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        replaced = false;
        stop.abort();
      }, SILENCE_MS);
    };
    let opened = false;
    try {
      heard();
      const response = await fetch('/api/events', { headers: { ...headers(), Accept: 'text/event-stream' }, signal: stop.signal, cache: 'no-store' });
      connection.set(true);
      // A proxy that answers with something else must not be asked again and again.
      if (!response.ok || !response.headers.get('Content-Type')?.startsWith('text/event-stream')) return false;
      opened = true;
      this.#tell('open', null);
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser((name, data) => this.#tell(name, data));
      for (;;) {
        const { value, done } = await reader.read();
        if (done) return true;
        heard();
        parser.feed(value);
      }
    } catch {
      if (!stop.signal.aborted || !replaced) connection.set(false);
      return opened;
    } finally {
      clearTimeout(silence);
    }
  }

  #tell(name, data) {
    for (const listener of this.#listeners.get(name) ?? []) listener(data);
  }
}

/** Cuts a text/event-stream into events; pieces may end anywhere. */
export class EventParser {
  #emit;
  #rest = '';
  #name = '';
  #data = [];

  constructor(emit) {
    this.#emit = emit;
  }

  feed(text) {
    const lines = (this.#rest + text).split(/\r\n|\n/);
    this.#rest = lines.pop();
    for (const line of lines) this.#line(line);
  }

  #line(line) {
    if (line === '') {
      if (this.#data.length) this.#end();
      this.#name = '';
      this.#data = [];
    } else if (line.startsWith('event:')) {
      this.#name = line.slice(6).trim();
    } else if (line.startsWith('data:')) {
      this.#data.push(line.slice(5).replace(/^ /, ''));
    }
  }

  #end() {
    try {
      this.#emit(this.#name || 'message', JSON.parse(this.#data.join('\n')));
    } catch (failure) {
      if (!(failure instanceof SyntaxError)) throw failure;
    }
  }
}
