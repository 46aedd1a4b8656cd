/** Expenses go on as they went: bills and what pays them are new, and nothing flows that nobody asked for. */
export const BILLS = [
  `update organization set settings = settings || jsonb_build_object('directions',
      '{"bills": "off", "bill-payments": "off"}'::jsonb || coalesce(settings->'directions', '{}'::jsonb))`,
];
