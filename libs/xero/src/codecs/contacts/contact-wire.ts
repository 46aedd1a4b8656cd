import { z } from 'zod';
import { wireMoment, wireText } from '../wire-values.js';

const addressWire = z.object({
  AddressType: z.string(),
  AddressLine1: wireText,
  AddressLine2: wireText,
  AddressLine3: wireText,
  AddressLine4: wireText,
  City: wireText,
  Region: wireText,
  PostalCode: wireText,
  Country: wireText,
});

/** An address slot of a contact, as Xero sends it. */
export type AddressWire = z.infer<typeof addressWire>;

/** What is read of a contact. */
export const contactWire = z.object({
  ContactID: z.string(),
  ContactNumber: wireText,
  ContactStatus: z.string().nullish(),
  Name: wireText,
  FirstName: wireText,
  LastName: wireText,
  EmailAddress: wireText,
  TaxNumber: wireText,
  DefaultCurrency: wireText,
  IsCustomer: z.boolean().nullish(),
  IsSupplier: z.boolean().nullish(),
  MergedToContactID: wireText,
  Addresses: z.array(addressWire).nullish(),
  Phones: z
    .array(
      z.object({
        PhoneType: z.string(),
        PhoneNumber: wireText,
        PhoneAreaCode: wireText,
        PhoneCountryCode: wireText,
      }),
    )
    .nullish(),
  ContactPersons: z
    .array(z.object({ FirstName: wireText, LastName: wireText, EmailAddress: wireText }))
    .nullish(),
  UpdatedDateUTC: wireMoment,
});

/** A contact, as Xero sends it. */
export type ContactWire = z.infer<typeof contactWire>;
