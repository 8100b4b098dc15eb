/** The arrows of the house: who may import whom. See ARCHITECTURE.md. */
const chains = ['production', 'value', 'supply', 'community', 'assurance']

/** A chain imports from those to its left, never from its right. */
const leftward = chains.slice(0, -1).map((chain, i) => ({
  name: `${chain}-imports-to-its-right`,
  severity: 'error',
  from: { path: `^chains/${chain}/` },
  to: { path: `^chains/(${chains.slice(i + 1).join('|')})/` },
}))

module.exports = {
  forbidden: [
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'kernel-knows-no-farming',
      severity: 'error',
      from: { path: '^kernel/' },
      to: { path: '^(chains|apps|data|e2e|bench|verifier)/', pathNot: '^verifier/' },
    },
    {
      name: 'kernel-code-does-not-check-itself',
      severity: 'error',
      from: { path: '^kernel/', pathNot: '(\\.test\\.ts$|/test-)' },
      to: { path: '^verifier/' },
    },
    {
      name: 'verifier-stands-alone',
      severity: 'error',
      from: { path: '^verifier/' },
      to: { path: '^(kernel|chains|apps|data|e2e)/' },
    },
    {
      name: 'chains-know-no-app',
      severity: 'error',
      from: { path: '^chains/' },
      to: { path: '^(apps|data|e2e|bench)/' },
    },
    ...leftward,
    {
      name: 'rules-are-pure',
      severity: 'error',
      from: { path: '^chains/.*/rules\\.ts$' },
      to: {
        path: '(^kernel/(database|ledger/(post|accounts)|fact/(record|keyring)|http/(server|register)|jobs|files)|/(service|reads|routes|tables)\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'contracts-hold-shapes-only',
      severity: 'error',
      from: { path: '[/-]contract\\.ts$' },
      to: {
        pathNot:
          '(^kernel/(http/shapes|access/(contract|roles|organisation-types))\\.ts$|[/-]contract\\.ts$|node_modules/zod/)',
      },
    },
    {
      name: 'services-do-not-answer-http',
      severity: 'error',
      from: { path: '/(service|reads|rules|tables)\\.ts$' },
      to: {
        path: '(/routes\\.ts$|^kernel/http/(server|register|route)\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pages-see-contracts-only',
      severity: 'error',
      from: { path: '^apps/web/src/' },
      to: {
        path: '^(kernel|chains|data|apps/(server|cli))/',
        pathNot:
          '([/-]contract\\.ts$|^kernel/(http/shapes|money/money|access/(roles|organisation-types))\\.ts$)',
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|node_modules/\\.)' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
}
