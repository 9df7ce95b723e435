import type { MailTemplateKey, VariableOf } from '@gangway/contract/provisioning/mail-templates';
import type { ReactNode } from 'react';
import { Button, CodeInline, Heading, Link, Text } from 'react-email';

/** The colour of the app's buttons and links, which is readable on white and under white. */
export const ACCENT = '#0d5b5e';

/**
 * A default mail. What it is given for each variable is the variable itself, `{{name}}`: it is rendered once, and
 * each mail only puts what the variables stand for in their places.
 */
export type DefaultMail<Key extends MailTemplateKey> = (
  variables: Readonly<Record<VariableOf<Key>, string>>,
) => ReactNode;

type Around = { readonly children: ReactNode };

export const Title = ({ children }: Around) => (
  <Heading style={{ margin: '0 0 16px', fontSize: 22, lineHeight: '30px' }}>{children}</Heading>
);

export const Paragraph = ({ children }: Around) => (
  <Text style={{ marginTop: 0, marginBottom: 16, fontSize: 16, lineHeight: '26px' }}>{children}</Text>
);

/** A value beside its name, set so that it can be read out and copied. */
export const Fact = ({ name, value }: { readonly name: string; readonly value: string }) => (
  <Text style={{ marginTop: 0, marginBottom: 8, fontSize: 16, lineHeight: '26px' }}>
    {name}: <CodeInline style={{ fontSize: 16, fontWeight: 'bold' }}>{value}</CodeInline>
  </Text>
);

interface ActionProps {
  readonly label: string;
  /** What the address is called below the button. */
  readonly address: string;
  readonly href: string;
}

/**
 * A button, and its address below it: for clients that show no buttons, and for whoever wants to see where it leads.
 * The plain text has the address only.
 */
export const Action = ({ label, address, href }: ActionProps) => (
  <>
    <Text style={{ marginTop: 24, marginBottom: 16 }} data-skip-in-text>
      <Button
        href={href}
        style={{
          padding: '12px 22px',
          backgroundColor: ACCENT,
          borderRadius: 6,
          color: '#ffffff',
          fontSize: 16,
          fontWeight: 'bold',
        }}
      >
        {label}
      </Button>
    </Text>
    <Text style={{ marginTop: 0, marginBottom: 24, fontSize: 14, lineHeight: '22px' }}>
      {address}:
      <br />
      <Link href={href} style={{ color: ACCENT, textDecorationLine: 'underline' }}>
        {href}
      </Link>
    </Text>
  </>
);
