import { variableNames, variables, type VariableName } from './variables.js';

const width = 100;

function wrapped(about: string): string[] {
  const lines: string[] = [];
  let line = '#';
  for (const word of about.split(' ')) {
    if (line.length + 1 + word.length > width) {
      lines.push(line);
      line = '#';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

/** A variable without a fallback stands there empty, which counts as not set. */
function entry(name: VariableName): string {
  const variable = variables[name];
  const fallback = 'fallback' in variable ? variable.fallback : '';
  return [...wrapped(variable.about), `${name}=${fallback}`].join('\n');
}

/** The text of `.env.example`: every variable with what it is for and what holds if it is not set. */
export function envExample(): string {
  const head =
    '# Copy to .env and fill in. Generated from the schema: node libs/config/dist/env-example.js > .env.example';
  return `${head}\n\n${variableNames.map(entry).join('\n\n')}\n`;
}

if (require.main === module) process.stdout.write(envExample());
