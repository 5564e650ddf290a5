import type { ComponentChildren, JSX } from 'preact';
import { render } from 'preact-render-to-string';
import type { Language } from '../rules/language.ts';

/**
 * The frame of every mail: one column, readable on a phone, in a light and a dark mail program. Styles stand on the
 * elements because many mail programs drop style sheets; the sheet only turns the colours over in the dark.
 */
export function letter(language: Language, title: string, children: ComponentChildren): string {
  return `<!doctype html>${render(
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{title}</title>
        <style>{dark}</style>
      </head>
      <body class="page" style={styles.body}>
        <table
          role="presentation"
          class="page"
          width="100%"
          cellPadding="0"
          cellSpacing="0"
          style={styles.page}
        >
          <tr>
            <td align="center" style={{ padding: '24px 12px' }}>
              <table role="presentation" width="100%" cellPadding="0" cellSpacing="0" style={styles.column}>
                <tr>
                  <td class="sheet" style={styles.sheet}>
                    {children}
                  </td>
                </tr>
              </table>
            </td>
          </tr>
        </table>
      </body>
    </html>,
  )}`;
}

/** A paragraph; `quiet` ones are the small print. */
export function Paragraph({
  quiet,
  children,
}: {
  quiet?: boolean;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <p class={quiet ? 'quiet' : 'text'} style={quiet ? styles.quiet : styles.text}>
      {children}
    </p>
  );
}

/** The one thing to press; without `href` it only looks like it. */
export function Action({
  href,
  children,
}: {
  href: string | null;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <table role="presentation" cellPadding="0" cellSpacing="0" style={{ margin: '24px 0' }}>
      <tr>
        <td style={styles.action}>
          {href === null ? (
            <span style={styles.actionLabel}>{children}</span>
          ) : (
            <a href={href} style={styles.actionLabel}>
              {children}
            </a>
          )}
        </td>
      </tr>
    </table>
  );
}

/** A link in running text; without `href` it only looks like one. */
export function Reference({
  href,
  children,
}: {
  href: string | null;
  children: ComponentChildren;
}): JSX.Element {
  return href === null ? (
    <span class="link" style={styles.link}>
      {children}
    </span>
  ) : (
    <a class="link" href={href} style={styles.link}>
      {children}
    </a>
  );
}

const font = { fontFamily: "-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" };

const styles = {
  body: { margin: 0, padding: 0, backgroundColor: '#f2f4f5' },
  page: { backgroundColor: '#f2f4f5' },
  column: { maxWidth: '520px' },
  sheet: {
    ...font,
    backgroundColor: '#ffffff',
    borderRadius: '8px',
    padding: '32px 28px',
    textAlign: 'left',
  },
  text: { ...font, margin: '0 0 16px', fontSize: '16px', lineHeight: '24px', color: '#1d2327' },
  quiet: {
    ...font,
    margin: '0 0 16px',
    fontSize: '13px',
    lineHeight: '20px',
    color: '#5a646b',
    wordBreak: 'break-word',
  },
  action: { borderRadius: '6px', backgroundColor: '#1f5fa8' },
  actionLabel: {
    ...font,
    display: 'inline-block',
    padding: '13px 22px',
    fontSize: '16px',
    lineHeight: '20px',
    fontWeight: 600,
    color: '#ffffff',
    textDecoration: 'none',
  },
  link: { color: '#1f5fa8', textDecoration: 'underline' },
} as const satisfies Record<string, JSX.CSSProperties>;

const dark = `
@media (prefers-color-scheme: dark) {
  .page { background-color: #16191b !important; }
  .sheet { background-color: #22272a !important; }
  .text { color: #eceff1 !important; }
  .quiet { color: #a9b4ba !important; }
  .link { color: #8ebcf0 !important; }
}`;
