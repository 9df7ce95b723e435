import {
  GRAPH_PERMISSIONS,
  OPTIONAL_PERMISSIONS,
  REQUIRED_PERMISSIONS,
} from '@gangway/contract/graph-permissions';
import { useState } from 'react';
import { t } from '../../texts/connection.js';
import './disclosure.css';

const ASKED = [
  ...REQUIRED_PERMISSIONS.map((permission) => ({ permission, isOptional: false })),
  ...OPTIONAL_PERMISSIONS.map((permission) => ({ permission, isOptional: true })),
];

/** Each permission in plain words and why it is needed, before anybody is asked for consent; folded for who has seen it. */
export function Disclosure({ isKnown = false }: { isKnown?: boolean }) {
  // As it was when the page came: it does not fold away under somebody who reads it.
  const [isOpen] = useState(!isKnown);
  return (
    <details className="disclosure" open={isOpen}>
      <summary>{t('disclosure')}</summary>
      <p className="soft">{t('disclosureLead')}</p>
      <ul>
        {ASKED.map(({ permission, isOptional }) => (
          <li key={permission}>
            <p>
              <strong>{GRAPH_PERMISSIONS[permission].reads}</strong>
              {isOptional && <span className="soft"> ({t('disclosureOptional')})</span>}
            </p>
            <p className="soft small">{t('why', { why: GRAPH_PERMISSIONS[permission].why })}</p>
            <p className="small">
              <code translate="no">{permission}</code>
            </p>
          </li>
        ))}
      </ul>
    </details>
  );
}
