// A time axis without gaps. Pure functions.

const MINUTE_MS = 60_000;
const STEPS = [1, 5, 15, 30, 60];
const MOST_BARS = 60;
const FEWEST_BARS = 15;

/**
 * Minutes that had tickets, [{at, queues}], as bars of equal length up to now: {step, bars}, where `step` is how many
 * minutes a bar has. A minute without tickets is a bar, too; the server does not name it.
 */
export function evenly(minutes, since, now = Date.now()) {
  const end = Math.floor(now / MINUTE_MS);
  const start = Math.min(Math.floor(Date.parse(since) / MINUTE_MS), end - FEWEST_BARS + 1);
  const step = STEPS.find((minutesOfBar) => (end - start + 1) / minutesOfBar <= MOST_BARS) ?? STEPS.at(-1);
  const first = Math.floor(start / step);
  const bars = Array.from({ length: Math.floor(end / step) - first + 1 }, (_, i) => ({
    at: new Date((first + i) * step * MINUTE_MS).toISOString(),
    queues: {},
  }));
  for (const { at, queues } of minutes) {
    const bar = bars[Math.floor(Date.parse(at) / MINUTE_MS / step) - first];
    for (const [queue, n] of Object.entries(bar ? queues : {})) bar.queues[queue] = (bar.queues[queue] ?? 0) + n;
  }
  return { step, bars };
}
