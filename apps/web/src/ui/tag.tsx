import type { Cloud } from '@gangway/contract/clouds';
import './status-badge.css';

export function Tag({ children }: { children: string }) {
  return <span className="tag">{children}</span>;
}

/** Stands wherever the emulator and not Microsoft answers. */
export function SandboxTag({ cloud }: { cloud: Cloud | null | undefined }) {
  return cloud === 'sandbox' ? <span className="tag sandbox">Sandbox</span> : null;
}
