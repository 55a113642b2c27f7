// Which key stands for which label. A pure function of the model's heads, so that keys stay where fingers learnt them.

/** Keys that mean something else; labels never get them. */
export const COMMANDS = { edit: 'e', skip: 's', undo: 'u', note: 'n', alike: 'l', propose: 'p' };

const RESERVED = new Set(Object.values(COMMANDS));
const DIGITS = [...'1234567890'];
const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'].filter((letter) => !RESERVED.has(letter));

/**
 * One entry per head, in the heads' order: {head, labels: Map(label → key), filter: null}, or, for a head with more
 * labels than keys are left, {head, labels: empty, filter: key}: that key opens a box to type into.
 */
export function assignKeys(heads) {
  const free = new Set([...DIGITS, ...LETTERS]);
  return heads.map((head, index) => {
    const kept = heads.length - index - 1;
    if (head.labels.length > free.size - kept) {
      return { head: head.name, labels: new Map(), filter: take(free, [...LETTERS, ...DIGITS]) };
    }
    return { head: head.name, labels: keysOf(head.labels, free), filter: null };
  });
}

function keysOf(labels, free) {
  const keys = new Map();
  const digits = DIGITS.filter((digit) => free.has(digit));
  if (digits.length === DIGITS.length && labels.length <= DIGITS.length) {
    labels.forEach((label, i) => keys.set(label, digits[i]));
  } else {
    const wishes = [
      (label) => [label[0]],
      (label) => label.split(/[_-]/).map((word) => word[0]),
      (label) => [...label],
      () => [...LETTERS, ...DIGITS],
    ];
    for (const wish of wishes) {
      for (const label of labels) {
        if (keys.has(label)) continue;
        const key = wish(label).find((letter) => free.has(letter));
        if (key === undefined) continue;
        keys.set(label, key);
        free.delete(key);
      }
    }
    return new Map(labels.map((label) => [label, keys.get(label)]));
  }
  for (const key of keys.values()) free.delete(key);
  return keys;
}

function take(free, wishes) {
  const key = wishes.find((wish) => free.has(wish));
  free.delete(key);
  return key ?? '';
}

/** What a pressed key means: {head, label} or {head, filter: true}, or null. */
export function meaning(assigned, key) {
  for (const { head, labels, filter } of assigned) {
    if (filter === key) return { head, filter: true };
    for (const [label, its] of labels) if (its === key) return { head, label };
  }
  return null;
}
