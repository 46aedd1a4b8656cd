import type { BrandingTheme } from '../books/records.js';
import { UnknownId } from '../wire/refusal.js';
import { wireInstant } from '../wire/values.js';
import { envelope, type Resource } from './api-call.js';

/** `/BrandingThemes`: read only; the one with the lowest order is the default. */
export const brandingThemes: Resource = {
  scopes: ['accounting.settings'],
  get: (call) => {
    const id = call.segments[1];
    const rows = [...call.tenant.brandingThemes.inOrder()].sort((a, b) => a.sortOrder - b.sortOrder);
    const shown = id === undefined ? rows : rows.filter((row) => row.id === id.toLowerCase());
    if (id !== undefined && shown.length === 0) throw new UnknownId('branding theme', id);
    return envelope(call, { BrandingThemes: shown.map(view) });
  },
};

const view = (row: BrandingTheme): Record<string, unknown> => ({
  BrandingThemeID: row.id,
  Name: row.name,
  Type: 'INVOICE',
  SortOrder: row.sortOrder,
  CreatedDateUTC: wireInstant(row.createdAt),
});
