import { useState } from 'react';
import { t } from '../texts/common.js';
import { Icon } from '../ui/icon.js';
import { chooseTheme, readTheme, THEMES } from './theme.js';

export function ThemeSelect() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <span className="band-theme">
      <Icon name="theme" />
      <select
        className="band-control"
        aria-label={t('theme')}
        value={theme}
        onChange={(event) => {
          const chosen = THEMES.find((value) => value === event.target.value) ?? 'auto';
          chooseTheme(chosen);
          setTheme(chosen);
        }}
      >
        {THEMES.map((value) => (
          <option key={value} value={value}>
            {t(`theme.${value}`)}
          </option>
        ))}
      </select>
    </span>
  );
}
