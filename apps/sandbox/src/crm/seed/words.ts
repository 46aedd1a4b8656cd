const words = (text: string): readonly string[] => text.trim().split(/\s+/);

/** Given names, from several places. */
export const FIRST_NAMES = words(`
  Ada Benjamin Chloé Dmitri Elena Fatima George Hannah Ingrid João Kwame Leila María Niamh Olu Priya Quentin Rosa Søren
  Tomás Ursula Viktor Wanjiru Xin Yuki Zoë Aisha Björn Catalina Daniel Emre François Grace Henrik Isabel Jürgen Katarzyna
  Liam Mei Noah Oksana Pablo Renée Sipho Thandi Uma Vera Walter Yasmin Zdeněk Anouk Bruno Celia Dorothea Ezra Fiona Gustav
`);

/** Family names, from several places. */
export const LAST_NAMES = words(`
  Abbott Bauer Castillo D’Angelo Eriksson Fitzgerald García Hughes Ivanova Jansen Kowalski Lindqvist Mbeki Nakamura
  O’Connor Papadopoulos Quigley Rossi Sørensen Tanaka Ueda Varga Whitfield Xu Yıldız Zimmermann Adeyemi Bianchi Çelik
  Dubois Ekström Ferreira Grünwald Hernández Iyer Jørgensen Kaplan Lefèvre Müller Novák Okafor Peña Ramírez Schäfer
  Thompson Ulrich Vasquez Weiß Young Åkesson Brennan Calloway Delacroix Everett Fairchild Goldberg Holloway Ibrahim
`);

/** What a company's name begins with, besides family names. */
export const COMPANY_WORDS = words(`
  Northwind Bluestone Riverbend Evergreen Copperfield Silverlake Redwood Clearwater Ironbridge Sunnyside Lakeview Stonegate
  Oakhurst Harbour Meridian Cedar Falcon Highland Juniper Kestrel Lantern Magnolia Nimbus Orchard Pinnacle Quarry Saffron
  Thistle Umbra Velvet Willow Yarrow Zephyr Alpenglow Bramble Cobalt Driftwood Ember
`);

/** What a company does, in its name. */
export const TRADES = [
  'Bakery',
  'Brewing',
  'Cabinetry',
  'Catering',
  'Cleaning Services',
  'Consulting',
  'Dental Care',
  'Design Studio',
  'Electrical',
  'Engineering',
  'Events',
  'Fitness',
  'Florists',
  'Foods',
  'Furniture',
  'Garden Centre',
  'Hardware',
  'Joinery',
  'Landscaping',
  'Legal',
  'Logistics',
  'Media',
  'Motors',
  'Optics',
  'Outdoor Supply',
  'Photography',
  'Plumbing & Heating',
  'Printing',
  'Property Management',
  'Roofing',
  'Software',
  'Textiles',
  'Toys & Games',
  'Travel',
  'Veterinary Clinic',
  'Wine Merchants',
] as const;

/** What the catalogue sells: name, unit, and a net price between the two. */
export const GOODS: readonly (readonly [name: string, unit: string, from: number, to: number])[] = [
  ['Website maintenance', 'month', 90, 400],
  ['Logo design', 'piece', 250, 900],
  ['On-site support', 'hour', 60, 140],
  ['Remote support', 'hour', 40, 95],
  ['Network cable Cat 6, 10 m', 'piece', 6, 19],
  ['Office chair', 'piece', 120, 480],
  ['Standing desk', 'piece', 300, 950],
  ['Printer paper A4, 500 sheets', 'pack', 5, 9],
  ['Toner cartridge', 'piece', 45, 130],
  ['Photo shoot, half day', 'session', 280, 700],
  ['Translation', 'page', 18, 55],
  ['Delivery', 'trip', 8, 60],
  ['Data backup', 'month', 15, 80],
  ['Staff training', 'day', 400, 1200],
  ['Café table', 'piece', 75, 260],
  ['Espresso beans 1 kg', 'bag', 14, 32],
  ['Window cleaning', 'visit', 35, 120],
  ['Garden care', 'hour', 28, 65],
  ['Safety inspection', 'visit', 110, 350],
  ['Copywriting', 'article', 90, 320],
];

/** What sets one variant of a good apart from the next. */
export const VARIANTS = [
  'Basic',
  'Plus',
  'Premium',
  'Compact',
  'Deluxe',
  'Eco',
  'Express',
  'Annual',
] as const;
