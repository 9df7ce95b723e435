import { Outlet } from '@tanstack/react-router';
import { Header } from './header.js';
import { MainContent } from './main-content.js';

/** Pages of the person, outside any workspace. */
export function AccountLayout() {
  return (
    <>
      <Header isSignedIn />
      <MainContent>
        <Outlet />
      </MainContent>
    </>
  );
}
