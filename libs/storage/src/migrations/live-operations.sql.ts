/**
 * No operation without its binding: one that a hint raised while its stub was taken up into another binding could be
 * claimed by nobody, and held up every later entity for good.
 */
export const LIVE_OPERATIONS = [
  'delete from sync_operation o where not exists (select from binding b where b.id = o.binding_id)',
  'delete from run_operation r where outcome is null and not exists (select from binding b where b.id = r.binding_id)',
  `alter table sync_operation add constraint sync_operation_binding foreign key (binding_id) references binding (id)`,
];
