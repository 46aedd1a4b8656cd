import { BadQuery } from './refusal.js';

/** One word of a `where`. */
export interface Token {
  readonly kind: 'text' | 'number' | 'name' | 'sign';
  readonly text: string;
}

const patterns: readonly (readonly [Token['kind'] | 'space', RegExp])[] = [
  ['space', /\s+/y],
  ['text', /"(?:[^"]|"")*"/y],
  ['number', /-?\d+(?:\.\d+)?/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)*/y],
  ['sign', /==|!=|<>|>=|<=|&&|\|\||[=<>(),]/y],
];

/** Cuts a `where` into words. Texts are in double quotes, a quote inside is doubled; anything else is refused. */
export function tokensOf(source: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < source.length; ) {
    const token = tokenAt(source, at);
    if (token.kind !== 'space') tokens.push({ kind: token.kind, text: token.text });
    at += token.length;
  }
  return tokens;
}

function tokenAt(
  source: string,
  at: number,
): { kind: Token['kind'] | 'space'; text: string; length: number } {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = at;
    const text = pattern.exec(source)?.[0];
    if (text === undefined) continue;
    return {
      kind,
      length: text.length,
      text: kind === 'text' ? text.slice(1, -1).replaceAll('""', '"') : text,
    };
  }
  throw new BadQuery(`Syntax error '${source.charAt(at)}' at index ${at}`);
}
