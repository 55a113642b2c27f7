// The theme a person chose is set before the first paint, so this is no module.
try {
  const chosen = localStorage.getItem('triage.theme');
  if (chosen === 'dark' || chosen === 'light') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be forbidden; then the system's theme is used.
}
