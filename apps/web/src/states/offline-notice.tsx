import { useEffect, useState } from 'react';
import { Reconnecting } from './reconnecting.js';

/**
 * Says when the browser lost its network, and so from when at the latest everything on screen is. It goes away by
 * itself: what is shown is asked for again as soon as the network is back.
 */
export function OfflineNotice() {
  const [since, setSince] = useState<number | null>(() => (navigator.onLine ? null : Date.now()));
  useEffect(() => {
    const lose = () => setSince(Date.now());
    const regain = () => setSince(null);
    addEventListener('offline', lose);
    addEventListener('online', regain);
    return () => {
      removeEventListener('offline', lose);
      removeEventListener('online', regain);
    };
  }, []);
  if (since === null) return null;
  return (
    <div className="offline" role="status">
      <Reconnecting updatedAt={since} />
    </div>
  );
}
