/** Text that is safe as it stands, made by `html` alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Html | readonly Html[] | undefined;

/** Template for HTML: whatever is filled in is escaped, unless it was made by this very function. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => text + rendered(parts[index])).join(''));

  function rendered(part: Part): string {
    if (part === undefined) return '';
    if (part instanceof Html) return part.text;
    if (Array.isArray(part)) return part.map(({ text }: Html) => text).join('');
    return escapeHtml(String(part));
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A table with a head; none at all without rows. */
export function table(head: readonly string[], rows: readonly (readonly Part[])[]): Html | undefined {
  if (rows.length === 0) return undefined;
  return html`<table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody></table>`;
}
