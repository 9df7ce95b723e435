import { NotFound } from '../states/not-found.js';
import { Header } from './header.js';
import { MainContent } from './main-content.js';

export function StandaloneNotFound() {
  return (
    <>
      <Header />
      <MainContent>
        <NotFound />
      </MainContent>
    </>
  );
}
