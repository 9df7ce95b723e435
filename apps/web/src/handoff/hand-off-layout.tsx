import { Outlet } from '@tanstack/react-router';
import { Logo } from '../shell/logo.js';
import { MainContent } from '../shell/main-content.js';
import { ThemeSelect } from '../shell/theme-select.js';
import { PRODUCT } from '../texts/common.js';
import '../shell/header.css';

/** Around pages for people who have no account here: the name of the product, and no way further in. */
export function HandOffLayout() {
  return (
    <>
      <header className="band">
        <div className="band-row">
          <span className="brand">
            <Logo />
            {PRODUCT}
          </span>
          <div className="band-tools">
            <ThemeSelect />
          </div>
        </div>
      </header>
      <MainContent>
        <Outlet />
      </MainContent>
    </>
  );
}
