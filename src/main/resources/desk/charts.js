import { el, useEffect, useRef } from './ui.js';

let library = null;

/** The chart library, fetched when the first chart is drawn: no reviewer waits for it. */
function load() {
  library ??= new Promise((done, fail) => {
    const script = document.createElement('script');
    script.src = new URL('./vendor/chart.js', import.meta.url).href;
    script.onload = () => done(globalThis.Chart);
    script.onerror = () => fail(new Error('the chart library did not load'));
    document.head.append(script);
  });
  return library;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Eight colours told apart by people who see colours differently, as the theme has them. */
const palette = () => Array.from({ length: 8 }, (_, i) => colour(`--chart-${i + 1}`));

function options(stacked, unit, legend) {
  const [ink, line] = [colour('--quiet'), colour('--line')];
  const scale = (more) => ({ border: { display: false }, grid: { color: line, drawTicks: false }, ticks: { color: ink, padding: 6, maxRotation: 0, ...more } });
  return {
    animation: false,
    responsive: true,
    maintainAspectRatio: false,
    interaction: { mode: 'index', intersect: false },
    scales: {
      x: { ...scale({ autoSkipPadding: 24 }), grid: { display: false }, stacked },
      y: { ...scale({ precision: 0, maxTicksLimit: 5 }), beginAtZero: true, stacked, title: { display: Boolean(unit), text: unit, color: ink } },
    },
    plugins: {
      legend: { display: legend, position: 'top', align: 'start', labels: { color: ink, boxWidth: 10, boxHeight: 10, usePointStyle: true, pointStyle: 'rectRounded' } },
      tooltip: { backgroundColor: colour('--ink'), titleColor: colour('--paper'), bodyColor: colour('--paper'), padding: 10, cornerRadius: 6, boxPadding: 4 },
    },
  };
}

/** A chart of some series over the same labels; `summary` says in words what it shows. */
export function Chart({ type, labels, series, summary, unit, stacked = false, tall }) {
  const canvas = useRef(null);
  const drawn = useRef(null);
  const wanted = JSON.stringify([type, labels, series, unit]);

  useEffect(() => {
    let gone = false;
    const draw = async () => {
      const Library = await load().catch(() => null);
      if (gone || !Library || !canvas.current) return;
      drawn.current?.destroy();
      Library.defaults.font.family = getComputedStyle(document.body).fontFamily;
      Library.defaults.font.size = 12;
      const colours = palette();
      const datasets = series.map(({ name, values, at }, i) => {
        const own = colours[(at ?? i) % colours.length];
        return type === 'line'
          ? { label: name, data: values, borderColor: own, backgroundColor: own, borderWidth: 2, pointRadius: 0, tension: 0.3 }
          : { label: name, data: values, backgroundColor: own, borderRadius: stacked ? 0 : 3, maxBarThickness: 36, categoryPercentage: stacked ? 0.92 : 0.8 };
      });
      drawn.current = new Library(canvas.current, { type, data: { labels, datasets }, options: options(stacked, unit, series.length > 1) });
    };
    draw();
    addEventListener('themechange', draw);
    return () => {
      gone = true;
      removeEventListener('themechange', draw);
      drawn.current?.destroy();
      drawn.current = null;
    };
  }, [wanted]);

  return el.div({ class: tall ? 'chart tall' : 'chart' }, el.canvas({ ref: canvas, role: 'img', 'aria-label': summary }));
}
