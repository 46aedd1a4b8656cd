import type { RuleContext } from './context.js';
import { refuse } from '../wire/refusal.js';

/** The branding theme that was named by its id, or the default one; null where the organisation has none. */
export function themeOf({ tenant }: RuleContext, sent: string | undefined): string | null {
  const themes = [...tenant.brandingThemes.inOrder()].sort((a, b) => a.sortOrder - b.sortOrder);
  if (sent === undefined) return themes[0]?.id ?? null;
  const found = themes.find(({ id }) => id === sent.toLowerCase());
  return found ? found.id : refuse(`The BrandingThemeID '${sent}' does not exist`);
}
