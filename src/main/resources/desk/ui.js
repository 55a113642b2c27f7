// Preact as the modules use it: functions instead of markup, so that nothing is ever parsed as HTML.
const { h: element, render, Fragment } = globalThis.preact;
const { useState, useEffect, useLayoutEffect, useRef, useMemo } = globalThis.preactHooks;

/** What is no element is text: Preact 10.27 takes parsed JSON whose constructor is null for one (CVE-2026-22028). */
const inert = (child) => {
  if (Array.isArray(child)) return child.map(inert);
  return child && typeof child === 'object' && child.constructor !== undefined ? String(child) : child;
};

export const h = (type, props, ...children) => element(type, props, ...children.map(inert));

export { render, Fragment, useState, useEffect, useLayoutEffect, useRef, useMemo };

/** One function per element: el.p({class: 'x'}, 'text'). Strings become text nodes. */
export const el = new Proxy({}, { get: (_, tag) => (props, ...children) => h(tag, props, ...children) });

/** Something that changes and tells who asked. */
export class Store {
  #listeners = new Set();
  version = 0;

  subscribe(listener) {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  changed() {
    this.version++;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Renders the component again whenever the store has changed. */
export function useStore(store) {
  const [, set] = useState(0);
  useLayoutEffect(() => {
    const seen = store.version;
    const stop = store.subscribe(() => set((n) => n + 1));
    if (store.version !== seen) set((n) => n + 1);
    return stop;
  }, [store]);
  return store;
}

export const Key = ({ name }) => el.kbd({ 'aria-hidden': 'true' }, name);

/** A modal dialog; the element gives it focus, Escape and the inert page behind it. */
export function Dialog({ title, onClose, children, wide }) {
  const ref = useRef(null);
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog.showModal();
    return () => {
      dialog.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  const close = (event) => {
    event.preventDefault();
    onClose();
  };
  return el.dialog(
    {
      ref,
      class: wide ? 'dialog wide' : 'dialog',
      'aria-label': title,
      onCancel: close,
      onClick: (event) => event.target === ref.current && onClose(),
    },
    el.div(
      { class: 'dialog-body' },
      el.div({ class: 'dialog-top' }, el.h2(null, title), el.button({ class: 'icon', 'aria-label': 'Close', onClick: close }, '×')),
      children,
    ),
  );
}

/** Copies a text and says so for a moment. */
export function CopyButton({ text, what }) {
  const [said, say] = useState('Copy');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say('Copied');
    } catch {
      say('Not copied');
    }
    setTimeout(() => say('Copy'), 1600);
  };
  return el.button({ class: 'small', onClick: copy, 'aria-label': `${said} ${what}` }, said);
}
