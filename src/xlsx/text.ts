/** A character that XML cannot hold, as workbooks write it: `_x000D_`. Source: ECMA-376, 22.9.2.19 ST_Xstring. */
const escaped = /_x([0-9A-Fa-f]{4})_/g;

/** A text of a workbook as it was meant. */
export function unescapeText(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(escaped, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text as it stands in a workbook's XML. */
export function escapeText(text: string): string {
  return (
    text
      .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them
      .replace(/[\x00-\x08\x0b-\x1f\ufffe\uffff]/g, escapeCharacter)
      .replace(/\p{Cs}/gu, '\ufffd')
      .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
  );
}

const escapeCharacter = (character: string): string =>
  `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
