import { useState } from 'react';
import { t } from '../texts/common.js';
import { announce } from './announcer.js';
import { Button } from './button.js';
import { Icon } from './icon.js';

export function CopyButton({ text, children }: { text: string; children: string }) {
  const [hasCopied, setCopied] = useState(false);
  async function copy() {
    await navigator.clipboard.writeText(text);
    setCopied(true);
    announce(t('copied'));
    setTimeout(() => setCopied(false), 2_000);
  }
  return (
    <Button look="secondary" small onClick={() => void copy().catch(() => announce(t('copyFailed')))}>
      <Icon name={hasCopied ? 'check' : 'copy'} size={16} />
      {hasCopied ? t('copied') : children}
    </Button>
  );
}
