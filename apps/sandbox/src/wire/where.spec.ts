import { fieldsOf, parseWhere } from './where.js';
import { BadQuery } from './refusal.js';

interface Row {
  readonly name: string;
  readonly reference: string;
  readonly id: string;
  readonly day: number;
  readonly due: number;
  readonly open: boolean;
  readonly paidOn: number | null;
}

const row: Row = {
  name: 'Café "Blue" Kettle',
  reference: 'crm:7 | a',
  id: '4a1b0000-0000-4000-8000-00000000abcd',
  day: Date.UTC(2026, 0, 31),
  due: 12.5,
  open: true,
  paidOn: null,
};

const fields = fieldsOf<Row>(
  {
    Name: (one) => one.name,
    Reference: (one) => one.reference,
    'Contact.ContactID': (one) => one.id,
    Date: (one) => one.day,
    AmountDue: (one) => one.due,
    SentToContact: (one) => one.open,
    FullyPaidOnDate: (one) => one.paidOn,
  },
  ['Name'],
);

const passes = (where: string): boolean => parseWhere(where, fields)(row);

describe('Filters', () => {
  it.each([
    ['Reference=="crm:7 | a"', true],
    ['Reference="crm:7 | a"', true],
    ['reference == "crm:7"', false],
    ['Reference=="CRM:7 | A"', false],
    ['Name=="cafe ""blue"" kettle"', true],
    ['Contact.ContactID==guid("4A1B0000-0000-4000-8000-00000000ABCD")', true],
    ['Contact.ContactID==Guid("00000000-0000-4000-8000-00000000abcd")', false],
    ['Date==DateTime(2026, 01, 31)', true],
    ['Date>=DateTime(2026,1,31) AND Date<DateTime(2026,2,1)', true],
    ['Date>DateTime(2026,1,31)', false],
    ['AmountDue==12.5', true],
    ['AmountDue!=12.5', false],
    ['AmountDue<>0 && AmountDue<100', true],
    ['SentToContact==true', true],
    ['FullyPaidOnDate==null', true],
    ['FullyPaidOnDate!=null', false],
    ['FullyPaidOnDate>DateTime(2026,1,1)', false],
    ['AmountDue==1 OR AmountDue==12.5', true],
    ['AmountDue==1 || SentToContact==false', false],
    // AND binds tighter than OR.
    ['AmountDue==12.5 OR AmountDue==1 AND AmountDue==2', true],
    ['(AmountDue==12.5 OR AmountDue==1) AND AmountDue==2', false],
    ['Name.Contains("BLUE")', true],
    ['Name.StartsWith("Blue")', false],
    ['Name.EndsWith("kettle")', true],
  ])('%s is %s', (where, expected) => {
    expect(passes(where)).toBe(expected);
  });

  it.each([
    'Name=="a "quoted" word"',
    'Name=="a \\"quoted\\" word"',
    "Name=='single'",
    'Name==',
    'Name "x"',
    'Name=="x" AND',
    'Name=="x" Reference=="y"',
    '(Name=="x"',
    'Nothing=="x"',
    'Name=="unfinished',
    'Date==DateTime(2026)',
    '"x"==Name',
    'Name==x',
    'Name;drop',
  ])('refuses %s', (where) => {
    expect(() => parseWhere(where, fields)).toThrow(BadQuery);
  });
});
