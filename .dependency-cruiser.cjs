/** Which folder may import which: the arrows of docs/architecture.md. A row lists what a library may import. */
const allowed = {
  domain: [],
  engine: ['domain'],
  entities: ['domain', 'engine'],
  crm: ['domain', 'engine'],
  xero: ['domain', 'engine'],
  storage: ['domain', 'engine'],
  queue: [],
  config: [],
  observability: [],
  composition: ['config', 'crm', 'domain', 'engine', 'entities', 'observability', 'queue', 'storage', 'xero'],
};

const specs = '\\.(spec|verify)\\.ts$|/testing/|/conformance/';

const boundaries = Object.entries(allowed).map(([from, to]) => ({
  name: `${from}-imports-${to.length > 0 ? 'only-what-it-may' : 'no-other-library'}`,
  comment: `libs/${from} may import ${to.length > 0 ? to.join(', ') : 'no other library'}.`,
  severity: 'error',
  from: { path: `^libs/${from}/src`, pathNot: specs },
  to: { path: '^(libs|apps)/', pathNot: `^libs/(${[from, ...to].join('|')})/` },
}));

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    ...boundaries,
    {
      name: 'sandbox-imports-nothing-of-ours',
      comment: 'The sandbox proves something only if it shares no code with what it is to prove.',
      severity: 'error',
      from: { path: '^apps/sandbox/src', pathNot: specs },
      to: { path: '^(libs/|apps/(?!sandbox/))' },
    },
    {
      name: 'testing-only-in-tests',
      severity: 'error',
      from: { path: '^(libs/(?!testing)|apps)/', pathNot: specs },
      to: { path: '^libs/testing/' },
    },
    {
      name: 'composition-only-in-apps',
      severity: 'error',
      from: { path: '^libs/(?!composition)' },
      to: { path: '^libs/composition/' },
    },
    {
      name: 'apps-do-not-import-apps',
      comment: 'Only the standalone start puts apps together.',
      severity: 'error',
      from: { path: '^apps/(?!standalone)([^/]+)/src', pathNot: specs },
      to: { path: '^apps/(?!$1/)' },
    },
  ],
  options: {
    doNotFollow: { path: ['node_modules', '(^|/)dist/'] },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types'],
    },
  },
};
