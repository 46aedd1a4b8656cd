import { SyncError } from '@sync/domain';
import type { XeroDocumentSettings } from '@sync/engine';
import { z } from 'zod';
import { wireText } from './codecs/wire-values.js';

const themeWire = z.object({
  BrandingThemeID: z.string(),
  Name: z.string(),
  SortOrder: z.number().nullish(),
});

const optionWire = z.object({ TrackingOptionID: z.string(), Name: z.string(), Status: wireText });

const categoryWire = z.object({
  TrackingCategoryID: z.string(),
  Name: z.string(),
  Status: wireText,
  Options: z.array(optionWire).nullish(),
});

/** The lists that make up the settings of documents, by the path from which each is read. */
export const DOCUMENT_SETTING_RESOURCES = {
  BrandingThemes: 'BrandingThemes',
  TrackingCategories: 'TrackingCategories',
} as const;

/** Reads branding themes and tracking categories. Throws `bug` if a list has a form that is not known. */
export function readDocumentSettings(
  lists: Readonly<Record<keyof typeof DOCUMENT_SETTING_RESOURCES, readonly unknown[]>>,
): XeroDocumentSettings {
  const themes = z.array(themeWire).safeParse(lists.BrandingThemes);
  const categories = z.array(categoryWire).safeParse(lists.TrackingCategories);
  if (!themes.success || !categories.success) {
    throw new SyncError('bug', "Xero's branding themes or tracking categories have a form that is not known");
  }
  return {
    brandingThemes: themes.data.map(({ BrandingThemeID: id, Name: name, SortOrder }) => ({
      id,
      name,
      isDefault: SortOrder === 0,
    })),
    trackingCategories: categories.data.map(readCategory),
  };
}

function readCategory(
  wire: z.infer<typeof categoryWire>,
): XeroDocumentSettings['trackingCategories'][number] {
  return {
    id: wire.TrackingCategoryID,
    name: wire.Name,
    active: isActive(wire.Status),
    options: (wire.Options ?? []).map(({ TrackingOptionID: id, Name: name, Status }) => ({
      id,
      name,
      active: isActive(Status),
    })),
  };
}

function isActive(status: string | null | undefined): boolean {
  return (status ?? 'ACTIVE') === 'ACTIVE';
}
