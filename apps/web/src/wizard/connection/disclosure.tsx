import {
  GRAPH_PERMISSIONS,
  OPTIONAL_PERMISSIONS,
  REQUIRED_PERMISSIONS,
} from '@gangway/contract/graph-permissions';
import { t } from '../../texts/connection.js';
import './disclosure.css';

const ASKED = [
  ...REQUIRED_PERMISSIONS.map((permission) => ({ permission, isOptional: false })),
  ...OPTIONAL_PERMISSIONS.map((permission) => ({ permission, isOptional: true })),
];

/** Each permission in plain words and why it is needed, before anybody is asked for consent. */
export function Disclosure() {
  return (
    <details className="disclosure" open>
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
