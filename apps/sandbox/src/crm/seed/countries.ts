/** How addresses, phones, tax numbers and companies look in a country; patterns as `Random.fill` takes them. */
export interface Country {
  name: string;
  cities: readonly (readonly [city: string, region: string | null, postalCode: string])[];
  streets: readonly string[];
  phone: string;
  taxNumber: string;
  companyForms: readonly string[];
  /** The currency of its customers, where the seed asks for several. */
  currency: string;
}

/** Where the customers live. The first stands for half of them. */
export const COUNTRIES: readonly [Country, ...Country[]] = [
  {
    name: 'United States',
    cities: [
      ['Portland', 'OR', '972##'],
      ['Austin', 'TX', '787##'],
      ['Boulder', 'CO', '803##'],
      ['Savannah', 'GA', '314##'],
      ['Madison', 'WI', '537##'],
      ['Burlington', 'VT', '054##'],
    ],
    streets: [
      '### Maple Street',
      '#### Harbor Avenue',
      '## Mill Road, Suite ##',
      '### N Lincoln Blvd',
      '#### 5th Street',
    ],
    phone: '+1 503 555 01##',
    taxNumber: '##-#######',
    companyForms: ['LLC', 'Inc.', 'Co.', 'Corp.'],
    currency: 'USD',
  },
  {
    name: 'United Kingdom',
    cities: [
      ['Bristol', null, 'BS# #@@'],
      ['York', 'North Yorkshire', 'YO# #@@'],
      ['Leeds', 'West Yorkshire', 'LS# #@@'],
      ['Bath', 'Somerset', 'BA# #@@'],
    ],
    streets: ['## High Street', '# Orchard Lane', 'Unit #, ## Station Road', '## King’s Parade'],
    phone: '+44 1632 960###',
    taxNumber: 'GB#########',
    companyForms: ['Ltd', 'LLP', 'Limited'],
    currency: 'GBP',
  },
  {
    name: 'Germany',
    cities: [
      ['Köln', 'Nordrhein-Westfalen', '50###'],
      ['Lübeck', 'Schleswig-Holstein', '23###'],
      ['Göttingen', 'Niedersachsen', '37###'],
      ['Freiburg', 'Baden-Württemberg', '79###'],
    ],
    streets: ['Gartenstraße ##', 'Am Mühlbach #', 'Bahnhofstraße ###', 'Königsallee ##'],
    phone: '+49 30 23125 ###',
    taxNumber: 'DE#########',
    companyForms: ['GmbH', 'AG', 'KG', 'e.K.'],
    currency: 'EUR',
  },
  {
    name: 'France',
    cities: [
      ['Lyon', 'Rhône', '6900#'],
      ['Besançon', 'Doubs', '25000'],
      ['Nîmes', 'Gard', '30000'],
    ],
    streets: ['## rue de l’Église', '### avenue Victor-Hugo', '# place du Marché'],
    phone: '+33 1 99 00 ## ##',
    taxNumber: 'FR###########',
    companyForms: ['SARL', 'SAS', 'SA'],
    currency: 'EUR',
  },
  {
    name: 'Spain',
    cities: [
      ['Málaga', 'Andalucía', '290##'],
      ['A Coruña', 'Galicia', '150##'],
      ['Logroño', 'La Rioja', '260##'],
    ],
    streets: ['Calle Mayor ##', 'Avenida de la Constitución ###', 'Plaza España #'],
    phone: '+34 910 00# ###',
    taxNumber: 'ESB########',
    companyForms: ['S.L.', 'S.A.'],
    currency: 'EUR',
  },
  {
    name: 'Sweden',
    cities: [
      ['Malmö', 'Skåne', '21# ##'],
      ['Örebro', null, '70# ##'],
      ['Umeå', 'Västerbotten', '90# ##'],
    ],
    streets: ['Storgatan ##', 'Björkvägen #', 'Älggatan ##'],
    phone: '+46 8 465 00# ##',
    taxNumber: 'SE##########01',
    companyForms: ['AB', 'HB'],
    currency: 'EUR',
  },
  {
    name: 'Australia',
    cities: [
      ['Hobart', 'TAS', '700#'],
      ['Ballarat', 'VIC', '3350'],
      ['Fremantle', 'WA', '6160'],
    ],
    streets: ['## Eucalyptus Drive', '### Beach Road', '# Miners Lane'],
    phone: '+61 3 7010 ####',
    taxNumber: '## ### ### ###',
    companyForms: ['Pty Ltd', 'Pty Limited'],
    currency: 'AUD',
  },
  {
    name: 'Japan',
    cities: [
      ['京都市', '京都府', '60#-####'],
      ['Sapporo', 'Hokkaidō', '06#-####'],
    ],
    streets: ['#-#-# Sakura-machi', '中央区#丁目#-#'],
    phone: '+81 3-0000-####',
    taxNumber: 'T#############',
    companyForms: ['K.K.', '株式会社'],
    currency: 'USD',
  },
];
