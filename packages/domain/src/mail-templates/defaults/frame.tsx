import { Body, Container, Head, Html, Preview, Text } from 'react-email';
import { ACCENT } from './parts.js';

const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";

// Outlook takes no font from the cell around, so every element is told. Colours of the dark are for our own
// words: those of a partner may name colours that were chosen for white.
const STYLES = `body,table,td,p,h1,h2,h3,li,a{font-family:${FONT}}
code{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
td{word-break:break-word;overflow-wrap:anywhere}
@media (max-width:480px){.card>tbody>tr>td{padding:24px 20px!important}}`;
const DARK = `@media (prefers-color-scheme:dark){
body,body>table>tbody>tr>td{background-color:#0f1719!important;color:#e7eeec!important}
.card{background-color:#172124!important}
.card .name,.card a{color:#7ad3c9!important}
.card a[style*="background-color"]{background-color:#7ad3c9!important;color:#06211f!important}}`;

/** What stands around every mail; its `{{variables}}` are filled with each. */
export const Frame = ({ isDefault }: { readonly isDefault: boolean }) => (
  <Html lang="en">
    <Head>
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content={isDefault ? 'light dark' : 'light'} />
      <meta name="supported-color-schemes" content={isDefault ? 'light dark' : 'light'} />
      <title>{'{{subject}}'}</title>
      <style>{isDefault ? `${STYLES}\n${DARK}` : STYLES}</style>
    </Head>
    <Body
      style={{
        padding: '24px 12px',
        backgroundColor: '#f6f5f0',
        color: '#17232b',
        fontFamily: FONT,
        fontSize: 16,
        lineHeight: '26px',
      }}
    >
      {isDefault ? <Preview useTitleTag={false}>{'{{preheader}}'}</Preview> : null}
      <Container
        className="card"
        style={{ maxWidth: 560, padding: '32px 36px', backgroundColor: '#ffffff', borderRadius: 8 }}
      >
        {isDefault ? (
          <Text
            className="name"
            style={{ marginTop: 0, marginBottom: 20, fontWeight: 'bold', color: ACCENT }}
          >
            Gangway
          </Text>
        ) : null}
        {'{{content}}'}
      </Container>
    </Body>
  </Html>
);
