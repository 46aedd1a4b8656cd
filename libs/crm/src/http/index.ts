export { type AddressRules, crmHostProblem, crmUrlProblem } from './address-guard.js';
export { createHttpCrm } from './http-crm.js';
export type { HttpCrmOptions } from './transport.js';
export {
  type ConformanceCheck,
  type ConformanceOptions,
  type ConformanceReport,
  type ConformanceSteps,
  runConformance,
  type TouchedRecord,
} from './conformance/index.js';
