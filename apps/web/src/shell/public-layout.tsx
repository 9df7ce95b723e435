import { Outlet } from '@tanstack/react-router';
import { Header } from './header.js';
import { MainContent } from './main-content.js';

/** Pages that need nobody to be signed in. */
export function PublicLayout() {
  return (
    <>
      <Header />
      <MainContent>
        <Outlet />
      </MainContent>
    </>
  );
}
