import { describeWith } from '@sync/testing';
import { createPerfexDatabase } from '../../../../testing/src/perfex/index.js';
import { openPerfex } from '../testing/open-perfex.js';
import { create, CUSTOMER, EXPENSE, INVOICE } from '../testing/written-records.js';
import { grantWriting } from '../testing/writer-login.js';
import { refusalOf } from './column-refusal.js';

const told = (code: string, message: string): unknown =>
  refusalOf(Object.assign(new Error(message), { code }))?.meta;

describe('what does not fit into a column', () => {
  it.each([
    ['ER_DATA_TOO_LONG', "Data too long for column 'company' at row 1", 'company'],
    [
      'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
      "Incorrect string value: '\\xF0' for column `db`.`tblclients`.`city` at row 1",
      'city',
    ],
    [
      'ER_TRUNCATED_WRONG_VALUE_FOR_FIELD',
      "Incorrect string value: '\\xF0' for column 'city' at row 1",
      'city',
    ],
    ['ER_WARN_DATA_OUT_OF_RANGE', "Out of range value for column 'rate' at row 3", 'rate'],
    ['ER_DATA_TOO_LONG', 'in another language', 'for it'],
  ])('is told by the name of the column, never by its value: %s, %s', (code, message, column) => {
    expect(told(code, message)).toEqual({ reason: `a value does not fit into Perfex's column ${column}` });
  });

  it('is nothing else', () => {
    expect(told('ER_LOCK_DEADLOCK', 'Deadlock found')).toBeUndefined();
  });
});

describeWith(['mariadb'], 'an old Perfex, whose tables know no emoji', () => {
  it('takes what it can, and refuses what it would garble', async () => {
    const perfex = await createPerfexDatabase({ charset: 'utf8' });
    const crm = openPerfex(perfex, await grantWriting(perfex));
    const [line] = INVOICE.lines;
    const lines = [{ ...line, description: 'Party 🎉' }, ...INVOICE.lines.slice(1)] as typeof INVOICE.lines;
    expect(await create(crm, 'invoices', { ...INVOICE, lines })).toMatchObject({
      state: 'refused',
      meta: { reason: "a value does not fit into Perfex's column description" },
    });
    expect(await create(crm, 'customers', { ...CUSTOMER, name: 'Crêperie Müller' })).toMatchObject({
      state: 'written',
    });
    const big = { ...EXPENSE, taxes: [], amount: '99999999999999.99', total: '99999999999999.99' };
    expect(await create(crm, 'expenses', big)).toMatchObject({
      meta: { reason: "a value does not fit into Perfex's column amount" },
    });
    await crm.close();
    await perfex.drop();
  });
});
