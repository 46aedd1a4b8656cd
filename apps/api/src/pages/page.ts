/** Markup that may be sent as it is; made by {@link html} only. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: string | number | Html): string {
  if (value instanceof Html) return value.text;
  return String(value).replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
}

/** Markup with values filled in; every value is escaped. */
export function html(parts: TemplateStringsArray, ...values: (string | number | Html)[]): Html {
  const text = parts.map((part, index) => {
    const value = values[index];
    return value === undefined ? part : part + escaped(value);
  });
  return new Html(text.join(''));
}

/** A whole page around a body. It brings no script, and its style from the same origin. */
export function page(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${title}</title>
<link rel="stylesheet" href="/page.css">
</head>
<body>
<main>
${body}
</main>
</body>
</html>
`.text;
}

/** The style of the plain pages. */
export const pageCss = `:root { color-scheme: light dark; --line: #8884; --accent: #0b6e8a; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 40rem; margin: 4rem auto; padding: 0 1.5rem; }
h1 { font-size: 1.5rem; }
a { color: var(--accent); }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; padding: 0.4rem 0.6rem 0.4rem 0; border-bottom: 1px solid var(--line); }
label { display: block; margin: 1rem 0 0.25rem; }
input { font: inherit; width: 100%; box-sizing: border-box; padding: 0.5rem; border: 1px solid var(--line); border-radius: 4px; }
button { font: inherit; margin-top: 1.25rem; padding: 0.5rem 1.25rem; border: 0; border-radius: 4px; background: var(--accent); color: #fff; cursor: pointer; }
.error { border-left: 4px solid #c0392b; padding: 0.25rem 0.75rem; }
`;
