export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];
const KEY = 'gangway-theme';
const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** What the person chose in this browser; auto where they did not, or storage is refused. */
export function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return THEMES.find((theme) => theme === stored) ?? 'auto';
  } catch {
    return 'auto';
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // It lasts for this page then.
  }
  show(theme);
}

/** Dresses the page, and follows the system from then on where that is the choice. */
export function startTheme(): void {
  show(readTheme());
  systemIsDark.addEventListener('change', () => show(readTheme()));
}

function show(theme: Theme): void {
  const isDark = theme === 'auto' ? systemIsDark.matches : theme === 'dark';
  document.documentElement.dataset['theme'] = isDark ? 'dark' : 'light';
}
