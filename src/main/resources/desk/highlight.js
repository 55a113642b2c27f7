// Finds the words that decided in a ticket's text. Pure functions; nothing here makes HTML.

const WORD = '[\\p{L}\\p{N}]';
const BETWEEN = '[^\\p{L}\\p{N}]{1,8}';

/** The terms of some heads of an explanation, each once with its largest weight. */
export function termsOf(explanation, heads) {
  const weights = new Map();
  for (const head of heads) {
    for (const { term, weight } of explanation?.[head] ?? []) {
      if (weight > 0) weights.set(term, Math.max(weight, weights.get(term) ?? 0));
    }
  }
  return [...weights].map(([term, weight]) => ({ term, weight }));
}

/** Those terms that are metadata (product:billing), as a set of names with that value. */
export function metadataTerms(terms, metadata) {
  const names = new Set();
  for (const { term } of terms) {
    for (const [name, value] of Object.entries(metadata ?? {})) {
      if (term === `${name}:${value}`.toLowerCase()) names.add(name);
    }
  }
  return names;
}

/** A word that counted less than this share of the first one is left unmarked: marks on every word mark none. */
const LEAST_SHARE = 0.15;

/** A function text → [{from, to, strength}], in order and apart; strength is 1 to 3. */
export function finder(terms) {
  const least = LEAST_SHARE * Math.max(0, ...terms.map((t) => t.weight));
  const usable = terms
    .filter((t) => t.weight >= least)
    .map(({ term, weight }) => ({ pattern: pattern(term), weight }))
    .filter((t) => t.pattern);
  if (!usable.length) return () => [];
  usable.sort((a, b) => b.pattern.length - a.pattern.length);
  const top = Math.max(...usable.map((t) => t.weight));
  const strengths = usable.map((t) => Math.max(1, Math.ceil((t.weight / top) * 3)));
  const all = new RegExp(`(?<!${WORD})(?:${usable.map((t) => `(${t.pattern})`).join('|')})`, 'giu');
  return (text) => {
    const found = [];
    for (const match of text.matchAll(all)) {
      const which = match.findIndex((group, i) => i > 0 && group !== undefined) - 1;
      found.push({ from: match.index, to: match.index + match[0].length, strength: strengths[which] });
    }
    return found;
  };
}

function pattern(term) {
  const cut = term.endsWith('…');
  const whole = cut ? term.slice(0, -1) : term;
  const words = whole.split(/\s+/).filter(Boolean).map(literal);
  if (!words.length) return '';
  return words.join(BETWEEN) + (cut ? `${WORD}*` : `(?!${WORD})`);
}

const literal = (word) => word.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

/** The text between two places as pieces [{text, strength}], strength 0 where nothing was found. */
export function pieces(text, from, to, found) {
  const result = [];
  let at = from;
  for (const mark of found) {
    if (mark.to <= at || mark.from >= to) continue;
    const start = Math.max(mark.from, at);
    if (start > at) result.push({ text: text.slice(at, start), strength: 0 });
    result.push({ text: text.slice(start, Math.min(mark.to, to)), strength: mark.strength });
    at = Math.min(mark.to, to);
  }
  if (at < to) result.push({ text: text.slice(at, to), strength: 0 });
  return result;
}
