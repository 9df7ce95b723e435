import { IconSunMoon } from '@tabler/icons-react';
import { useState } from 'react';
import { t } from '../texts/common.js';
import { applyTheme, readTheme, THEMES } from './theme.js';

export function ThemeSelect() {
  const [theme, setTheme] = useState(readTheme);
  return (
    <span className="band-theme">
      <IconSunMoon size={18} aria-hidden />
      <select
        className="band-control"
        aria-label={t('theme')}
        value={theme}
        onChange={(event) => {
          const chosen = THEMES.find((value) => value === event.target.value) ?? 'auto';
          applyTheme(chosen);
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
