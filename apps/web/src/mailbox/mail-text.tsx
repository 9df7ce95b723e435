import './mail-text.css';

const LINK = /(https?:\/\/[^\s<>"]+)/;

/** The plain text of a mail with its links made clickable. */
export function MailText({ text }: { text: string }) {
  return (
    <div className="mail-text">
      {text.split(LINK).map((part, index) =>
        LINK.test(part) ? (
          <a key={index} href={part}>
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </div>
  );
}
