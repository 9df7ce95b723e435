import { useEffect } from 'react';
import { PRODUCT, t } from '../texts/common.js';
import { Loading } from './loading.js';

/** A page that is still asking for its own data; until it has a heading its title does not name the page before. */
export function LoadingPage({ title = t('loading') }: { title?: string }) {
  useEffect(() => {
    document.title = `${title}, ${PRODUCT}`;
  }, [title]);
  return (
    <div className="page">
      <Loading lines={6} />
    </div>
  );
}
