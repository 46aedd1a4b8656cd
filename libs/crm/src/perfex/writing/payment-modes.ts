import { phpList } from './php-list.js';
import type { WriteSession } from './write-session.js';

/** The ways in which a new invoice may be paid: what Perfex itself would tick on one, as it stores them. */
export async function allowedPaymentModes(session: WriteSession): Promise<string> {
  const { query, tables } = session;
  const modes = await query<{ id: number; active: number; selected: number; forExpenses: number }>(
    `select id, active, ${optional(session, 'selected_by_default', '1')} as selected,
       ${optional(session, 'expenses_only', '0')} as forExpenses from ${tables('payment_modes')} order by id`,
  );
  const gateways = await query<{ id: string }>(
    `select substring_index(substring(d.name, 15), '_default_selected', 1) as id from ${tables('options')} d
     join ${tables('options')} a on a.name = replace(d.name, '_default_selected', '_active') and trim(a.value) = '1'
     where d.name like 'paymentmethod\\_%\\_default\\_selected' and trim(d.value) = '1' order by d.name`,
  );
  const offered = modes.filter(
    ({ active, selected, forExpenses }) => active === 1 && selected === 1 && forExpenses === 0,
  );
  return phpList([...offered.map(({ id }) => String(id)), ...gateways.map(({ id }) => id)]);
}

function optional({ schema }: WriteSession, column: string, otherwise: string): string {
  return schema.has('payment_modes', column) ? column : otherwise;
}
