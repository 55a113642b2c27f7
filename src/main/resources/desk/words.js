// How numbers, times and names read. Pure functions.

export const percent = (share, digits = 0) => (share == null ? '–' : `${(share * 100).toFixed(digits)}\u00a0%`);

/** A label or reason as words: billing_issue → billing issue. */
export const spoken = (name) => String(name ?? '').replaceAll('_', ' ');

export const reasonWords = (reason) => spoken(reason).toLowerCase();

export function duration(milliseconds) {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h${minutes % 60 && hours < 10 ? ` ${minutes % 60} min` : ''}`;
  return `${Math.floor(hours / 24)} days`;
}

export const since = (iso, now = Date.now()) => (iso ? duration(now - Date.parse(iso)) : '–');

export function clock(iso) {
  if (!iso) return '–';
  const at = new Date(iso);
  const today = new Date().toDateString() === at.toDateString();
  const time = at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return today ? time : `${at.toLocaleDateString([], { day: 'numeric', month: 'short' })} ${time}`;
}

export function size(characters) {
  return characters < 1024 ? `${characters} characters` : `${Math.round(characters / 1024)} KB`;
}

export const count = (n, one, many = `${one}s`) => `${n.toLocaleString('en')} ${n === 1 ? one : many}`;

/** The labels of a decision as words: "logistics · delivery issue". */
export const labelsWords = (labels) => Object.values(labels ?? {}).map(spoken).join(' · ');

/** A proposed label as the taxonomy would write it: "Warranty claim" → warranty_claim. */
export function asLabel(text) {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_-]+/g, '_')
    .replace(/^[_-]+|_+$/g, '')
    .slice(0, 100);
}
